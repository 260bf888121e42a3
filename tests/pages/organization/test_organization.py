"""The organization's own pages, for its admins: holidays, walls, and whom no team's page shows."""

import html
import itertools
import re
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.reminders.reminders import remind_due
from teams.models import Board, Leave, Member, Membership, Organization, Team
from teams.rules.months import Month
from teams.views.organization import organization as pages
from tests.makers import make_leave, make_member, make_rep, make_team

pytestmark = pytest.mark.django_db
HOLIDAYS = "/organization/holidays/"
NEW_YEAR = date(2020, 1, 1)


@pytest.fixture
def alan(world, browse):
    return browse(world.alan)


def joining(member, team, role="rep"):
    return {f"join-{member.pk}-team": team.pk, f"join-{member.pk}-role": role}


def test_holidays_are_pasted_and_stand_there_in_their_order(world, alan):
    assert alan.post(HOLIDAYS, {"holidays": "1.1.2020 New Year\n2019-12-25"}).status_code == 302

    world.acme.refresh_from_db()
    assert world.acme.holidays == [date(2019, 12, 25), NEW_YEAR]
    assert "2019-12-25\n2020-01-01</textarea>" in alan.get(HOLIDAYS).content.decode()


def test_a_line_without_a_day_is_named_and_nothing_is_stored(world, alan):
    page = alan.post(HOLIDAYS, {"holidays": "2019-12-25\nEaster"}).content.decode()

    world.acme.refresh_from_db()
    assert "“Easter” does not begin with a day. Write it like 2026-12-25." in page
    assert "2019-12-25\nEaster</textarea>" in page
    assert world.acme.holidays == []


@pytest.fixture
def german(world):
    """Acme in Germany, whose admin reads German."""
    Organization.objects.filter(pk=world.acme.pk).update(time_zone="Europe/Berlin", holidays=[NEW_YEAR])
    return {"country": "DE", "regions_of": "DE", "year": world.acme.today().year, "fill": "yes"}


def listed_on(page):
    """The lines of the list of holidays on a page."""
    return html.unescape(re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page.content.decode(), re.S)[1]).splitlines()


def test_the_holidays_of_a_region_are_filled_in_beside_those_that_are_there_and_saved_later(world, alan, german):
    first = alan.get(HOLIDAYS)
    filled = alan.post(HOLIDAYS, german | {"region": "BY", "holidays": "2020-01-01"}, headers={"Accept-Language": "de"})

    lines, year = listed_on(filled), german["year"]
    assert (first.context["preview"]["form"]["country"].value(), listed_on(first)) == ("DE", ["2020-01-01"])
    assert lines[0] == "2020-01-01"
    assert {f"{year}-01-01 Neujahr", f"{year}-01-06 Heilige Drei Könige", f"{year}-10-03 Tag der Deutschen Einheit"} < {
        *lines
    }
    world.acme.refresh_from_db()
    assert world.acme.holidays == [NEW_YEAR]


def test_another_countrys_regions_are_asked_for_before_its_days_are_filled_in(alan, german):
    asked = alan.post(HOLIDAYS, german | {"country": "ES", "holidays": "2020-01-01"})
    answered = alan.post(
        HOLIDAYS, german | {"country": "ES", "regions_of": "ES", "region": "MD", "holidays": "2020-01-01"}
    )
    without = alan.post(HOLIDAYS, german | {"country": "LU", "holidays": "2020-01-01"})

    assert listed_on(asked) == ["2020-01-01"]
    assert ("MD", "Madrid") in asked.context["preview"]["form"].fields["region"].choices
    assert asked.context["preview"]["form"]["regions_of"].value() == "ES"
    assert [min(len(listed_on(page)), 9) for page in (answered, without)] == [9, 9]


def test_a_country_that_there_is_not_fills_in_nothing(alan, german):
    page = alan.post(HOLIDAYS, german | {"country": "XX", "holidays": "2020-01-01"})

    assert (listed_on(page), [*page.context["preview"]["form"].errors]) == (["2020-01-01"], ["country"])


def test_no_process_of_the_site_loads_what_knows_the_holidays_of_countries():
    asks = "from teams.files.national_holidays import national_holidays; national_holidays('en', 'UTC')"
    code = f"import sys; {asks}; print('holidays' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"False\n"


