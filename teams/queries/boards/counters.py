"""The board of what a team counts itself, in a known number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from teams.models.boards.boards import Board
from teams.models.figures import Counter, Figure
from teams.models.people.leaves import Leave
from teams.queries.boards.table import SPARK_MONTHS, Rep
from teams.rules import counters, standings
from teams.rules.counters import FigureChange
from teams.rules.insights.charts import Points
from teams.rules.months import Month, months_between
from teams.rules.people.leave import is_away
from teams.rules.people.names import sort_key


@dataclass(frozen=True)
class CounterRow:
    """A rep with a place: the figure that it comes from, and what follows from that."""

    rank: int
    member: Rep
    figure: Figure
    climb: int | None
    change: FigureChange | None
    history: Points

    @property
    def value(self) -> Decimal:
        """What they have; a figure that was taken back has no place."""
        assert self.figure.value is not None
        return self.figure.value


@dataclass(frozen=True)
class Amendment:
    """A figure that was stored after its month had closed, and what counted before it."""

    member: Rep
    figure: Figure
    before: Decimal | None


@dataclass(frozen=True)
class CounterTable:
    """Those who are in, in their order; the missing and the away apart. Closed: with what was amended since."""

    counter: Counter
    board: Board
    rows: list[CounterRow]
    silent: list[Rep]
    away: list[Rep]
    amendments: list[Amendment]

    @property
    def submitted(self) -> int:
        """How many are in."""
        return len(self.rows)

    @property
    def expected(self) -> int:
        """How many should be: whoever is in, also on leave, is counted. Access to LinkedIn does not matter."""
        return len(self.rows) + len(self.silent)

    @property
    def is_complete(self) -> bool:
        """Whether enough of them are in for places and the mean to mean something."""
        return standings.is_complete(self.submitted, self.expected)

    @property
    def mean(self) -> Decimal | None:
        """The mean of those who are in; None of too few."""
        return counters.mean(row.value for row in self.rows) if self.is_complete else None

    @property
    def top_quarter(self) -> Decimal | None:
        """The figure from which the top quarter begins; None where too few are in to say."""
        return standings.top_quarter([row.value for row in self.rows]) if self.is_complete else None


def counter_table(counter: Counter, board: Board) -> CounterTable:
    """The standings of a month; three queries, of a closed month as well: who competed and who was away is stored."""
    month = board.month
    rep_values = board.reps.order_by("pk").values_list("pk", "name", "wall_name", "face")
    reps = {pk: Rep(pk, name, wall_name, face) for pk, name, wall_name, face in rep_values}
    years = months_between(month - (SPARK_MONTHS - 1), month)
    typed = counter.figures.filter(member__in=list(reps), month__in=years).select_related("typed_by").order_by("pk")
    by_member: dict[int, dict[Month, Figure]] = defaultdict(dict)
    amendments = []
    for figure in typed:
        before = by_member[figure.member_id].get(figure.month)
        if board.closed_at and figure.month == month and figure.typed_at > board.closed_at:
            amendments.append(Amendment(reps[figure.member_id], figure, before.value if before else None))
        by_member[figure.member_id][figure.month] = figure
    figures = {rep: _known(by_member[rep]) for rep in reps}
    absent = [rep for rep in reps if month not in figures[rep]]
    absent.sort(key=lambda rep: (sort_key(reps[rep].name), rep))
    away = _away(absent, board)
    rows = _rows(reps, by_member, figures, month, expected=len(reps) - len(away))
    return CounterTable(
        counter,
        board,
        rows,
        [reps[rep] for rep in absent if rep not in away],
        [reps[rep] for rep in absent if rep in away],
        amendments,
    )


def _known(by_month: Mapping[Month, Figure]) -> dict[Month, Decimal]:
    """The figures that were not taken back."""
    return {month: figure.value for month, figure in by_month.items() if figure.value is not None}


def _rows(
    reps: Mapping[int, Rep],
    stored: Mapping[int, Mapping[Month, Figure]],
    figures: Mapping[int, Mapping[Month, Decimal]],
    month: Month,
    *,
    expected: int,
) -> list[CounterRow]:
    now = {rep: by_month[month] for rep, by_month in figures.items() if month in by_month}
    before = {rep: by_month[month - 1] for rep, by_month in figures.items() if month - 1 in by_month}
    places = standings.ranks(now)
    climbs = standings.climbs(now, before) if standings.is_complete(len(now), expected) else {}
    rows = [
        CounterRow(
            rank=places[rep],
            member=reps[rep],
            figure=stored[rep][month],
            climb=climbs.get(rep),
            change=counters.change(month, figures[rep]),
            history=_history(figures[rep], month),
        )
        for rep in now
    ]
    return sorted(rows, key=lambda row: (row.rank, sort_key(row.member.name), row.member.pk))


def _history(figures: Mapping[Month, Decimal], month: Month) -> Points:
    return tuple((each, figures.get(each)) for each in months_between(month - (SPARK_MONTHS - 1), month))


def _away(absent: Collection[int], board: Board) -> set[int]:
    """Who of the absent is on leave: as things are now, or as they were when the month was closed."""
    if board.away is not None:
        return {*board.away} & {*absent}
    month = board.month
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    near = Leave.objects.filter(member__in=absent, starts_on__lte=month.last_day, ends_on__gte=month.first_day)
    for member, start, end in near.values_list("member_id", "starts_on", "ends_on"):
        spans[member].append((start, end))
    return {rep for rep, leave in spans.items() if is_away(month, leave, board.team.organization.holidays)}
