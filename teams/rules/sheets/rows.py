"""What each row of a table says: readings, and sentences about cells that say none."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from teams.rules import months_open
from teams.rules.measure import Pillar, total_of
from teams.rules.months import Month
from teams.rules.people.names import LONGEST_NAME
from teams.rules.sentences import Sentence
from teams.rules.sheets import days, numbers
from teams.rules.sheets.cells import Cell, address, shown, words
from teams.rules.sheets.headings import (
    COUNTS,
    DATE,
    DAY_UNKNOWN,
    EMAIL,
    LAST_NAME,
    MONTH,
    NAME,
    NOTE,
    TOTAL,
    is_month,
)
from teams.rules.sheets.kinds import Layout, TableKind, begins_another
from teams.rules.sheets.names import is_totals, person
from teams.rules.sheets.no_scores import other_label
from teams.rules.sheets.surplus import beyond_headings, fraction_behind

LONGEST_NOTE = 300
NO, YES = {"no", "nein", "non"}, {"yes", "ja", "oui", "si", "true"}
"""What our own export says of a reading: whether it counts, and whether its day is unknown."""


@dataclass(frozen=True, slots=True)
class Found:
    """A reading of somebody, with the row and the cell it stands in; or `problem`, what to write there instead.

    The total is `is_summed` where only the parts were there, and None where these are not all four: another tab of the
    workbook may have it. `rounded_from` is what stood there, where that was no whole number.
    """

    row: int
    cell: str
    name: str = ""
    email: str = ""
    month: Month | None = None
    taken_on: date | None = None
    day_unknown: bool = False
    total: int | None = None
    pillars: dict[Pillar, Decimal] = field(default_factory=dict)
    note: str = ""
    problem: str = ""
    is_summed: bool = False
    rounded_from: Decimal | None = None


def findings(row: int, cells: Sequence[Cell], layout: Layout, today: date) -> Iterator[Found]:
    """What a row below the header says; nothing for an empty row, the totals line, a seat without figures, or a reading
    that our own export says no longer counts.
    """
    cells = layout.dated(cells)
    at = {what: column for column, what in layout.columns.items() if column < len(cells)}
    name, mail = person(_text(cells, at.get(NAME)), _text(cells, at.get(LAST_NAME)), _text(cells, at.get(EMAIL)))
    columns = [at[what] for what in at if is_month(what) or what in (TOTAL, *Pillar)]
    if words(_text(cells, at.get(COUNTS))) in NO:
        return
    if is_totals(name) or all(numbers.is_nothing(cells[column]) for column in columns):
        return
    if wrong := _unreadable(row, cells, layout, columns, name, mail):
        yield wrong
    elif layout.kind == TableKind.SHEET:
        yield from _of_months(cells, layout, Found(row, "", name or mail, mail), today)
    else:
        yield _of_list(cells, layout, at, Found(row, "", name or mail, mail), today)


def _unreadable(
    row: int, cells: Sequence[Cell], layout: Layout, columns: list[int], name: str, mail: str
) -> Found | None:
    """A row whose figures are not looked at, with what to write there first; None where they may be."""
    if begins_another(cells, layout):
        problem = Sentence("Another table begins here. It is left out: put it on a sheet of its own.")
        return Found(row, _cell(row, cells, layout, NAME, EMAIL), problem=problem)
    if not (name or mail):
        problem = Sentence("Nobody is named here. Write whose score this is.")
        return Found(row, _cell(row, cells, layout, NAME, EMAIL), problem=problem)
    if numbers.is_error(name):
        problem = Sentence("“%(cell)s” is an error of your spreadsheet. Write whose score this is.", cell=name)
        return Found(row, _cell(row, cells, layout, NAME), problem=problem)
    if "\N{REPLACEMENT CHARACTER}" in name:
        problem = Sentence("“%(cell)s” has a letter that is broken in the file. Write the name.", cell=shown(name))
        return Found(row, _cell(row, cells, layout, NAME), problem=problem)
    if (surplus := beyond_headings(cells, layout)) is not None:
        problem = Sentence(
            "“%(cell)s” stands beyond the last heading. If a comma of the row is a decimal comma, the number needs "
            "quotation marks.",
            cell=shown(cells[surplus] or ""),
        )
        return Found(row, address(row, surplus), name, mail, problem=problem)
    if (half := fraction_behind(cells, layout)) is not None:
        problem = Sentence(
            "“%(whole)s” and “%(rest)s” may be one number with a comma. If they are two, write %(rest)s.0 here.",
            whole=shown(cells[half - 1] or ""),
            rest=shown(cells[half] or ""),
        )
        return Found(row, address(row, half), name, mail, problem=problem)
    if (label := other_label(cells, layout.columns, columns)) is not None:
        problem = Sentence(
            "“%(cell)s” stands in this row. If its numbers are scores all the same, empty that cell here.",
            cell=shown(cells[label] or ""),
        )
        return Found(row, address(row, label), name, mail, problem=problem)
    if len(name or mail) > LONGEST_NAME:
        problem = Sentence("“%(name)s” is longer than a name. Shorten it.", name=shown(name or mail))
        return Found(row, _cell(row, cells, layout, NAME, EMAIL), problem=problem)
    return None


def _cell(row: int, cells: Sequence[Cell], layout: Layout, *kinds: str) -> str:
    """The address of the first of these that the row has, else of its first cell."""
    columns = {what: column for column, what in layout.columns.items() if column < len(cells)}
    return address(row, next((columns[kind] for kind in kinds if kind in columns), 0))


def _of_months(cells: Sequence[Cell], layout: Layout, finding: Found, today: date) -> Iterator[Found]:
    """A reading of each month, or day, that has columns: its score, and the parts that stand beside it."""
    groups: dict[str, dict[str, int]] = {}
    for column, what in sorted(layout.columns.items()):
        if is_month(what) and column < len(cells) and not numbers.is_nothing(cells[column]):
            when, _, part = what.partition(" ")
            groups.setdefault(when, {})[part or layout.measure] = column
    for when, columns in groups.items():
        yield _of_time(cells, when, columns, finding, today)


def _of_time(cells: Sequence[Cell], when: str, columns: Mapping[str, int], finding: Found, today: date) -> Found:
    month, looked_at = Month.parse(when[:7]), columns.get(TOTAL, min(columns.values()))
    is_day = len(when) > 7
    try:
        pillars = {}
        for pillar in [pillar for pillar in Pillar if pillar in columns]:
            looked_at = columns[pillar]
            pillars[pillar] = numbers.points(cells[looked_at])
        looked_at = columns.get(TOTAL, looked_at)
        total, rounded_from = _total(cells[looked_at]) if TOTAL in columns else (total_of(pillars), None)
        taken_on = date.fromisoformat(when) if is_day else min(month.last_day, today)
        _check(taken_on, month, today)
    except ValueError as wrong:
        return replace(finding, cell=address(finding.row, looked_at), month=month, problem=wrong.args[0])
    return replace(
        finding,
        cell=address(finding.row, looked_at),
        month=month,
        taken_on=taken_on,
        day_unknown=not is_day,
        total=total,
        pillars=pillars,
        is_summed=TOTAL not in columns,
        rounded_from=rounded_from,
    )


def _total(cell: Cell) -> tuple[int | None, Decimal | None]:
    """A total, and what it was rounded from."""
    total, exact = numbers.total(cell), numbers.number(cell)
    return total, None if exact == total else exact


def _of_list(cells: Sequence[Cell], layout: Layout, at: dict[str, int], finding: Found, today: date) -> Found:
    where = TOTAL if TOTAL in at and not numbers.is_nothing(cells[at[TOTAL]]) else next(p for p in Pillar if p in at)
    looked_at = at[where]
    try:
        pillars = {}
        for pillar in Pillar:
            if pillar in at and not numbers.is_nothing(cells[at[pillar]]):
                looked_at = at[pillar]
                pillars[pillar] = numbers.points(cells[looked_at])
        looked_at = at[where]
        total, rounded_from = _total(cells[looked_at]) if where == TOTAL else (total_of(pillars), None)
        looked_at = at.get(DATE, at.get(MONTH, looked_at))
        month, taken_on, day_unknown = _when(cells, layout, at, today)
        _check(taken_on, month, today)
    except ValueError as wrong:
        return replace(finding, cell=address(finding.row, looked_at), problem=wrong.args[0])
    return replace(
        finding,
        cell=address(finding.row, at[where]),
        month=month,
        taken_on=taken_on,
        day_unknown=day_unknown,
        total=total,
        pillars=pillars,
        note=_text(cells, at.get(NOTE))[:LONGEST_NOTE],
        is_summed=where != TOTAL,
        rounded_from=rounded_from,
    )


def _when(cells: Sequence[Cell], layout: Layout, at: dict[str, int], today: date) -> tuple[Month, date, bool]:
    """The month, the day, and whether that is only the month's last."""
    dated = cells[at[DATE]] if DATE in at else None
    named = cells[at[MONTH]] if MONTH in at else None
    for cell in (dated, named):
        if isinstance(cell, date) and days.day(cell, layout.order) is None:
            raise ValueError(
                Sentence(
                    "Day and month of %(cell)s may have changed places on the way here. Write the right day, like "
                    "2026-11-24.",
                    cell=shown(cell),
                )
            )
    taken_on = days.day(dated, layout.order) if dated is not None else layout.day if DATE not in at else None
    of_all = None if layout.day or {DATE, MONTH} & at.keys() else layout.month
    month = days.month(named, order=layout.order) if named is not None else of_all
    if dated is not None and taken_on is None:
        is_day = days.has_short_year(dated)
        month = month or (None if is_day else days.month(dated, order=layout.order))
        if month is None:
            raise ValueError(Sentence("“%(cell)s” is not a day. Write it like 2026-11-24.", cell=shown(dated)))
    if named is not None and month is None:
        raise ValueError(Sentence("“%(cell)s” is not a month. Write it like 2026-11.", cell=shown(named)))
    if taken_on and (month is None or MONTH not in at or dated is not None):
        return month or Month.of(taken_on), taken_on, words(_text(cells, at.get(DAY_UNKNOWN))) in YES
    if month is None:
        raise ValueError(Sentence("The day is missing. Write it like 2026-11-24, or the month like 2026-11."))
    return month, min(month.last_day, today), True


def _check(taken_on: date, month: Month, today: date) -> None:
    """ValueError with the sentence of the rule that forbids this day for this month."""
    if month > Month.of(today):
        raise ValueError(Sentence("%(month)s has not begun. Check the year.", month=month))
    sentence = months_open.refusal(taken_on, month, today, is_closed=False, has_reading=False)
    if sentence:
        raise ValueError(sentence)


def _text(cells: Sequence[Cell], column: int | None) -> str:
    cell = cells[column] if column is not None else None
    return "" if cell is None else str(cell).strip()