def test_no_month_closes_on_a_holiday(world, alan):
    before = world.acme.closes(Month(2019, 12))
    alan.post(HOLIDAYS, {"holidays": "2020-01-01"})
    world.acme.refresh_from_db()

    assert [moment.date() for moment in (before, world.acme.closes(Month(2019, 12)))] == [
        date(2020, 1, 3),
        date(2020, 1, 6),
    ]


def test_nobody_is_reminded_on_a_holiday(world, alan):
    years = itertools.count(world.month.year + 1)
    tuesday = next(day for year in years if (day := date(year, 12, 31)).isoweekday() == 2)
    monday, friday = tuesday - timedelta(days=1), tuesday - timedelta(days=4)
    nine = datetime.combine(friday, time(9), ZoneInfo(world.acme.time_zone))
    Membership.objects.update(remind_at=None)
    alan.post(HOLIDAYS, {"holidays": f"{tuesday}\n{monday}"})
    remind_due(nine - timedelta(hours=1))

    looks = set(Membership.objects.filter(member=world.ben).values_list("remind_at", flat=True))
    assert looks == {nine}  # steps -1 and 0 fall on the Friday


def test_leave_on_all_working_days_but_holidays_is_away(world):
    month = Month(2024, 12)
    make_leave(world.ben, date(2024, 12, 23), date(2024, 12, 29))
    before = Leave.objects.away_in(month)
    Organization.objects.filter(pk=world.acme.pk).update(holidays=[date(2024, 12, 30), date(2024, 12, 31)])

    assert (before, Leave.objects.away_in(month)) == (set(), {world.ben.pk})


def test_a_wall_shows_no_more_places_than_the_organization_wants(world, alan, browse):
    for number in range(8):
        make_rep(world.north, f"Rep {number}", total=50 - number)
    form = {
        "name": "Acme",
        "time_zone": world.acme.time_zone,
        "rank_visibility": "all",
        "shows_organization_board": "on",
    }
    form |= {"wall_names": "name", "wall_rows": 2, "closing_workday": 3, "closing_hour": 18, "retention_months": 24}
    refused = alan.post("/organization/settings/", form | {"wall_rows": 9})
    assert (refused.status_code, alan.post("/organization/settings/", form).status_code) == (200, 302)
    rank_stale_boards()
    screen = browse()
    screen.cookies["display"] = "x" * 43

    page = screen.get("/display/").content.decode()

    assert [name in page for name in ("Ada", "Rep 0", "Rep 1")] == [True, True, False]


def test_whoever_is_in_no_team_is_listed_for_admins_and_can_be_given_one(world, alan, browse):
    ida = make_member(world.acme, "Ida", login=False)
    make_member(world.east.organization, "Stranger", login=False)
    listed = [join.member.name for join in alan.get("/team/").context["without_team"]]
    assert listed == ["Alan", "Ida", "Otto"]

    alan.post(f"/reps/{ida.pk}/join/", joining(ida, world.north))
    alan.post(f"/reps/{world.alan.pk}/join/", joining(world.alan, world.north, "viewer"))

    assert [join.member.name for join in alan.get("/team/").context["without_team"]] == ["Otto"]
    assert Membership.objects.get(member=ida).competing
    assert not Membership.objects.get(member=world.alan).competing


def test_nobody_is_put_in_a_second_team_or_another_organizations(world, alan):
    ida = make_member(world.acme, "Ida", login=False)
    alan.post(f"/reps/{world.ben.pk}/join/", joining(world.ben, world.south))
    alan.post(f"/reps/{ida.pk}/join/", joining(ida, world.east))

    teams = Member.objects.filter(pk__in=[world.ben.pk, ida.pk]).values_list("name", "memberships__team__name")
    assert set(teams) == {("Ben", "North"), ("Ida", None)}


