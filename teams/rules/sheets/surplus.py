"""Rows in which a comma may have been a decimal comma: with more cells than headings, or with a lone digit."""

from collections.abc import Sequence

from teams.rules.sheets import numbers
from teams.rules.sheets.cells import Cell
from teams.rules.sheets.headings import NOTE, TOTAL, is_month
from teams.rules.sheets.kinds import Layout

LEAST = 20
"""The score from which on another one of a single digit is not likely."""


def beyond_headings(cells: Sequence[Cell], layout: Layout) -> int | None:
    """The column of the cell that makes a row longer than its headings; None where nothing of it is in doubt.

    It is a number beyond the last heading; or the row's end, where an empty cell was pushed out by 60,5.
    """
    if not layout.width:
        return None
    for column in range(layout.width, len(cells)):
        if numbers.number(cells[column]) is not None:
            return column
    is_split = any(_is_fraction_of(cells[column], other) for column, other in enumerate(cells[1:]))
    return len(cells) - 1 if len(cells) > layout.length and is_split else None


def fraction_behind(cells: Sequence[Cell], layout: Layout) -> int | None:
    """The column of a lone digit that may be the fraction of the score before it; None where there is none.

    Nobody falls from 60 to 5: such a row holds 60,5 and nothing in the last column. 5.0 is no fraction.
    """
    if layout.measure != TOTAL:
        return None
    scores = [
        column for column, what in layout.columns.items() if what == TOTAL or (is_month(what) and " " not in what)
    ]
    for column in sorted(scores):
        what = layout.columns.get(column + 1, "")
        if column + 1 >= len(cells) or not (what == NOTE or (is_month(what) and " " not in what)):
            continue
        whole, digit = cells[column], cells[column + 1]
        is_lone = isinstance(digit, str) and len(digit) == 1 and digit.isdecimal()
        if is_lone and _is_fraction_of(whole, digit) and int(str(whole)) >= LEAST:
            return column + 1
    return None


def _is_fraction_of(whole: Cell, fraction: Cell) -> bool:
    """Whether two neighbouring texts may be the halves of a number such as 60,5."""
    texts = isinstance(whole, str) and isinstance(fraction, str)
    return texts and whole.isdecimal() and fraction.isdecimal() and len(whole) <= 3
