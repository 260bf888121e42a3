"""Goals: who sees which, making one with its meaning read back, changing and cancelling it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.goals import store_starts
from teams.models import Goal
from teams.views.goals import SHARED_SHOWN
from tests.makers import make_goal, make_rep, make_submission, make_team
from tests.pages.reading import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(world):
    return world.acme.today() + timedelta(days=40)


@pytest.fixture
def own(world):
    """Ada's private goal, and the one she shares."""
    return {
        "private": make_goal(world.ada, 71, text="Secret plan"),
        "shared": make_goal(world.ada, 75, text="Open plan", shared=True),
    }


def names(response):
    """The goals of the page, by where they stand."""
    context = response.context
    return {
        "mine": [int(row.goal.target) for row in context["mine"]],
        "teams": {team.name: [int(row.goal.target) for row in rows] for team, _, rows in context["teams"]},
        "shared": [int(row.goal.target) for row in context["shared"]],
    }


def past(response):
    """The targets of the goals of the page of past ones."""
    return [int(row.goal.target) for row in response.context["past"]]


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("ada", {"mine": [71, 75], "teams": {"North": [90]}, "shared": []}),
        ("ben", {"mine": [], "teams": {"North": [90]}, "shared": [75]}),
        ("vera", {"mine": [], "teams": {"North": [90]}, "shared": [75]}),
        ("grace", {"mine": [], "teams": {"North": [90]}, "shared": [75]}),
        ("alan", {"mine": [], "teams": {"North": [90], "South": []}, "shared": [75]}),
        ("sam", {"mine": [], "teams": {"South": []}, "shared": []}),
        ("sue", {"mine": [], "teams": {"South": []}, "shared": []}),
        ("gil", {"mine": [], "teams": {"East": []}, "shared": []}),
        ("gina", {"mine": [], "teams": {"East": []}, "shared": []}),
    ],
)
def test_everybody_sees_their_teams_goals_their_own_and_what_colleagues_share(world, browse, own, who, sees):
    response = browse(world.people[who]).get("/goals/")

    assert names(response) == sees
    assert ("Secret plan" in response.content.decode()) == (who == "ada")


@pytest.mark.parametrize("which", ["private", "shared"])
def test_an_own_goal_is_changed_and_cancelled_by_nobody_else(world, browse, own, which):
    url = f"/goals/{own[which].pk}/"

    opened = {who for who, member in world.people.items() if browse(member).get(url).status_code == 200}
    cancelled = {
        who
        for who, member in world.people.items()
        if who != "ada" and browse(member).post(url + "cancel/").status_code != 404
    }

    assert (opened, cancelled) == ({"ada"}, set())


def test_a_private_goal_shows_on_no_page_of_somebody_else(world, browse, own):
    pages = ["/", "/goals/", "/board/north/", f"/reps/{world.ada.pk}/", f"/goals/{own['private'].pk}/"]

    seen = [
        who for who in ("ben", "grace", "alan") for page in pages if "Secret plan" in text(browse, world, who, page)
    ]

    assert seen == []


def text(browse, world, who, page):
    return browse(world.people[who]).get(page).content.decode()


def test_a_rep_sets_a_goal_that_is_private_unless_shared(world, browse, due):
    ada = browse(world.ada)

    response = ada.post("/goals/new/", {"target": "70", "due_on": due, "text": "Christmas"})
    ada.post("/goals/new/", {"target": "80", "due_on": due, "shared": "on"})

    assert response.url == "/goals/"
    stored = Goal.objects.filter(member=world.ada).values_list("kind", "target", "due_on", "shared", "text")
    assert list(stored) == [("score", 70, due, False, "Christmas"), ("score", 80, due, True, "")]


@pytest.mark.parametrize(
    ("what", "target", "stored", "meaning"),
    [
        ("mean", "55.5", ("mean", "", Decimal("55.5")), "The mean score of North is 55.5 or more by"),
        ("mean insights", "14", ("mean", "insights", 14), "The mean in “insights” of North is 14 or more by"),
        ("everybody", "62", ("everybody", "", 62), "Everybody in North has a score of 62 or more by"),
        ("coverage", "100", ("coverage", "", 100), "100 % of North or more have submitted"),
    ],
)
def test_a_manager_reads_a_goal_back_and_sets_it(world, browse, due, what, target, stored, meaning):
    typed = {"what": what, "target": target, "due_on": due}

    grace = browse(world.grace)
    page = grace.post("/goals/new/north/", typed | {"read": "1"}).content.decode()
    assert (meaning in page, Goal.objects.count()) == (True, 1)

    assert grace.post("/goals/new/north/", typed).url == "/goals/"
    assert Goal.objects.filter(team=world.north).values_list("kind", "pillar", "target").latest("pk") == stored


