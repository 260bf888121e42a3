"""The board: its rows, tabs and audiences, the news, the reasons, the download."""

import csv

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.people import memberships
from teams.live.news_keys import news_key
from teams.models import Board, Member, Plan, Role, Team
from teams.rules.visibility import Audience
from tests.codes import SECRET
from tests.makers import make_leave, make_recalibration, make_rep, make_submission, make_team, this_month

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def rows(response):
    """The standings in a page's fragment, as (place, name, score)."""
    text = response.content.decode()
    cells = [part.split("</tr>")[0] for part in text.split("<tr ")[1:]]
    return [
        (between(cell, 'class="rank">', "<"), between(cell, '">', "</a>", after="<a "), between(cell, 'score">', "<"))
        for cell in cells
    ]


def between(text, start, end, after=""):
    text = text[text.index(after) :]
    return text[text.index(start) + len(start) :].split(end)[0].strip()


def test_a_team_sees_its_standings(world, browse):
    response = browse(world.ben).get("/board/north/")

    assert rows(response) == [("1", "Ada", "61"), ("2", "Ben", "40")]


def test_whoever_is_the_only_one_in_is_told_that_and_no_place(world, browse):
    west = make_team("West", world.acme)
    first = make_rep(west, "First", total=52)
    rank_stale_boards()
    page = browse(first).get(f"/board/west/{world.month}/").content.decode()

    assert "Only you are in, with 52." in page
    assert "Why am I" not in page


def test_an_incomplete_month_opens_on_the_last_complete_one_and_says_so(world, browse):
    for name in ("Cleo", "Dan", "Eve"):
        make_submission(make_rep(world.north, name), 50, month=world.month - 1)
    rank_stale_boards()
    response = browse(world.ben).get("/board/north/")

    assert response.context["board"].month == world.month - 1
    assert "2 of 5 in" in response.content.decode()
    assert browse(world.ben).get(f"/board/north/{world.month}/").context["board"].month == world.month


def test_silent_away_and_without_access_stand_apart(world, browse):
    make_submission(make_rep(world.north, "Silent"), 33, month=world.month - 1)
    make_leave(make_rep(world.north, "Away"), world.month.first_day, world.month.last_day)
    make_rep(world.north, "Locked out", no_access_since=world.month.first_day)

    page = browse(world.ben).get(f"/board/north/{world.month}/").content.decode()

    apart = page.split("Missing")[1]
    assert [name in apart for name in ("Silent", "Away", "Locked out")] == [True] * 3
    assert rows(browse(world.ben).get(f"/board/north/{world.month}/")) == [("1", "Ada", "61"), ("2", "Ben", "40")]


def test_most_improved_ranks_by_points_gained(world, browse):
    make_submission(world.ada, 60, month=world.month - 1)
    make_submission(world.ben, 30, month=world.month - 1)
    rank_stale_boards()

    response = browse(world.ben).get(f"/board/north/{world.month}/?by=improved")

    assert rows(response) == [("1", "Ben", "40"), ("2", "Ada", "61")]


def test_a_pillar_ranks_by_its_points_to_one_decimal(world, browse):
    response = browse(world.ben).get(f"/board/north/{world.month}/?by=brand")

    assert rows(response) == [("1", "Ada", "15.3"), ("2", "Ben", "10.0")]


def plans(response):
    """The ways to the boards by LinkedIn plan, as (words, whether that one is shown)."""
    nav = response.content.decode().split('<nav class="plans', 1)[1:]
    links = nav[0].split("</nav>")[0].split("<a ")[1:] if nav else []
    return [(between(link, ">", "</a>"), "aria-current" in link) for link in links]


def test_a_plan_ranks_those_who_have_it_among_themselves(world, browse):
    make_submission(make_rep(world.north, "Cleo", plan="sales_navigator"), 50)
    Member.objects.filter(pk=world.ben.pk).update(plan="sales_navigator")
    rank_stale_boards()

    paid, free = (browse(world.ben).get("/board/north/", {"by": plan}) for plan in ("sales_navigator", "free"))

    assert rows(paid) == [("1", "Cleo", "50"), ("2", "Ben", "40")]
    assert rows(free) == [("1", "Ada", "61")]
    assert plans(paid) == [("Everybody", False), ("Free", False), ("Sales Navigator", True)]
    assert plans(free) == [("Everybody", False), ("Free", True), ("Sales Navigator", False)]


