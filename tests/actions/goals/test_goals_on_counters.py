"""Goals on what a team counts itself: which figures they are made of, and what a corrected one takes back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.counters import set_playable
from teams.actions.figures import enter_own, store_figures
from teams.actions.goals import make_goal, notice_reached
from teams.models import Board, Counter, Goal, Moment
from teams.queries.goals.progress import figures_of, progress_of
from teams.rules.errors import Refused
from teams.rules.months import Month
from tests.makers import make_goal as stored_goal
from tests.makers import make_manager, make_rep, make_team, this_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    """Ada and Ben, with a manager who counts calls."""
    team = make_team()
    make_rep(team, "Ada")
    make_rep(team, "Ben", no_access_since=date(2021, 1, 1))
    make_manager(team)
    return team


@pytest.fixture
def calls(north):
    return Counter.objects.create(team=north, name="Calls", playable=True)


def member(team, name):
    return team.organization.members.get(name=name)


def enter(counter, figures, month):
    """Each enters their own."""
    for name, value in figures.items():
        enter_own(member(counter.team, name), month, {counter: value and Decimal(value)})


def on_calls(counter, target, **fields):
    """A goal of the team, set today, until the end of next month."""
    today = counter.team.organization.today()
    usual = {"team": counter.team, "counter": counter, "kind": "mean", "made_by": member(counter.team, "Grace")}
    usual |= {"started_on": today, "due_on": (Month.of(today) + 1).last_day}
    return Goal(target=target, **usual | fields)


def look_again():
    """What workers do after figures have changed, a moment later than the last time."""
    rank_stale_boards()
    notice_reached(timezone.now())
    return list(Goal.objects.order_by("pk").values_list("reached_on", flat=True))


def test_it_starts_from_the_months_before_and_counts_this_one_whoever_has_access_to_linkedin(north, calls):
    month = this_month(north.organization)
    enter(calls, {"Ada": 10}, month - 1)
    enter(calls, {"Ben": 4}, month - 3)
    enter(calls, {"Ada": 12, "Ben": 7}, month)

    [found] = figures_of([(on_calls(calls, 20), north.organization.today())])

    assert (found.baseline, found.now, found.counted, found.is_covered) == (Decimal(7), Decimal("9.50"), 2, True)
    assert sorted(found.readings)[0] < 0 < len(found.readings) == 2


def test_the_newest_figure_of_a_month_counts_and_one_that_was_taken_back_does_not(north, calls):
    month = this_month(north.organization)
    enter(calls, {"Ada": 10, "Ben": 8}, month - 1)
    enter(calls, {"Ada": 30}, month)
    enter(calls, {"Ada": 20}, month)
    enter(calls, {"Ben": 99}, month)
    enter(calls, {"Ben": None}, month)

    [found] = figures_of([(on_calls(calls, 40), north.organization.today())])

    assert (found.baseline, found.now) == (Decimal(9), Decimal(14))


def test_it_is_reached_by_a_figure_and_taken_back_by_its_correction(north, calls):
    month = this_month(north.organization)
    enter(calls, {"Ada": 10, "Ben": 8}, month)
    make_goal(on_calls(calls, 20))
    before = look_again()
    enter(calls, {"Ada": 25, "Ben": 15}, month)
    reached = look_again()
    enter(calls, {"Ben": 3}, month)
    taken_back = look_again()

    today = north.organization.today()
    assert (before, reached, taken_back) == ([None], [today], [None])
    assert Moment.objects.count() == 2


def test_one_that_was_reached_stays_so_whoever_comes_or_goes(north, calls):
    month = this_month(north.organization)
    enter(calls, {"Ada": 10, "Ben": 8}, month)
    make_goal(on_calls(calls, 20))
    enter(calls, {"Ada": 25, "Ben": 15}, month)
    look_again()
    north.memberships.filter(member__name="Ada").update(competing=False)
    enter(calls, {"Ben": 15}, month - 1)

    assert look_again() == [north.organization.today()]


def test_a_readings_goal_and_one_on_a_counter_have_nothing_of_each_other(north, calls):
    """The id of a figure may be that of a reading."""
    month = this_month(north.organization)
    enter(calls, {"Ada": 10, "Ben": 8}, month)
    make_goal(on_calls(calls, 20))

    assert all(number < 0 for number in Goal.objects.get().readings)


def test_an_own_goal_is_of_the_own_figures_and_of_any_size(north, calls):
    ada, month = member(north, "Ada"), this_month(north.organization)
    enter(calls, {"Ada": "250000.50"}, month - 1)
    own = {"team": None, "member": ada, "kind": "score", "made_by": ada}
    make_goal(on_calls(calls, Decimal("300000.75"), **own))
    enter(calls, {"Ada": "150000.25"}, month)

    [row] = progress_of(Goal.objects.with_owners(), north.organization.today())

    assert (row.figures.baseline, row.figures.now, row.percent) == (Decimal("250000.50"), Decimal("150000.25"), 49)


def test_the_same_target_may_be_set_on_the_score_and_on_a_counter_each_once(north, calls):
    goal = stored_goal(north, 20, due_on=on_calls(calls, 20).due_on)
    for _ in range(2):
        make_goal(on_calls(calls, 20))

    assert [each.counter for each in Goal.objects.order_by("pk")] == [None, calls]
    assert goal.starts.count() == 1


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"pillar": "brand"}, "goal_of_a_counter"),
        ({"kind": "coverage"}, "goal_of_a_counter"),
        ({"target": 0}, "goal_of_the_score_is_1_to_100"),
        ({"counter_id": None, "target": 101}, "goal_of_the_score_is_1_to_100"),
    ],
)
def test_the_database_keeps_what_a_goal_may_be_about(calls, fields, name):
    goal = on_calls(calls, 20)
    for field, value in fields.items():
        setattr(goal, field, value)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        goal.save()


def test_a_counter_stays_playable_while_a_goal_runs_on_it(north, calls):
    make_goal(on_calls(calls, 20))

    with pytest.raises(Refused, match="“Mean of “Calls”: 20” is about it"):
        set_playable(calls, playable=False)

    Goal.objects.update(cancelled_on=north.organization.today() - timedelta(days=1))
    assert not set_playable(calls, playable=False).playable


def test_a_figure_of_what_is_played_for_has_the_boards_looked_at_again_and_another_has_not(north, calls):
    rank_stale_boards()
    ada, month = member(north, "Ada"), this_month(north.organization)
    silent = Counter.objects.create(team=north, name="Visits")
    store_figures(silent, {(ada.pk, month): Decimal(3)}, member(north, "Grace"))
    before = Board.objects.stale().count()
    enter(calls, {"Ada": 3}, month)

    assert (before, Board.objects.stale().count()) == (0, 1)
