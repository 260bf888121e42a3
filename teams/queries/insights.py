"""What a team's month says as a whole: how scores are spread, its pillars, who takes part, who moved."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import mean

from teams.models.boards.boards import Board
from teams.models.people.teams import Team
from teams.queries.boards.table import BoardTable, Row
from teams.rules.insights.bands import Band, bands
from teams.rules.measure import Pillar, rounded
from teams.rules.months import Month
from teams.rules.people.names import sort_key

MONTHS = 12


@dataclass(frozen=True)
class Participation:
    """A month with how many of those expected were in."""

    month: Month
    submitted: int
    expected: int

    @property
    def percent(self) -> int:
        """How many of a hundred who were expected were in."""
        return _percent(self.submitted, self.expected)


@dataclass(frozen=True)
class Averages:
    """The mean of what so many reps' pages say their industry has, beside the mean of their own scores."""

    own: int
    industry: int
    reps: int


def spread(table: BoardTable) -> list[tuple[Band, int]]:
    """The bands of the month's scores, each with its share in percent."""
    return [(band, _percent(band.count, len(table.rows))) for band in bands(row.total for row in table.rows)]


def mean_pillars(table: BoardTable) -> tuple[dict[Pillar, Decimal], int]:
    """The mean of each pillar over those with all four, and how many these are; empty without any."""
    known = [row.reading.pillars for row in table.rows if None not in row.reading.pillars]
    means = [mean(points) for points in zip(*known, strict=True)]
    return dict(zip(Pillar, means, strict=True)) if known else {}, len(known)


def averages(table: BoardTable) -> Averages | None:
    """The reps' scores against what their own pages call the industry's average; None where none says it."""
    known = [(row.total, row.industry_average) for row in table.rows if row.industry_average is not None]
    if not known:
        return None
    own, industry = (rounded(mean(map(Decimal, column))) for column in zip(*known, strict=True))
    return Averages(own, industry, len(known))


def participation(team: Team, until: Month) -> list[Participation]:
    """A year of months, the latest first; those without a board are left out."""
    boards = Board.objects.filter(team=team, month__range=(until - (MONTHS - 1), until)).order_by("-month")
    return [Participation(board.month, board.submitted, board.expected) for board in boards]


def moved(table: BoardTable) -> list[Row]:
    """Those whose score moved by more than a day's noise, the most gained first."""
    changed = [row for row in table.rows if row.direction in ("up", "down")]
    return sorted(changed, key=lambda row: (-row.gained, sort_key(row.member.name)))


def _percent(part: int, whole: int) -> int:
    return rounded(Decimal(100 * part) / whole) if whole else 0