def test_a_board_offers_plans_once_there_are_two(world, browse):
    ben = browse(world.ben)
    before = plans(ben.get("/board/north/"))

    managed = world.north.memberships.get(member=world.ben)
    memberships.change_membership(
        managed, role=Role.REP, competing=True, plan=Plan.SALES_NAVIGATOR, today=world.acme.today()
    )
    rank_stale_boards()

    assert before == []
    assert plans(ben.get("/board/north/")) == [("Everybody", True), ("Free", False), ("Sales Navigator", False)]


def test_a_plan_that_nobody_who_submitted_has_says_so_and_leads_back(world, browse):
    response = browse(world.ben).get("/board/north/?by=sales_navigator")

    assert rows(response) == []
    assert "Nobody on this plan" in response.content.decode()
    assert plans(response) == [("Everybody", False), ("Free", False), ("Sales Navigator", True)]


def test_news_of_a_plans_board_are_of_that_plan(world, browse):
    Member.objects.filter(pk=world.ben.pk).update(plan="sales_navigator")
    ben = browse(world.ben)
    page = ben.get("/board/north/?by=sales_navigator").content.decode()
    make_submission(world.ben, 70, taken_on=world.acme.today())
    rank_stale_boards()

    assert rows(ben.get(f"/news/{between(page, '/news/', '/')}/?version=0")) == [("1", "Ben", "70")]


@pytest.mark.parametrize("plan", ["free", "sales_navigator"])
def test_a_plans_board_shows_no_more_than_the_board_does(world, browse, plan):
    type(world.acme).objects.filter(pk=world.acme.pk).update(rank_visibility="own")
    Member.objects.filter(pk=world.ben.pk).update(plan="sales_navigator")

    response = browse(world.ben).get("/board/north/", {"by": plan})

    assert (rows(response), plans(response), "Ada" in response.content.decode()) == ([], [], False)


@pytest.mark.parametrize(
    ("visibility", "who", "sees"),
    [
        ("all", "ben", True),
        ("own", "ben", False),
        ("none", "ben", False),
        ("own", "grace", True),
        ("none", "alan", True),
    ],
)
def test_the_organization_decides_who_sees_places(world, browse, visibility, who, sees):
    type(world.acme).objects.filter(pk=world.acme.pk).update(rank_visibility=visibility)
    client = browse(world.people[who])

    page = client.get("/board/north/").content.decode()

    assert (">Ada</a>" in page.split('id="live"')[1]) is sees
    assert client.get(f"/board/north/{world.month}/csv/").status_code == (200 if sees else 404)
    assert client.get(f"/board/north/{world.month}/why/{world.ada.pk}/").status_code == (200 if sees else 404)


def test_own_only_shows_ones_own_place_without_the_others(world, browse):
    type(world.acme).objects.filter(pk=world.acme.pk).update(rank_visibility="own")

    response = browse(world.ben).get("/board/north/")

    assert response.context["own"]["rank"] == 2
    assert "Ada" not in response.content.decode()
    assert browse(world.ben).get(f"/board/north/{world.month}/why/{world.ben.pk}/").status_code == 200


def test_a_team_may_only_be_stricter(world):
    world.acme.rank_visibility, world.north.rank_visibility = "own", "all"
    world.north.organization = world.acme

    assert world.north.ranks_shown_to == "own"


def test_who_switched_places_off_sees_none(world, browse):
    Member.objects.filter(pk=world.ben.pk).update(sees_ranks=False)

    assert "Ada" not in browse(world.ben).get("/board/north/").content.decode()
    assert "Ben" in browse(world.ada).get("/board/north/").content.decode()


def key_of(browser, world, member=None):
    """The key on the open page of the team's board."""
    board, holder = Board.objects.get(team=world.north, month=world.month), (member or world.ada).user
    return news_key(board, Audience.RANKS, "total", holder, browser.session.session_key)


def test_the_fragment_is_rendered_once_for_each_version(world, browse, django_assert_num_queries):
    ada = browse(world.ada)
    ada.get("/board/north/")
    key = key_of(ada, world)

    with django_assert_num_queries(5):  # two of them find the session and its user
        ada.get(f"/news/{key}/?version=0")


def test_news_are_nothing_until_the_version_grows(world, browse):
    ada = browse(world.ada)
    page = ada.get("/board/north/").content.decode()
    url = "/news/" + page.split("/news/")[1].split("/")[0] + "/"
    version = Board.objects.get(team=world.north, month=world.month).version
    assert ada.get(url, {"version": version}).status_code == 204

    make_submission(world.ben, 70, taken_on=world.acme.today())
    rank_stale_boards()

    response = ada.get(url, {"version": version})
    assert rows(response) == [("1", "Ben", "70"), ("2", "Ada", "61")]
    assert "news" in response.headers["HX-Trigger-After-Settle"]


