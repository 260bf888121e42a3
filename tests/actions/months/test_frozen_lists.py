"""What changes after a month is closed changes none of its lists: who stood where, who missed it, who was away."""

from datetime import UTC, date, datetime

import pytest

from teams.actions.months.closing import amend, amend_by_withdrawing, close_month
from teams.actions.months.reopening import open_month_again
from teams.actions.people import members
from teams.models import Board, Membership, Submission
from teams.queries.boards.hall_of_fame import wins_of
from teams.queries.boards.month_table import month_readings
from teams.queries.boards.table import board_table
from teams.queries.displays.walls import wall_of_board
from teams.rules.months import Month
from tests.makers import (
    make_admin,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    places,
    ranked_board,
)

pytestmark = pytest.mark.django_db
OCTOBER = Month(2026, 10)
LAST_DAY = datetime(2026, 10, 31, 16, tzinfo=UTC)
LATER = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="UTC", created_at=datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def people(team):
    """Ada 60 and Ben 50; Cleo is silent, Dora away, Emil without access."""
    reps = {name: make_rep(team, name) for name in ("Ada", "Ben", "Cleo", "Dora", "Emil")}
    for name, total in (("Ada", 60), ("Ben", 50)):
        make_submission(reps[name], total, month=OCTOBER)
    make_leave(reps["Dora"], OCTOBER.first_day, OCTOBER.last_day)
    members.set_access(reps["Emil"], date(2026, 10, 5))
    return reps


@pytest.fixture
def closed(team, grace, people):
    return close_month(ranked_board(team, OCTOBER).pk, LAST_DAY, grace)


def change_everything(team, people):
    """Ben and Cleo were taken out from the middle of October on, Zoe was there, Dora's leave and Emil's loss go."""
    south = make_team("South", team.organization)
    for name in ("Ben", "Cleo"):
        people[name].memberships.update(left_on=date(2026, 10, 15))
        Membership.objects.create(member=people[name], team=south, joined_on=date(2026, 10, 15))
    make_rep(team, "Zoe", joined_on=date(2026, 10, 1))
    people["Dora"].leaves.all().delete()
    members.set_access(people["Emil"], None)
    members.set_access(people["Cleo"], date(2026, 10, 5))


def lists(board):
    board = Board.objects.select_related("team__organization").get(pk=board.pk)
    table = board_table(board)
    named = {"silent": table.silent, "away": table.away, "no_access": table.no_access}
    apart = {why: [absent.member.name for absent in found] for why, found in named.items()}
    return {
        "places": [(row.rank, row.member.name, row.total) for row in table.rows],
        **apart,
        "readings": [row.member for row in month_readings(board)],
        "wall": [named.name for named in wall_of_board(board).rows],
        "won": [(win.month, [str(winner) for winner in win.winners]) for win in wins_of(board.team)],
        "coverage": (board.submitted, board.expected),
    }


FROZEN = {
    "places": [(1, "Ada", 60), (2, "Ben", 50)],
    "silent": ["Cleo"],
    "away": ["Dora"],
    "no_access": ["Emil"],
    "readings": ["Ada", "Ben"],
    "wall": ["Ada", "Ben"],
    "won": [(OCTOBER, ["Ada"])],
    "coverage": (2, 3),
}


def test_whoever_leaves_joins_or_is_moved_later_changes_no_list_of_a_closed_month(team, people, closed):
    change_everything(team, people)

    assert lists(closed) == FROZEN


def test_an_amendment_ranks_those_who_competed_then(team, grace, people, closed):
    change_everything(team, people)
    dora, ben = people["Dora"], people["Ben"]
    late = Submission(
        member=dora, month=OCTOBER, taken_on=date(2026, 10, 30), total=70, typed_by=grace, source="manager",
        reason="Found it",
    )  # fmt: skip

    amend(closed, late, LATER)
    assert lists(closed) == FROZEN | {
        "places": [(1, "Dora", 70), (2, "Ada", 60), (3, "Ben", 50)],
        "away": [],
        "readings": ["Ada", "Ben", "Dora"],
        "wall": ["Dora", "Ada"],
        "won": [(OCTOBER, ["Dora"])],
        "coverage": (3, 4),
    }

    alan = make_admin(team.organization)
    amend_by_withdrawing(Board.objects.get(pk=closed.pk), ben.submissions.get(), alan, "Of somebody else", LATER)
    assert [lists(closed)[key] for key in ("places", "silent", "coverage")] == [
        [(1, "Dora", 70), (2, "Ada", 60)],
        ["Ben", "Cleo"],
        (2, 4),
    ]


def test_a_month_that_is_opened_again_is_as_things_are_now(team, grace, people, closed):
    open_month_again(closed.pk, datetime(2026, 11, 2, tzinfo=UTC), grace, "Too early")
    change_everything(team, people)

    second = close_month(closed.pk, datetime(2026, 11, 4, 18, tzinfo=UTC))

    assert places(second) == [(1, "Ada", 60)]
    assert [lists(second)[why] for why in ("silent", "away", "no_access")] == [["Dora", "Emil", "Zoe"], [], []]
