"""Leave means the same everywhere, noted in advance or afterwards: in coverage, goals, streaks and reminders."""

from datetime import UTC, date, datetime, timedelta

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.people.leaves import add_leave, remove_leave
from teams.actions.reminders.reminders import remind_due
from teams.models import Board, Delivery, Leave, Membership
from teams.queries.boards.hall_of_fame import streaks_of
from teams.queries.goals.progress import figures_of
from teams.rules.months import Month
from tests.makers import make_goal, make_manager, make_organization, make_rep, make_submission, make_team

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER, OCTOBER = Month(2026, 8), Month(2026, 9), Month(2026, 10)
TIMES = pytest.mark.parametrize("when", ["in advance", "afterwards"])
"""Whether the leave is noted before anything is ranked and asked, or when it has been."""


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="UTC"))


def october(member):
    add_leave(member, OCTOBER.first_day, OCTOBER.last_day)


def coverage(team, month=OCTOBER):
    rank_stale_boards()
    board = Board.objects.get(team=team, month=month)
    return board.submitted, board.expected


@TIMES
def test_who_is_away_is_not_expected(team, when):
    make_rep(team, "Ada", total=50, month=OCTOBER)
    ben = make_rep(team, "Ben")
    if when == "afterwards":
        assert coverage(team) == (1, 2)

    october(ben)

    assert coverage(team) == (1, 1)


@TIMES
def test_who_is_away_and_submits_counts(team, when):
    ada = make_rep(team, "Ada", total=50, month=OCTOBER)
    if when == "afterwards":
        assert coverage(team) == (1, 1)

    october(ada)

    assert coverage(team) == (1, 1)
    assert list(Board.objects.get(month=OCTOBER).standings.values_list("rank", "member__name")) == [(1, "Ada")]


@TIMES
def test_who_is_away_does_not_hold_up_a_goal_for_everybody(team, when):
    make_rep(team, "Ada", total=60, month=OCTOBER)
    ben = make_rep(team, "Ben", total=20, month=SEPTEMBER)
    due = OCTOBER.last_day
    goal = make_goal(team, 50, by=make_manager(team), kind="everybody", started_on=SEPTEMBER.first_day, due_on=due)
    if when == "afterwards":
        assert [figures.now for figures in figures_of([(goal, due)])] == [50]

    october(ben)

    assert [figures.now for figures in figures_of([(goal, due)])] == [100]


@TIMES
def test_a_month_away_neither_adds_to_a_streak_nor_ends_it(team, when):
    ada = make_rep(team, "Ada")
    for month in (AUGUST, OCTOBER):
        make_submission(ada, 50, month=month)
    now = datetime(2026, 11, 23, tzinfo=UTC)
    if when == "afterwards":
        assert [streak.longest for streak in streaks_of(team, now)] == [1]

    add_leave(ada, SEPTEMBER.first_day, SEPTEMBER.last_day)

    assert [streak.longest for streak in streaks_of(team, now)] == [2]


@TIMES
def test_who_is_away_is_not_reminded_and_is_again_when_the_leave_was_noted_by_mistake(team, when):
    ada = make_rep(team, "Ada")
    first = datetime(2026, 10, 26, 12, tzinfo=UTC)
    Membership.objects.update(remind_at=first)
    if when == "afterwards":
        remind_due(first)
    before = Delivery.objects.count()

    october(ada)
    Membership.objects.update(remind_at=first)
    remind_due(first + timedelta(days=2))
    assert Delivery.objects.count() == before

    remove_leave(Leave.objects.get())
    Membership.objects.update(remind_at=first)
    remind_due(datetime(2026, 10, 30, 12, tzinfo=UTC))
    assert Delivery.objects.count() == before + 1


def test_a_leave_noted_afterwards_for_a_closed_month_changes_no_final_standings(team):
    make_rep(team, "Ada", total=50, month=OCTOBER)
    ben = make_rep(team, "Ben")
    assert coverage(team) == (1, 2)
    Board.objects.update(closed_at=datetime(2026, 11, 4, 18, tzinfo=UTC))

    october(ben)

    assert coverage(team) == (1, 2)
    assert date(2026, 10, 1) == Leave.objects.get().starts_on
