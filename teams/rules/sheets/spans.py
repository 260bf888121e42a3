"""A month over several columns: which of those below it is the score, and which are its parts."""

from collections.abc import Mapping, Sequence
from datetime import date

from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.sheets import days, numbers
from teams.rules.sheets.cells import Cell, words
from teams.rules.sheets.headings import (
    ASKED,
    TOTAL,
    WHOSE,
    asked_where_twice,
    is_month,
    meaning,
    order_of,
)

ACTUAL = {"actual", "ist", "reel", "realise", "real", "result", "ergebnis", "resultado", "value", "reached", "erreicht"}
"""What stands over a score beside its target."""


def spans(top: Sequence[Cell], columns: Mapping[int, str], below: Sequence[Cell]) -> dict[int, str]:
    """What each column means under two rows of headings, `found` being the upper one's; nothing where one row is all.

    A month reaches to the right until the next heading of its row.
    """
    months = {column: what.removeprefix(ASKED) for column, what in columns.items() if is_month(what)}
    named = {column for column, cell in enumerate(below) if _may_head(cell)}
    if not months or not _is_heading(top, below, months, named):
        return {}
    whose = {column: meaning(cell) for column, cell in enumerate(below) if meaning(cell) in WHOSE}
    meant = {column: what for column, what in columns.items() if what in WHOSE} or whose
    for column, month in months.items():
        if months.get(column - 1) == month:
            continue
        ends = (end for end in range(column + 1, len(top)) if top[end] is not None and months.get(end) != month)
        end = next(ends, max(len(top), len(below)))
        meant |= _of_month(month, {at: below[at] for at in range(column, min(end, len(below)))}, order_of(below))
    return asked_where_twice(dict(sorted(meant.items())))


def _is_heading(top: Sequence[Cell], below: Sequence[Cell], months: Mapping[int, str], named: set[int]) -> bool:
    """Whether the row below names columns: a text under a month, no figures, nobody's name."""
    people = [at for at, cell in enumerate(top) if meaning(cell) in WHOSE and at < len(below) and below[at] is not None]
    under = [below[column] for column in range(min(months), len(below)) if below[column] is not None]
    is_spanned = any(
        column + 1 in named
        and (column + 1 >= len(top) or top[column + 1] is None or months.get(column + 1) == months[column])
        for column in months
    )
    is_named = any(meaning(cell) in (TOTAL, *Pillar) for cell in under)
    is_somebody = any(meaning(below[column]) not in WHOSE for column in people)
    is_plain = all(map(_may_head, under)) and bool(months.keys() & named)
    return is_plain and (is_spanned or is_named) and not is_somebody


def _may_head(cell: Cell) -> bool:
    """Whether a cell holds words or a day, and no figure in words."""
    return isinstance(cell, date) or (
        bool(words(cell)) and numbers.number(cell) is None and not numbers.is_nothing(cell)
    )


def _of_month(month: str, below: Mapping[int, Cell], order: str) -> dict[int, str]:
    """The score and the parts of a month among its columns, or its days; asked about where nothing says which it is."""
    year = int(month[:4])
    dated = {column: days.day(cell, order) or days.without_year(cell, year) for column, cell in below.items()}
    if all(day and str(Month.of(day)) == month[:7] for day in dated.values()):
        return {column: day.isoformat() for column, day in dated.items() if day}
    if len(below) == 1 and not words(next(iter(below.values()))):
        return dict.fromkeys(below, month)
    totals = [column for column, cell in below.items() if meaning(cell) == TOTAL]
    totals = totals or [column for column, cell in below.items() if words(cell) in ACTUAL]
    parts = {column: meaning(cell) for column, cell in below.items() if meaning(cell) in list(Pillar)}
    meant = {column: f"{month} {part}" for column, part in parts.items() if list(parts.values()).count(part) == 1}
    if len(totals) == 1:
        return meant | {totals[0]: month}
    if not totals and len(set(parts.values())) == len(Pillar) == len(parts):
        return meant
    return dict.fromkeys(totals or list(below), ASKED + month)
