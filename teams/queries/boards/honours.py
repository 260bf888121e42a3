"""Who is honoured for a month, and the month as one page tells it to somebody who is not in the team."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from teams.models.boards.boards import Board
from teams.models.goals import Goal
from teams.queries.boards.table import BoardTable, Row, board_table
from teams.queries.goals.progress import Progress, progress_of
from teams.rules.insights.charts import Points
from teams.rules.months import months_between

PODIUM = 3
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Honours:
    """The first three of a month and whoever improved most, ties included, among so many ranked."""

    steps: list[Row]
    improved: list[Row]
    ranked: int


@dataclass(frozen=True)
class Report:
    """A month on a page: its honours, what changed, the goals as they stood at its end, and the means up to then.

    `change` is the mean change, to a tenth, of those `compared` with an earlier month; without any it is None.
    """

    honours: Honours
    change: Decimal | None
    compared: int
    goals: list[Progress]
    means: Points


def honours_of(table: BoardTable) -> Honours:
    """Nobody is most improved where nobody gained; nobody at all has a place before the board is complete."""
    if not table.board.is_complete:
        return Honours([], [], len(table.rows))
    steps = [row for row in table.rows if row.rank <= PODIUM]
    improved = [row for row in table.most_improved() if row.rank == 1 and row.direction == "up"]
    return Honours(steps, improved, len(table.rows))


def report_of(board: Board, today: date) -> Report:
    """The report of a board's month, as it is today or was on the month's last day; four queries, five with goals."""
    table = board_table(board)
    changes = [row.change.points for row in table.rows if row.change]
    day = min(today, board.month.last_day)
    goals = Goal.objects.filter(team=board.team).in_month(board.month).with_owners()
    return Report(
        honours=honours_of(table),
        change=_tenth(Decimal(sum(changes)) / len(changes)) if changes else None,
        compared=len(changes),
        goals=progress_of(goals, day),
        means=means_until(board),
    )


def means_until(board: Board) -> Points:
    """The mean of each complete month of a year up to the board's, as a whole number; None for the others."""
    months = months_between(board.month - (MONTHS_SHOWN - 1), board.month)
    boards = Board.objects.filter(team=board.team, month__range=(months[0], months[-1]), mean__isnull=False)
    means = {each.month: _whole(each.mean) for each in boards if each.mean is not None and each.is_complete}
    known = [month for month in months if month in means]
    return [(month, means.get(month)) for month in months if known and month >= known[0]]


def _tenth(mean: Decimal) -> Decimal:
    return mean.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _whole(mean: Decimal) -> int:
    return int(mean.quantize(Decimal(1), ROUND_HALF_UP))
