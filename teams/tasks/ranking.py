"""What ranks boards: a nudge right after a change, and the sweeps that need none."""

import logging
from collections.abc import Iterable

from celery import shared_task
from django.db import transaction

from teams.actions import checks
from teams.actions.boards import ranking
from teams.models import Board
from teams.tasks.moments import ask_to_notice
from teams.tasks.sweep import sweep

log = logging.getLogger(__name__)
EXPIRES = 3600
CHECKED_AT_ONCE = 500


@shared_task
def rank_board(board: int) -> None:
    """Rank one board, if it is stale."""
    if ranking.rank_boards([board]):
        ask_to_notice()


def nudge(stale: Iterable[int]) -> None:
    """Ask a worker, after the commit, to rank boards. Robust: without a broker the sweep does it later."""
    waiting = list(stale)

    def ask() -> None:
        for board in waiting:
            rank_board.delay(board)

    transaction.on_commit(ask, robust=True)


def nudge_team(team: int) -> None:
    """The same for whatever of a team is stale."""
    nudge(Board.objects.stale().filter(team=team).values_list("pk", flat=True))


@sweep
def rank_stale_boards() -> None:
    """Rank whatever is stale, so that a lost nudge costs half a minute."""
    while ranking.rank_stale_boards():
        ask_to_notice()


@sweep
def open_boards() -> None:
    """Give every team a board for the month that has begun."""
    if ranking.open_boards():
        rank_stale_boards.delay()


@sweep
def check_standings() -> None:
    """Tasks to recompute every open board, some at a time, and to count every score again."""
    ranked = checks.ranked_boards()
    for first in range(0, len(ranked), CHECKED_AT_ONCE):
        check_boards.apply_async((ranked[first : first + CHECKED_AT_ONCE],), expires=EXPIRES)
    check_counts.apply_async(expires=EXPIRES)


@shared_task
def check_boards(among: list[int]) -> None:
    """Recompute some boards, report what differs, and have those boards ranked again."""
    differing = list(checks.differing_boards(among))
    for difference in differing:
        log.error("board %s differs from its recomputation: %s", difference.board, difference.what)
    nudge(ranking.mark_boards_stale(difference.board for difference in differing))


@shared_task
def check_counts() -> None:
    """Report which of the organizations' counts per score differ, and have those counted anew."""
    differing = checks.differing_counts()
    for organization, month, score in differing:
        log.error("organization %s differs in %s: another number stands at %s", organization, month, score)
    for organization, month in sorted({(organization, month) for organization, month, _score in differing}):
        ranking.count_anew(organization, month)
