"""What real processes write down of real faults: where in the code, for which page and job, and nobody's data."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from leaderboard.local import site
from teams.actions.people.invitations import invite, make_invitation_link
from teams.tasks import send_invitation
from tests.deploy.http import until
from tests.faults.test_ranking import visitor
from tests.makers import make_manager, make_rep, make_team
from tests.ports import free_port


@contextmanager
def refusing(table):
    """While the database refuses each row of a table, and says which row it was."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT refused CHECK (false) NOT VALID")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT refused")


@pytest.mark.soak
def test_a_row_that_is_refused_is_not_written_down_by_a_page_nor_by_a_job(live, browse, start):
    team, port = make_team("North"), free_port()
    grace, jane = make_manager(team), make_rep(team, "Jane Miller", login=False)
    invitation = invite(jane, "jane@example.org", grace, timezone.now())
    token = make_invitation_link(invitation)
    web = start("web-refused", site.web(port), LOG_FORMAT="json")
    site.wait_for(web, port)
    worker = start("worker-refused", site.worker(1), LOG_FORMAT="json")
    browser, _ = visitor(live, browse, grace)

    with refusing("teams_member"):
        accepted, _ = browser.post(port, f"/invitation/{token}/", password="quite a long sentence")
    with refusing("teams_invitation"):
        send_invitation.delay(invitation.pk)
        assert until(lambda: "CheckViolation" in worker.log.read_text(), 30)
        asked = {"invite-email": "jane.miller@example.org"}
        invited, _ = browser.post(port, f"/reps/{jane.pk}/invite/", form_on="/me/mail/", **asked)
    missing, _ = browser.get(port, "/no/such/page/")

    said, by_job = web.log.read_text(), worker.log.read_text()
    assert (accepted, invited, missing) == (500, 500, 404)
    refused = r"psycopg.errors.CheckViolation: new row for relation \"{}\" violates check constraint \"refused\""
    assert refused.format("teams_member") in said
    assert refused.format("teams_invitation") in said
    assert refused.format("teams_invitation") in by_job
    for line in ("Internal Server Error: accept_invitation", "Internal Server Error: invite", "Not Found: -"):
        assert line in said
    assert "job teams.tasks.people.send_invitation raised unexpected" in by_job
    personal = [
        "Jane",
        "Miller",
        "@example",
        token,
        "DETAIL",
        f"/reps/{jane.pk}",
        "/invitation/",
        "/no/such",
        "WSGIRequest",
    ]
    assert [word for word in personal if word in said + by_job] == []