def test_htmx_gets_only_the_meaning(world, browse, due):
    typed = {"target": "70", "due_on": due, "read": "1"}

    response = browse(world.ada).post("/goals/new/", typed, headers={"HX-Request": "true"})

    assert response.content.decode().strip().startswith('<p class="lead">Ada has a score of 70')
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"target": "61"}, "Your score is 61 already. Choose a higher target."),
        ({"target": "70", "days": 0}, "Choose a day after today."),
        ({"target": "70.5"}, "Write a whole number."),
        ({"target": "170"}, "Write a number from 1 to 100."),
        ({"target": ""}, "Write a number from 1 to 100."),
        ({"target": "70", "due_on": "someday"}, "Write the day like 2026-12-24."),
    ],
)
def test_what_cannot_be_a_goal_is_answered_with_a_sentence(world, browse, typed, said):
    day = world.acme.today() + timedelta(days=typed.pop("days", 40))

    response = browse(world.ada).post("/goals/new/", {"due_on": day} | typed)

    assert said in response.content.decode()
    assert not Goal.objects.filter(member=world.ada).exists()


def test_a_rep_without_a_score_is_told_to_submit_first(world, browse, due):
    response = browse(make_rep(world.north, "New")).post("/goals/new/", {"target": "50", "due_on": due})

    assert "Submit your score first" in response.content.decode()


def test_a_pillar_has_at_most_25_points(world, browse, due):
    response = browse(world.grace).post("/goals/new/north/", {"what": "mean brand", "target": "26", "due_on": due})

    assert "A pillar has at most 25 points." in response.content.decode()


def test_the_text_and_sharing_may_be_changed_and_nothing_else(world, browse, own):
    response = browse(world.ada).post(
        f"/goals/{own['private'].pk}/", {"text": "Now open", "shared": "on", "target": "99"}
    )

    changed = Goal.objects.get(pk=own["private"].pk)
    assert response.url == "/goals/"
    assert (changed.text, changed.shared, changed.target) == ("Now open", True, 71)


def test_a_cancelled_goal_stays_in_sight_and_cannot_be_changed(world, browse):
    grace, url = browse(world.grace), f"/goals/{world.goal.pk}/"
    grace.post(url + "cancel/")

    page = browse(world.ben).get("/goals/past/")
    assert past(page) == [90]
    assert "cancelled on" in page.content.decode()
    assert grace.get(url).status_code == 404


def test_past_goals_are_a_link_of_the_page_and_come_as_its_part_when_somebody_scrolls_there(world, browse):
    Goal.objects.update(cancelled_on=world.acme.today())
    ben = browse(world.ben)

    listed = ben.get("/goals/").content.decode()
    part = ben.get("/goals/past/", headers={"HX-Request": "true"})

    assert '<a href="/goals/past/" hx-get="/goals/past/" hx-trigger="revealed"' in listed
    assert part.content.decode().startswith('<section aria-labelledby="past">')
    assert part.content.decode().strip() in ben.get("/goals/past/").content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_where_no_goal_is_over_the_part_is_empty_and_the_page_says_so(world, browse):
    ben = browse(world.ben)

    part = ben.get("/goals/past/", headers={"HX-Request": "true"}).content.decode()

    assert part.strip() == ""
    assert "No goal is over yet." in ben.get("/goals/past/").content.decode()


def test_a_reached_goal_is_shown_for_a_week_with_its_day(world, browse):
    today = world.acme.today()
    Goal.objects.update(reached_on=today - timedelta(days=6), celebrated_at="2020-01-01T12:00Z")
    page = browse(world.ben).get("/goals/")
    assert (names(page)["teams"], "reached on" in page.content.decode()) == ({"North": [90]}, True)

    Goal.objects.update(reached_on=today - timedelta(days=7))
    assert past(browse(world.ben).get("/goals/past/")) == [90]


