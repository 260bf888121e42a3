"""Rows with more cells than their headings: in a text, a comma of theirs was a decimal comma."""

from collections.abc import Sequence

from teams.rules.sheets import numbers
from teams.rules.sheets.cells import Cell
from teams.rules.sheets.kinds import Layout


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


def _is_fraction_of(whole: Cell, fraction: Cell) -> bool:
    """Whether two neighbouring texts may be the halves of a number such as 60,5."""
    texts = isinstance(whole, str) and isinstance(fraction, str)
    return texts and whole.isdecimal() and fraction.isdecimal() and len(whole) <= 3