def test_an_old_news_key_makes_the_page_renew_itself(world, browse, monkeypatch):
    monkeypatch.setattr("teams.live.news_keys.KEY_LIVES", -1)
    ada = browse(world.ada)

    response = ada.get(f"/news/{key_of(ada, world)}/")

    assert (response.status_code, "renew" in response.headers["HX-Trigger"]) == (204, True)


def test_a_key_from_before_places_were_hidden_shows_none(world, browse):
    ada = browse(world.ada)
    key = key_of(ada, world)
    type(world.acme).objects.filter(pk=world.acme.pk).update(rank_visibility="own")

    response = ada.get(f"/news/{key}/?version=0")

    assert (response.status_code, "renew" in response.headers["HX-Trigger"]) == (204, True)


RENEW = (204, '{"renew": {}}', b"")
ENDS = {
    "signed out": lambda ada, world: ada.post("/accounts/logout/"),
    "another password": lambda ada, world: (
        world.ada.user.set_password("another long sentence") or world.ada.user.save()
    ),
    "a session that was ended": lambda ada, world: Session.objects.all().delete(),
    "a session that nobody used": lambda ada, world: Session.objects.update(expire_date=timezone.now()),
    "places are switched off": lambda ada, world: Member.objects.filter(pk=world.ada.pk).update(sees_ranks=False),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_news_key_ends_with_its_session_and_with_what_its_holder_may_see(world, browse, end):
    ada = browse(world.ada)
    url, cookie = f"/news/{key_of(ada, world)}/?version=0", ada.cookies["session"].value
    assert "Ben" in ada.get(url).content.decode()

    ENDS[end](ada, world)
    ada.cookies["session"] = cookie
    response = ada.get(url)

    assert (response.status_code, response.headers["HX-Trigger"], response.content) == RENEW


def test_a_news_key_of_a_manager_ends_with_their_role(world, browse):
    type(world.acme).objects.filter(pk=world.acme.pk).update(rank_visibility="none")
    grace = browse(world.grace)
    url = f"/news/{key_of(grace, world, world.grace)}/?version=0"
    assert "Ben" in grace.get(url).content.decode()

    world.north.memberships.filter(member=world.grace).update(role="viewer")
    response = grace.get(url)

    assert (response.status_code, response.headers["HX-Trigger"], response.content) == RENEW


def test_a_news_key_of_a_manager_ends_when_a_second_factor_is_asked_for_and_begins_with_one(world, browse):
    grace = browse(world.grace)
    url = f"/news/{key_of(grace, world, world.grace)}/?version=0"

    type(world.acme).objects.filter(pk=world.acme.pk).update(managers_need_second_factor=True)
    without = grace.get(url)
    TOTP.activate(world.grace.user, SECRET)

    assert (without.status_code, without.headers["HX-Trigger"], without.content) == RENEW
    assert "Ben" in grace.get(url).content.decode()


def test_a_news_key_is_nothing_without_the_session_that_it_was_made_for(world, browse):
    url = f"/news/{key_of(browse(world.ada), world)}/?version=0"

    answers = [browser.get(url) for browser in (browse(), browse(world.ben), browse(world.ada))]

    assert [(a.status_code, a.headers["HX-Trigger"], a.content) for a in answers] == [RENEW] * 3


@pytest.mark.parametrize("leave", ["deactivated", "moved"])
def test_an_open_page_of_somebody_who_left_gets_no_more_figures(world, browse, leave):
    ada = browse(world.ada)
    url = f"/news/{key_of(ada, world)}/?version=0"
    assert "Ben" in ada.get(url).content.decode()
    if leave == "deactivated":
        memberships.deactivate(world.ada, world.grace, world.acme.today())
    else:
        memberships.move_member(world.ada.memberships.get(), world.south, world.acme.today())

    response = ada.get(url)

    assert (response.status_code, response.headers["HX-Trigger"], response.content) == (204, '{"renew": {}}', b"")


def test_a_forged_news_key_is_not_found(world, browse):
    assert browse().get("/news/forged:key:here/").status_code == 404


def test_htmx_gets_the_live_part_and_caches_know_the_difference(world, browse):
    response = browse(world.ada).get("/board/north/", headers={"HX-Request": "true"})

    assert response.content.decode().strip().startswith('<div id="live"')
    assert "HX-Request" in response.headers["Vary"]


def test_why_answers_with_the_reading_its_day_and_the_rule_for_ties(world, browse):
    make_submission(world.ben, 61, taken_on=world.acme.today())
    rank_stale_boards()

    page = browse(world.ben).get(f"/board/north/{world.month}/why/{world.ben.pk}/").content.decode()

    assert "Equal scores share a place" in page
    assert "Nobody has a higher score" in page


def test_why_names_the_points_that_a_new_formula_moved(world, browse):
    make_submission(world.ada, 40, month=world.month - 1)
    make_recalibration(world.acme, world.month.first_day, shift=-3)
    rank_stale_boards()

    page = browse(world.ada).get(f"/board/north/{world.month}/why/{world.ada.pk}/").content.decode()

    assert "which moved everybody by −3: that is taken off." in page


def test_why_counts_those_with_the_same_score_where_ones_own_place_is_all_one_may_see(world, browse):
    make_submission(world.ben, 61, taken_on=world.acme.today())
    rank_stale_boards()
    type(world.acme).objects.filter(pk=world.acme.pk).update(rank_visibility="own")

    page = browse(world.ben).get(f"/board/north/{world.month}/why/{world.ben.pk}/").content.decode()

    assert "1 colleague has the same score." in page
    assert "Ada" not in page


def test_the_download_is_a_table_that_no_spreadsheet_runs(world, browse):
    Member.objects.filter(pk=world.ada.pk).update(name="=HYPERLINK(1)")

    response = browse(world.ben).get(f"/board/north/{world.month}/csv/")

    lines = list(csv.reader(response.content.decode().splitlines()))
    assert response.headers["Content-Disposition"] == f'attachment; filename="north-{world.month}.csv"'
    assert [line[:3] for line in lines[1:]] == [["1", "'=HYPERLINK(1)", "61"], ["2", "Ben", "40"]]


def test_the_same_slug_in_another_organization_is_another_team(world, browse):
    theirs = make_team("North", world.globex if hasattr(world, "globex") else world.east.organization)
    gus = make_rep(theirs, "Gus", total=12)
    rank_stale_boards()

    assert rows(browse(gus).get("/board/north/")) == [("1", "Gus", "12")]
    assert rows(browse(world.ada).get("/board/north/")) == [("1", "Ada", "61"), ("2", "Ben", "40")]


@pytest.mark.parametrize("path", ["/board/north/", "/", "/organization/", "/organization/?by=teams", "/team/north/"])
def test_more_rows_cost_no_more_queries(world, browse, path, django_assert_max_num_queries):
    alan = browse(world.alan)

    def queries():
        cache.clear()
        with django_assert_max_num_queries(40) as counted:
            assert alan.get(path).status_code == 200
        return len(counted)

    few = queries()
    for number in range(3):
        rep = make_rep(world.north, f"Rep {number}", total=40 + number)
        make_submission(rep, 30, month=this_month(world.acme) - 1)
    rank_stale_boards()

    assert queries() == few


@pytest.mark.parametrize("page", ["/board/north/{}/", "/board/north/{}/csv/", "/organization/{}/"])
@pytest.mark.parametrize("month", ["0001-01", "2013-12", "9999-12"])
def test_a_month_from_before_the_index_is_nothing(world, browse, page, month):
    assert browse(world.ada).get(page.format(month)).status_code == 404


def test_a_month_that_has_not_begun_is_nothing(world, browse):
    months = [world.month, world.month + 1]

    assert [browse(world.ada).get(f"/board/north/{month}/").status_code for month in months] == [200, 404]


def test_climbs_wait_for_a_complete_month(world, browse):
    for member, total in ((world.ada, 30), (world.ben, 40)):
        make_submission(member, total, month=world.month - 1)
    rank_stale_boards()
    url = f"/board/north/{world.month}/"
    complete = browse(world.ben).get(url).content.decode()
    for name in ("Cleo", "Dan", "Eve"):
        make_submission(make_rep(world.north, name), 50, month=world.month - 1)
    rank_stale_boards()

    assert ["up 1 place" in page for page in (complete, browse(world.ben).get(url).content.decode())] == [True, False]


@pytest.mark.parametrize(("who", "names"), [("sam", ["Sam"]), ("ben", ["Sam"]), ("grace", ["Ada", "Sam", "Ben"])])
def test_a_stricter_team_stays_out_of_the_organizations_board_and_places_stay(world, browse, who, names):
    Team.objects.filter(pk=world.north.pk).update(rank_visibility="own")

    page = browse(world.people[who]).get(f"/organization/{world.month}/")

    assert [row["standing"].member.name for row in page.context["rows"]] == names
    assert {row["place"] for row in page.context["rows"] if row["standing"].member == world.sam} == {2}