def test_markup_in_a_goal_stays_text(world, browse):
    Goal.objects.update(text="<svg onload=alert(1)>")

    assert "<svg onload" not in browse(world.ben).get("/goals/").content.decode()


def test_the_board_shows_the_teams_goals_and_no_others(world, browse, own):
    for url in ("/board/north/", f"/board/north/{world.month - 1}/"):
        page = browse(world.ben).get(url).content.decode()
        assert ("Mean score 90" in page, "Score 7" in page) == (True, False)

    assert "Mean score 90" not in browse(world.sam).get("/board/south/").content.decode()


def test_today_shows_ones_own_goals_and_those_of_the_team(world, browse, own):
    def shown(who):
        return [int(row.goal.target) for row in browse(world.people[who]).get("/").context["goals"]]

    assert {who: shown(who) for who in ("ada", "ben", "grace", "alan", "sam", "gil")} == {
        "ada": [90, 71, 75],
        "ben": [90],
        "grace": [90],
        "alan": [90],
        "sam": [],
        "gil": [],
    }


def test_a_reps_chart_has_the_next_goal_that_the_viewer_may_see_as_a_line(world, browse, own):
    def line(who):
        return browse(world.people[who]).get(f"/reps/{world.ada.pk}/").context["goal"]

    assert [line(who) for who in ("ada", "ben", "grace")] == [71, 75, 75]
    page = markup(browse(world.ada).get("/"))
    assert '<text class="goal" x="0"' in page
    assert ">goal 71<" in page


def test_the_wall_names_the_teams_next_goal_and_hears_of_a_new_one(world, browse, due):
    screen = browse()
    screen.cookies["display"] = "x" * 43
    make_goal(world.ada, 71, shared=True)
    for rep in (world.ada, world.ben):
        make_submission(rep, 40, month=world.month - 2)
    world.goal.starts.all().delete()
    store_starts([world.goal])

    page = screen.get("/display/").content.decode()
    assert ("Goal: Mean score 90 by" in page, "50.5" in page, "Score 71" in page) == (True, True, False)

    Goal.objects.filter(team=world.north).update(cancelled_on=world.acme.today())
    version = page.split("version=")[1].split("&")[0]
    browse(world.grace).post("/goals/new/north/", {"what": "everybody", "target": "60", "due_on": due})
    rank_stale_boards()
    news = screen.get("/display/", {"version": version}, headers={"HX-Request": "true"}).content.decode()
    assert ("Goal: Everybody at 60 by" in news, "1 of 2" in news) == (True, True)


@pytest.mark.parametrize("path", ["/goals/", "/", "/board/north/", "/reps/{ada}/"])
def test_more_goals_cost_no_more_queries(world, browse, own, path, django_assert_max_num_queries):
    ada = browse(world.ada)

    def queries():
        cache.clear()
        with django_assert_max_num_queries(30) as counted:
            assert ada.get(path.format(ada=world.ada.pk)).status_code == 200
        return len(counted)

    few = queries()
    for number in range(3):
        rep = make_rep(world.north, f"Rep {number}", total=40)
        make_submission(rep, 45, taken_on=world.acme.today())
        make_goal(rep, 60, shared=True)
        make_goal(world.ada, 80 + number)
        make_goal(world.north, 60 + number, kind="everybody")
        make_goal(world.north, 70 + number, cancelled_on=world.acme.today())

    assert queries() == few


def test_an_admin_of_many_teams_finds_their_goals_on_pages_of_fifty(world, browse):
    teams = [make_team(f"Team{number:02}", world.acme) for number in range(60)]
    make_goal(teams[-1], 77)

    alan = browse(world.alan)
    pages = [alan.get(f"/goals/?page={number}") for number in (1, 2)]

    assert [len(page.context["teams"]) for page in pages] == [50, 12]
    assert 'href="?page=2"' in pages[0].content.decode()
    assert [names(page)["teams"].get("Team59") for page in pages] == [None, [77]]


def test_of_many_shared_goals_those_show_that_are_due_first(world, browse, due):
    for number in range(SHARED_SHOWN + 3):
        make_goal(make_rep(world.north, f"Rep {number}"), 70, shared=True, due_on=due + timedelta(days=number))

    shared = browse(world.ben).get("/goals/").context["shared"]

    assert [row.goal.due_on for row in shared] == [due + timedelta(days=number) for number in range(SHARED_SHOWN)]
