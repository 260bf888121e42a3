"""An import through what goes wrong: its worker is killed in the middle, and it is all or nothing."""

import pytest
from django.db import connection, transaction

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.imports import intake
from teams.models import Board, Import, Member, Membership, Submission
from teams.tasks import continue_imports, go_on
from tests.deploy.http import until
from tests.makers import make_admin, make_organization, make_rep, make_team, places, this_month


@pytest.fixture
def upload(live):
    """Ada's score and nine of people who are new, received and not yet read."""
    team = make_team("North", make_organization())
    make_rep(team, "Ada")
    lines = [f"Rep {number},{number}" for number in range(9)]
    text = "\n".join([f"Name,{this_month(team.organization)}", "Ada,61", *lines])
    return intake.receive(team, make_admin(team.organization), "a.csv", text.encode())


def state_is(upload, state):
    return until(lambda: Import.objects.get(pk=upload.pk).state == state, 30)


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_locks WHERE NOT granted")
        return cursor.rowcount > 0


def stored():
    return [model.objects.count() for model in (Submission, Member, Membership)]


@pytest.mark.soak
def test_a_worker_killed_in_the_middle_of_storing_stores_nothing_and_the_next_stores_all(upload, worker):
    go_on.delay(upload.pk)
    assert state_is(upload, "ready")
    intake.confirm(upload, leaving_out_errors=False)
    before = stored()

    with transaction.atomic():
        list(Member.objects.filter(name="Ada").select_for_update())  # the worker has added members and comes to her
        go_on.delay(upload.pk)
        assert until(somebody_waits, 30)
        worker.kill()
    assert (stored(), Import.objects.get().state) == (before, "storing")
    worker.start()
    Import.objects.update(touched_at="2020-01-01T00:00Z")
    continue_imports()

    assert state_is(upload, "done")
    assert stored() == [10, before[1] + 9, before[2] + 9]
    rank_stale_boards()
    assert places(Board.objects.get())[0] == (1, "Ada", 61)


@pytest.mark.soak
def test_a_worker_killed_in_the_middle_of_reading_is_followed_by_one_that_reads_on(upload, worker):
    with transaction.atomic():
        Import.objects.select_for_update().get()
        go_on.delay(upload.pk)
        assert until(somebody_waits, 30)
        worker.kill()
    assert until(lambda: not somebody_waits())
    worker.start()
    Import.objects.update(touched_at="2020-01-01T00:00Z")
    continue_imports()

    assert state_is(upload, "ready")
    assert list(upload.rows.values_list("cell", flat=True)) == [f"B{number}" for number in range(2, 12)]
