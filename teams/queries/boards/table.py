"""A board as it is read: every row that a page, a wall or an export may show, in one query."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple

from teams.fields import name_as_read
from teams.models.boards.boards import Board
from teams.models.people.members import Plan
from teams.queries.prepared_sql import as_json, named_rows
from teams.rules import scores, standings
from teams.rules.insights.charts import Points
from teams.rules.measure import Pillar
from teams.rules.months import Month, months_between
from teams.rules.people.leave import is_away
from teams.rules.people.names import sort_key
from teams.rules.scores import NO_PILLARS, Pillars, Reading
from teams.rules.standings import WhyAbsent

BOARD_TABLE = Path(__file__).with_name("table.sql").read_text()
SPARK_MONTHS = 12


class Rep(NamedTuple):
    """What a board says of a member, and how they want walls to name them."""

    pk: int
    name: str
    wall_name: str
    face: str

    def __str__(self) -> str:
        return self.name


class Place(NamedTuple):
    """A place, with the score and the rep that have it."""

    rank: int
    total: int
    member: Rep


@dataclass(frozen=True)
class Row:
    """A rep with a place: the reading it comes from, the one it is compared with, and what follows from both."""

    rank: int
    member: Rep
    plan: str
    total: int
    climb: int | None
    change: scores.Change | None
    headroom_closed: int | None
    reading: Reading
    previous: Reading | None
    industry_average: int | None
    history: Points

    @property
    def gained(self) -> int:
        """The points of the change; 0 without one."""
        return self.change.points if self.change else 0

    @property
    def direction(self) -> str:
        """up, down or steady; nothing where it cannot be compared."""
        return self.change.direction if self.change else ""

    def points(self, pillar: Pillar) -> Decimal | None:
        """A pillar as it is compared and shown: to one decimal."""
        points = self.reading.pillars[list(Pillar).index(pillar)]
        return None if points is None else points.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Absent:
    """A rep without a place, with the last score of a year, if any."""

    member: Rep
    last: tuple[Month, int] | None


@dataclass(frozen=True)
class BoardTable:
    """The ranked in their order; the silent, the away and those without access apart."""

    board: Board
    rows: list[Row]
    silent: list[Absent]
    away: list[Absent]
    no_access: list[Absent]
    away_before: dict[Month, set[int]]

    @property
    def top_quarter(self) -> int | None:
        """The score from which the top quarter begins; None where too few are in to say."""
        return standings.top_quarter(row.total for row in self.rows) if self.board.is_complete else None

    def most_improved(self) -> list[Row]:
        """Those who can be compared with the month before (months away skipped), by points gained."""
        return _ranked_by((row, row.gained) for row in self.rows if self._is_comparable(row))

    def by_pillar(self, pillar: Pillar) -> list[Row]:
        """Those whose pillar is known, by its points to one decimal."""
        return _ranked_by((row, points) for row in self.rows if (points := row.points(pillar)) is not None)

    def by_plan(self, plan: Plan) -> list[Row]:
        """Those who have a LinkedIn plan today, by their scores among themselves."""
        return _ranked_by((row, row.total) for row in self.rows if row.plan == plan)

    def _is_comparable(self, row: Row) -> bool:
        if row.change is None:
            return False
        months_between = (row.change.since + n for n in range(1, self.board.month.since(row.change.since)))
        return all(row.member.pk in self.away_before.get(month, ()) for month in months_between)


class _Found(NamedTuple):
    """A line of `table.sql`; without a place everything of the readings is None."""

    member: int
    name: str
    wall_name: str
    face: str
    plan: str
    no_access_since: date | None
    rank: int | None
    climb: int | None
    total: int | None
    taken_on: date | None
    month: date | None
    brand: Decimal | None
    people: Decimal | None
    insights: Decimal | None
    relationships: Decimal | None
    industry_average: int | None
    total_before: int | None
    taken_before: date | None
    month_before: date | None
    months: list[date] | None
    totals: list[int] | None
    leave_starts: list[date] | None
    leave_ends: list[date] | None
    marked_on: list[date] | None
    shifts: list[int] | None


def board_table(board: Board, *, only_absent: bool = False) -> BoardTable:
    """Read a board, stored or not yet, or only those without a place: one query, whatever its size."""
    month, organization = board.month, board.team.organization
    first = month - (SPARK_MONTHS - 1)
    days = {each: each.first_day for each in months_between(first, month)}
    looked_back_at = [month - n for n in range(scores.REACH_BACK)]
    found_rows = _read(board, first, looked_back_at[-1], only_absent=only_absent)
    away = {each: _away(found_rows, each, organization.holidays) for each in looked_back_at}
    ranked: list[Row] = []
    absent: dict[str, list[Absent]] = {why.value: [] for why in WhyAbsent}
    for each in found_rows:
        rep = Rep(each.member, name_as_read(each.name), each.wall_name, each.face)
        history = _history(each, days)
        pillars = tuple(getattr(each, pillar) for pillar in Pillar)
        reading = _reading(each.total, each.taken_on, each.month, pillars)
        if each.rank is not None and reading is not None:
            ranked.append(_row(each, rep, each.rank, reading, history, climbs=board.is_complete))
        else:
            known = [(day, total) for day, total in history if total is not None]
            absent[_why_absent(each, board, away[month])].append(Absent(rep, known[-1] if known else None))
    return BoardTable(board, ranked, **absent, away_before=away)


def _read(board: Board, first: Month, away_since: Month, *, only_absent: bool) -> list[_Found]:
    parameters = {
        "board": board.pk,
        "team": board.team.pk,
        "organization": board.team.organization_id,
        "first": first.first_day,
        "month": board.month.first_day,
        "last_day": board.month.last_day,
        "away_since": away_since.first_day,
        "absent": None if board.absent is None else as_json(board.absent),
        "only_absent": only_absent,
    }
    return named_rows(_Found, BOARD_TABLE, **parameters)


def _away(found_rows: list[_Found], month: Month, holidays: Collection[date]) -> set[int]:
    """The ids of those whose leave takes up the month, or its end."""
    spans = {
        each.member: list(zip(each.leave_starts, each.leave_ends, strict=True))
        for each in found_rows
        if each.leave_starts and each.leave_ends
    }
    return {member for member, leave in spans.items() if is_away(month, leave, holidays)}


def _history(row: _Found, days: dict[Month, date]) -> tuple[tuple[Month, int | None], ...]:
    """Every month of these with its total or None; nothing where there is no total at all."""
    if row.months is None or row.totals is None:
        return ()
    totals = dict(zip(row.months, row.totals, strict=True))
    return tuple((month, totals.get(day)) for month, day in days.items())


def _reading(
    total: int | None, taken_on: date | None, month: date | None, pillars: Pillars = NO_PILLARS
) -> Reading | None:
    """The reading of a line; None where the line has none."""
    if total is None or taken_on is None or month is None:
        return None
    return Reading(total, taken_on, Month.of(month), pillars)


def _row(row: _Found, rep: Rep, rank: int, reading: Reading, history: Points, *, climbs: bool) -> Row:
    before = _reading(row.total_before, row.taken_before, row.month_before)
    marks = zip(row.marked_on or (), row.shifts or (), strict=True)
    change = scores.change(reading, before, marks)
    return Row(
        rank=rank,
        member=rep,
        plan=row.plan,
        total=reading.total,
        climb=row.climb if climbs else None,
        change=change,
        headroom_closed=scores.headroom_closed(change, before.total) if change and before else None,
        reading=reading,
        previous=before,
        industry_average=row.industry_average,
        history=history,
    )


def _why_absent(row: _Found, board: Board, away: set[int]) -> str:
    """As things are now, or as they were when the board was closed."""
    if board.absent is not None:
        why: str = board.absent[str(row.member)]
        return why
    lacks_access = standings.lacks_access(row.no_access_since, board.month.last_day)
    return standings.why_absent(lacks_access=lacks_access, away=row.member in away)


def _ranked_by(rows: Iterable[tuple[Row, Decimal | int]]) -> list[Row]:
    """The rows in the order of another figure, which stands beside each, sharing places; by name inside a tie."""
    rows = list(rows)
    ordered = sorted((figure for _row, figure in rows), reverse=True)
    by_place = [replace(row, rank=ordered.index(figure) + 1) for row, figure in rows]
    return sorted(by_place, key=lambda row: (row.rank, sort_key(row.member.name), row.member.pk))
