"""The nightly check finds figures that are not what the readings say."""

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.checks import Difference, differing_boards, differing_counts, ranked_boards
from teams.models import Board, Leave, ScoreCount, Standing
from teams.tasks import check_boards, check_counts
from tests.makers import make_leave, make_organization, make_rep, make_submission, make_team, places, this_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    """North's: Ada is first, Ben second, both with a month before; one is silent, one away."""
    team = make_team("North", make_organization())
    month = this_month(team.organization)
    for name, before, now in [("Ada", 50, 61), ("Ben", 55, 58)]:
        rep = make_rep(team, name, total=before, month=month - 1)
        make_submission(rep, now, month=month)
    make_rep(team, "Silent")
    make_leave(make_rep(team, "Away"), month.first_day, month.last_day)
    rank_stale_boards()
    return Board.objects.get(month=month)


def test_what_was_ranked_differs_in_nothing(board):
    assert (list(differing_boards()), differing_counts()) == ([], [])


@pytest.mark.parametrize("changed", [{"total": 99}, {"rank": 7}, {"climb": -3}, {"previous": None}])
def test_a_changed_standing_is_found(board, changed):
    Standing.objects.filter(board=board, member__name="Ben").update(**changed)

    assert list(differing_boards()) == [Difference(board.pk, "standings")]


def test_a_lost_standing_is_found_and_so_is_its_count(board):
    Standing.objects.filter(board=board, member__name="Ben").delete()

    assert list(differing_boards()) == [Difference(board.pk, "standings")]
    assert differing_counts() == [(board.team.organization_id, board.month, 58)]


def test_a_changed_coverage_is_found(board):
    Leave.objects.all().delete()

    assert list(differing_boards()) == [Difference(board.pk, "coverage")]


def test_a_changed_count_is_found(board):
    ScoreCount.objects.filter(month=board.month, total=61).update(reps=2)

    assert (list(differing_boards()), differing_counts()) == ([], [(board.team.organization_id, board.month, 61)])


def test_a_board_that_waits_for_its_worker_is_left_to_it(board):
    Standing.objects.update(rank=7)
    Board.objects.update(stale_since="2020-01-01T00:00Z")

    assert list(differing_boards()) == []


def test_the_check_reports_what_differs_and_has_it_ranked_and_counted_again(board, caplog):
    ada, ben = [(1, "Ada", 61), (2, "Ben", 58)]
    Standing.objects.filter(board=board, member__name="Ben").update(rank=7)
    ScoreCount.objects.filter(month=board.month, total=61).update(reps=2)

    check_boards(ranked_boards())
    check_counts()
    rank_stale_boards()

    organization = board.team.organization_id
    assert caplog.messages == [
        f"board {board.pk} differs from its recomputation: standings",
        f"organization {organization} differs in {board.month}: another number stands at 61",
    ]
    assert places(board) == [ada, ben]
    assert (list(differing_boards()), differing_counts()) == ([], [])
    assert ScoreCount.objects.places(board.team.organization, board.month) == {61: 1, 58: 2}


def test_only_the_named_boards_are_checked(board):
    Standing.objects.update(rank=7)
    others = Board.objects.exclude(pk=board.pk).values_list("pk", flat=True)

    assert {difference.board for difference in differing_boards(others)} == set(others)