def test_more_people_without_a_team_cost_no_more_queries(world, alan, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as counted:
            alan.get("/team/")
        return len(counted)

    few = queries()
    for number in range(3):
        make_member(world.acme, f"New {number}", login=False)

    assert queries() == few


def test_admins_are_asked_about_a_suggested_day_where_they_look(world, alan, browse):
    asked = "It looks as if LinkedIn had changed its formula about 1 January 2020: 9 of 10"
    in_short = "It looks as if LinkedIn changed its formula about 1 January."
    pages = ["/organization/settings/", "/organization/recalibrations/"]

    assert [asked in alan.get(page).content.decode() for page in pages] == [True, True]
    assert in_short in alan.get("/").content.decode()
    assert in_short not in browse(world.grace).get("/").content.decode()


@pytest.mark.parametrize(("answer", "said"), [("dismiss", "Dismissed."), ("mark", "This day is marked already.")])
def test_an_answer_is_remembered_and_a_day_is_marked_once(world, alan, answer, said):
    page = alan.post(f"/organization/suggestions/{world.suggestion.pk}/", {"answer": answer}, follow=True)

    assert said in page.content.decode()
    assert world.acme.suggestions.unanswered().exists() == (answer == "mark")


def test_a_suggested_day_is_marked_with_a_click(world, alan):
    world.recalibration.delete()

    page = alan.post(f"/organization/suggestions/{world.suggestion.pk}/", {"answer": "mark"}, follow=True)

    assert "The day is marked on every chart." in page.content.decode()
    assert list(world.acme.recalibrations.values_list("day", flat=True)) == [world.suggestion.day]
    assert world.acme.suggestions.get().answered_by == world.alan


@pytest.fixture
def two_a_page(monkeypatch):
    """An organization is large when it has more than three, and a page has room for two."""
    monkeypatch.setattr(pages, "ROWS_A_PAGE", 2)
    monkeypatch.setattr(pages, "SHOWN", 3)


def listed(page):
    return [(row["place"], row["standing"].member.name) for row in page.context["rows"]]


def test_a_large_organization_lists_its_first_and_tells_everybody_their_own_place(world, browse, two_a_page):
    for number in range(3):
        make_rep(world.south, f"Rep {number}", total=70 + number)
    rank_stale_boards()
    ben = browse(world.ben)

    first, second = ben.get("/organization/"), ben.get("/organization/?page=2")

    assert (listed(first), listed(second)) == ([(1, "Rep 2"), (2, "Rep 1")], [(3, "Rep 0")])
    assert "You are 6th of 6." in first.content.decode()
    assert "The first 3 of 6 are listed." in first.content.decode()
    assert 'href="?by=people&amp;page=2"' in first.content.decode()


def test_a_small_organization_lists_everybody_and_says_no_more(world, browse):
    page = browse(world.ben).get("/organization/")

    assert listed(page) == [(1, "Ada"), (2, "Sam"), (3, "Ben")]
    assert (page.context["own"], "are listed" in page.content.decode()) == (None, False)


def test_teams_are_ranked_by_mean_over_all_pages_and_incomplete_ones_follow_by_name(world, browse, two_a_page):
    for name, total in [("East", 70), ("West", 45), ("Centre", None), ("Below", None)]:
        make_rep(make_team(name, world.acme), f"Rep of {name}", total=total)
    Board.objects.bulk_create(Board(team=team, month=world.month) for team in Team.objects.filter(boards=None))
    rank_stale_boards()
    alan = browse(world.alan)

    found = [alan.get(f"/organization/?by=teams&page={number}").context for number in (1, 2, 3)]

    assert [[(row["place"], row["board"].team.name) for row in page["ranked"]] for page in found] == [
        [(1, "East"), (2, "North")],
        [(3, "South"), (4, "West")],
        [],
    ]
    assert [[board.team.name for board in page["incomplete"]] for page in found] == [[], [], ["Below", "Centre"]]


def test_today_tells_a_rep_their_place_in_a_larger_organization(world, browse):
    assert "3rd of 3 in Acme" in browse(world.ben).get("/").content.decode()


@pytest.mark.parametrize("changed", [{"shows_organization_board": False}, {"rank_visibility": "own"}])
def test_today_tells_no_place_that_the_organization_does_not_show(world, browse, changed):
    Organization.objects.filter(pk=world.acme.pk).update(**changed)

    assert " in Acme" not in browse(world.ben).get("/").content.decode()


def test_today_tells_no_place_where_the_team_shows_none(world, browse):
    Team.objects.filter(pk=world.north.pk).update(rank_visibility="none")

    assert " in Acme" not in browse(world.ben).get("/").content.decode()


def test_today_tells_no_place_while_few_of_the_team_are_in(world, browse):
    Board.objects.filter(team=world.north).update(expected=9)

    assert " in Acme" not in browse(world.ben).get("/").content.decode()


def test_more_teams_cost_today_no_more_queries(world, alan, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as counted:
            alan.get("/")
        return len(counted)

    few = queries()
    for number in range(3):
        make_team(f"Team {number}", world.acme, slug=f"team-{number}")

    assert queries() == few
