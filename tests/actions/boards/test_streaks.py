"""Streaks by what is final: a month that was closed early is missed, history that waits for imports is not."""

from datetime import UTC, date, datetime

import pytest

from teams.models import Board, Membership
from teams.queries.boards.hall_of_fame import streaks_of
from teams.rules.months import Month
from tests.makers import make_organization, make_rep, make_submission, make_team

pytestmark = pytest.mark.django_db
AUGUST, SEPTEMBER, OCTOBER = Month(2026, 8), Month(2026, 9), Month(2026, 10)
LAST_DAY = datetime(2026, 10, 31, 16, tzinfo=UTC)


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="UTC"))


@pytest.fixture
def ada(team):
    ada = make_rep(team, "Ada")
    for month in (AUGUST, SEPTEMBER):
        make_submission(ada, 50, month=month)
    return ada


def running(team, now=LAST_DAY):
    return [streak.running for streak in streaks_of(team, now)]


def test_a_month_that_was_closed_early_ends_a_streak_at_once(team, ada):
    assert running(team) == [2]

    Board.objects.create(team=team, month=OCTOBER, closed_at=LAST_DAY)

    assert running(team) == [0]


def test_only_the_team_in_which_somebody_competes_at_the_months_end_ends_it(team, ada):
    south = make_team("South", team.organization)
    Board.objects.create(team=team, month=OCTOBER, closed_at=LAST_DAY)
    ada.memberships.update(left_on=date(2026, 10, 20))
    Membership.objects.create(member=ada, team=south, joined_on=date(2026, 10, 20))

    assert running(south) == [2]


def test_history_that_waits_for_imports_ends_none(team, ada):
    now = datetime(2026, 11, 23, tzinfo=UTC)
    board = Board.objects.create(team=team, month=OCTOBER, in_history=True)
    assert running(team, now) == [2]

    Board.objects.filter(pk=board.pk).update(closed_at=now)

    assert running(team, now) == [0]
