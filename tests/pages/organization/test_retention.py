"""How long things are kept, as pages say it; and every page opens when what is older has gone."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.privacy import retention
from teams.models import Challenge, Counter, Organization
from tests.actions.privacy.test_retention import make_company

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker):
    """A company that keeps 15 months, after the job has run; made once for all these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        company = make_company("Acme", 15)
        retention.delete_old(company.organization.pk, timezone.now())
        rank_stale_boards()
        yield company
        transaction.set_rollback(True)


@pytest.fixture
def company(kept, db):
    return deepcopy(kept)


def test_every_page_of_a_team_opens_after_what_is_older_has_gone(company, browse):
    grace, ada, first = browse(company.grace), browse(company.ada), company.this - 15
    board, team = f"/board/{company.team.slug}/", f"/team/{company.team.slug}/"
    pages = [
        board,
        f"{board}hall-of-fame/",
        team,
        f"{team}insights/",
        f"{team}figures/",
        f"{team}log/",
        f"{team}export/",
    ]
    pages += [f"{board}{month}/{page}" for month in (first, first + 3, company.this - 1) for page in ("", "podium/")]
    pages += [f"{board}{first}/{page}" for page in ("csv/", "certificates/", "amendments/", f"why/{company.ada.pk}/")]
    pages += [
        f"{team}{first}/",
        f"/organization/{first}/",
        f"/reps/{company.ada.pk}/",
        "/goals/",
        "/challenges/",
        "/debts/",
    ]
    pages += [f"/challenges/{Challenge.objects.earliest('starts_on').pk}/", "/"]
    pages += [f"/figures/{Counter.objects.earliest('pk').pk}/"]

    answers = {page: grace.get(page).status_code for page in pages}
    answers |= {f"ada's {page}": ada.get(page).status_code for page in ("/", "/goals/", "/me/data/", "/submit/", board)}

    assert {page: status for page, status in answers.items() if status != 200} == {}


def test_the_hall_of_fame_tells_of_the_months_that_are_kept_and_of_no_half(company, browse):
    wins = browse(company.grace).get(f"/board/{company.team.slug}/hall-of-fame/").context["wins"]

    assert [win.month for win in wins] == [company.this - back for back in range(1, 16)]
    assert {tuple(member.name for member in win.winners) for win in wins} <= {("Ada Acme",), ("Ben Acme",)}


def test_the_page_of_a_month_that_has_gone_is_empty_and_no_error(company, browse):
    page = browse(company.grace).get(f"/board/{company.team.slug}/{company.this - 20}/")

    assert (page.status_code, page.context["rows"]) == (200, [])


def test_an_admin_sets_how_long_and_everybody_reads_it_under_my_data(world, browse):
    alan = browse(world.alan)
    form = alan.get("/organization/settings/").context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    refused = [alan.post("/organization/settings/", posted | {"retention_months": n}).status_code for n in (14, 121)]
    stored = alan.post("/organization/settings/", posted | {"retention_months": 18}).status_code

    assert (refused, stored) == ([200, 200], 302)
    assert Organization.objects.get(pk=world.acme.pk).retention_months == 18
    page = browse(world.ada).get("/me/data/").content.decode()
    assert "keeps what is from this month and the 18 before it" in page
