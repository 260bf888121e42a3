"""A board as it is read: every row that a page, a wall or an export may show, in a constant number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from teams.models.boards import Board
from teams.models.leaves import Leave
from teams.models.members import Member
from teams.models.scores import History, Score
from teams.models.standings import Standing
from teams.models.submissions import Submission
from teams.rules import scores, standings
from teams.rules.months import Month, months_between
from teams.rules.pillars import Pillar

SPARK_MONTHS = 12


@dataclass(frozen=True)
class Row:
    """A rep with a place: the reading it comes from, the one it is compared with, and what follows from both."""

    rank: int
    member: Member
    total: int
    climb: int | None
    change: scores.Change | None
    headroom_closed: int | None
    submission: Submission
    previous: Submission | None
    history: History


@dataclass(frozen=True)
class Absent:
    """A rep without a place, with the last score of a year, if any."""

    member: Member
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
        return _ranked_by(lambda row: row.change.points, (row for row in self.rows if self._is_comparable(row)))

    def by_pillar(self, pillar: Pillar) -> list[Row]:
        """Those whose pillar is known, by its points to one decimal."""
        known = (row for row in self.rows if getattr(row.submission, pillar) is not None)
        return _ranked_by(lambda row: to_a_tenth(getattr(row.submission, pillar)), known)

    def _is_comparable(self, row: Row) -> bool:
        if row.change is None:
            return False
        months_between = (row.change.since + n for n in range(1, self.board.month.since(row.change.since)))
        return all(row.member.pk in self.away_before.get(month, ()) for month in months_between)


def board_table(board: Board) -> BoardTable:
    """Read a board, stored or not yet: five queries, whatever its size."""
    team, month = board.team, board.month
    reps = list(Member.objects.competing_in(team, month))
    ranked = list(board.standings.select_related("member", "submission", "previous")) if board.pk else []
    people = {rep.pk for rep in reps} | {standing.member_id for standing in ranked}
    histories = Score.objects.histories(people, months_between(month - (SPARK_MONTHS - 1), month))
    marks = list(team.organization.recalibrations.values_list("day", "shift"))
    away = Leave.objects.filter(member__in=people).away_in_each([month - n for n in range(scores.REACH_BACK)])

    rows = [_row(standing, board, marks, histories.get(standing.member_id, [])) for standing in ranked]
    ranked_members = {standing.member_id for standing in ranked}
    absent: dict[str, list[Absent]] = {"silent": [], "away": [], "no_access": []}
    for rep in reps:
        if rep.pk not in ranked_members:
            known = [entry for entry in histories.get(rep.pk, []) if entry[1] is not None]
            absent[_why_absent(rep, month, away[month])].append(Absent(rep, known[-1] if known else None))
    return BoardTable(board, rows, **absent, away_before=away)


def to_a_tenth(points: Decimal) -> Decimal:
    """Pillars are compared as they are shown: to one decimal."""
    return points.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def _row(standing: Standing, board: Board, marks: list, history: History) -> Row:
    before = standing.previous and standing.previous.reading()
    change = scores.change(standing.submission.reading(), before, marks)
    return Row(
        rank=standing.rank,
        member=standing.member,
        total=standing.total,
        climb=standing.climb if board.is_complete else None,
        change=change,
        headroom_closed=scores.headroom_closed(change, before.total) if change and before else None,
        submission=standing.submission,
        previous=standing.previous,
        history=history,
    )


def _why_absent(rep: Member, month: Month, away: set[int]) -> str:
    if rep.no_access_since and rep.no_access_since <= month.last_day:
        return "no_access"
    return "away" if rep.pk in away else "silent"


def _ranked_by(value: Callable[[Row], Decimal | int], rows: Iterable[Row]) -> list[Row]:
    """The rows in the order of another figure, sharing places where it is equal, by name inside a tie."""
    rows = list(rows)
    ordered = sorted((value(row) for row in rows), reverse=True)
    by_place = [replace(row, rank=ordered.index(value(row)) + 1) for row in rows]
    return sorted(by_place, key=lambda row: (row.rank, row.member.name, row.member.pk))
