"""The nightly check: every open board, recomputed by the pure rules, equals what is stored."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet

from teams.models import Board, Leave, Member, Score
from teams.rules import scores, standings
from teams.rules.months import Month

DIFFERING_COUNTS = """
WITH counted AS (
    SELECT team.organization_id, board.month, standing.total, count(*) AS reps
    FROM teams_standing AS standing
    JOIN teams_board AS board ON board.id = standing.board_id
    JOIN teams_team AS team ON team.id = board.team_id
    GROUP BY team.organization_id, board.month, standing.total
)
SELECT organization_id, month, total
FROM counted
FULL JOIN teams_scorecount AS stored USING (organization_id, month, total)
WHERE coalesce(counted.reps, 0) <> coalesce(stored.reps, 0)
ORDER BY organization_id, month, total
"""
STANDING = ["member_id", "rank", "total", "climb", "submission_id", "previous_id"]


class Difference(NamedTuple):
    """A board whose stored figures are not what its readings say."""

    board: int
    what: str


def ranked_boards() -> list[int]:
    """The open boards that were ranked since anything changed: those that can be checked."""
    return list(_ranked().order_by("pk").values_list("pk", flat=True))


def differing_boards(among: Iterable[int] | None = None) -> Iterator[Difference]:
    """The open, ranked boards that differ from their recomputation, one at a time; among all, or these."""
    ranked = _ranked() if among is None else _ranked().filter(pk__in=list(among))
    for board in ranked.select_related("team").order_by("pk").iterator(chunk_size=500):
        stored = {
            "standings": set(board.standings.values_list(*STANDING)),
            "coverage": (board.submitted, board.expected, board.best),
        }
        for what, recomputed in _recompute(board).items():
            if stored[what] != recomputed and _unchanged(board):
                yield Difference(board.pk, what)


def _ranked() -> QuerySet[Board]:
    return Board.objects.filter(closed_at=None, stale_since=None, ranked_at__isnull=False)


def _unchanged(board: Board) -> bool:
    """Whether the board is still what was read: not marked or ranked in the meantime."""
    return Board.objects.filter(pk=board.pk, version=board.version, stale_since=None).exists()


def _recompute(board: Board) -> dict[str, object]:
    """What the board should say: its standings as tuples of `STANDING`, and (submitted, expected, best)."""
    team, month = board.team, board.month
    reps = set(Member.objects.competing_in(team, month).with_access(month).values_list("pk", flat=True))
    now = {score.member_id: score for score in Score.objects.filter(member__in=reps, month=month)}
    earlier: dict[int, Score] = {}
    reach = (month - scores.REACH_BACK, month - 1)
    for score in Score.objects.filter(member__in=now, month__range=reach).order_by("month"):
        earlier[score.member_id] = score
    there_before = set(Member.objects.competing_in(team, month - 1).values_list("pk", flat=True))

    totals = {member: score.total for member, score in now.items()}
    last_month = {
        member: score.total for member, score in earlier.items() if score.month == month - 1 and member in there_before
    }
    climbs = standings.climbs(totals, last_month)
    away = Leave.objects.filter(member__in=reps - now.keys()).away_in(month)
    return {
        "standings": {
            (
                member,
                rank,
                totals[member],
                climbs.get(member),
                now[member].submission_id,
                earlier[member].submission_id if member in earlier else None,
            )
            for member, rank in standings.ranks(totals).items()
        },
        "coverage": (len(now), len(reps) - len(away), max(totals.values(), default=None)),
    }


def differing_counts() -> list[tuple[int, Month, int]]:
    """The (organization, month, score) whose stored count is not the number of standings with that score."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERING_COUNTS)
        return [(organization, Month.of(month), total) for organization, month, total in cursor.fetchall()]
