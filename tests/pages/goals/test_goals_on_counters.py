"""Goals on what a team counts itself: chosen among the others, read back, and shown in what it is counted in."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from teams.models import Counter, Goal
from teams.templatetags.goals import goal_meaning, goal_name
from tests.makers import make_counter, make_goal
from tests.pages.reading import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def revenue(world):
    """Counted in euros: Ada's 12,500 and Ben's 7,500 of last month."""
    figures = {world.ada: 12500, world.ben: 7500}
    return make_counter(world.north, world.grace, figures, world.month - 1, "Revenue", unit="€", playable=True)


@pytest.fixture
def due(world):
    return (world.month + 1).last_day


def options(page):
    listed = page.split('name="what"')[1].split("</select>")[0]
    return [one.split("<")[0] for one in listed.split(">") if "</option" in one]


def test_a_manager_chooses_among_the_score_and_what_reps_enter_themselves(world, browse, revenue):
    chosen = options(browse(world.grace).get("/goals/new/north/").content.decode())

    assert chosen[-4:] == [
        "The mean of “Revenue (€)”",
        "Everybody at a number in “Revenue (€)”",
        "The mean of “Visits”",
        "Everybody at a number in “Visits”",
    ]
    assert not [one for one in chosen if world.counter.name in one]


def test_a_rep_chooses_only_where_the_team_plays_for_something(world, browse):
    own, sams = (markup(browse(each).get("/goals/new/")) for each in (world.ada, world.sam))

    assert ["Visits" in own, 'name="what"' in own, 'name="what"' in sams] == [True, True, False]


def test_the_meaning_is_read_back_and_the_goal_stands_as_it_was_written(world, browse, revenue, due):
    typed = {"what": f"mean counter-{revenue.pk}", "target": "12.000,50", "due_on": due}

    read = markup(browse(world.grace).post("/goals/new/north/", typed | {"read": "1"}))
    set_goal = browse(world.grace).post("/goals/new/north/", typed, follow=True)

    goal = Goal.objects.get(counter=revenue)
    assert "The mean of “Revenue” in North is 12,000.50 € or more by" in read
    assert "Now it is 10,000 €, the mean of 2 reps." in read
    assert "It is counted by month: it starts from the month before" in read
    assert (goal.kind, goal.pillar, goal.target, goal.team) == ("mean", "", Decimal("12000.50"), world.north)
    assert "Mean of “Revenue”: 12,000.50 €" in markup(set_goal)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"target": ""}, "Write a number above 0, such as 12 or 1250,50."),
        ({"target": "0"}, "Write a number above 0, such as 12 or 1250,50."),
        ({"target": "many"}, "Write a number such as 12 or 1250,50, or nothing."),
        ({"target": "9000"}, "That is reached already. Choose a higher target."),
        ({"target": "20000", "day": 27}, "It is counted by month. Choose the last day of one."),
    ],
)
def test_what_cannot_be_a_goal_on_a_counter_is_answered_with_a_sentence(world, browse, revenue, due, typed, said):
    day = due.replace(day=typed.pop("day", due.day))
    chosen = {"what": f"mean counter-{revenue.pk}", "due_on": day}

    assert said in markup(browse(world.grace).post("/goals/new/north/", chosen | typed))
    assert not Goal.objects.filter(counter=revenue).exists()


def test_another_teams_counter_cannot_be_chosen(world, browse, revenue, due):
    theirs = Counter.objects.create(team=world.south, name="Calls", playable=True)
    for counter in (theirs, world.counter):
        typed = {"what": f"mean counter-{counter.pk}", "target": "40", "due_on": due}
        assert "Choose one of what is offered." in markup(browse(world.grace).post("/goals/new/north/", typed))


def test_a_mean_of_few_on_a_counter_is_for_those_who_manage_the_team(world, browse, revenue):
    make_goal(world.north, 20000, counter=revenue, by=world.grace)
    world.north.rank_visibility = "own"
    world.north.save()

    seen = {name: "10,000" in markup(browse(world.people[name]).get("/goals/")) for name in ("ada", "vera", "grace")}

    assert seen == {"ada": False, "vera": False, "grace": True}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Mean of “Revenue”: 20,000\xa0€", "Everybody at 20,000\xa0€ in “Revenue”", "Revenue: 20,000\xa0€"]),
        ("de", ["Mittelwert von „Revenue“: 20.000\xa0€", "Alle auf 20.000\xa0€ bei „Revenue“", "Revenue: 20.000\xa0€"]),
    ],
)
def test_a_goal_on_a_counter_is_named_in_each_language(world, revenue, language, said):
    goals = [
        make_goal(world.north, 20000, counter=revenue),
        make_goal(world.north, 20000, counter=revenue, kind="everybody"),
        make_goal(world.ada, 20000, counter=revenue),
    ]

    with override(language):
        assert [goal_name(goal) for goal in goals] == said
        assert all("20" in goal_meaning(goal) for goal in goals)
