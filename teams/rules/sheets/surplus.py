"""Rows in which a comma may have been a decimal comma: with more cells than headings, or a number that is no score."""

from collections.abc import Sequence

from teams.rules.scores import JUMP
from teams.rules.sheets import numbers
from teams.rules.sheets.cells import Cell
from teams.rules.sheets.headings import NOTE, TOTAL, is_month
from teams.rules.sheets.kinds import Layout

LEAST = 20
"""The score from which on another one of a single digit is not likely."""
LARGEST_RISE = 25
"""What a beginner gains in a month, at most."""


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
    """The column of a number that may be the fraction of the score before it; None where there is none.

    Nobody falls from 60 to 5, few rise from 39 to 75: where commas part the cells, such a row may hold 39,75 and
    nothing in the last column. 5.0 is no fraction.
    """
    if layout.measure != TOTAL or not layout.commas:
        return None
    scores = [
        column for column, what in layout.columns.items() if what == TOTAL or (is_month(what) and " " not in what)
    ]
    for column in sorted(scores):
        what = layout.columns.get(column + 1, "")
        if column + 1 >= len(cells) or not (what == NOTE or (is_month(what) and " " not in what)):
            continue
        whole, rest = cells[column], cells[column + 1]
        if _is_fraction_of(whole, rest) and _is_likely(str(whole), str(rest), is_score=what != NOTE):
            return column + 1
    return None


def _is_likely(whole: str, rest: str, *, is_score: bool) -> bool:
    """Whether two whole numbers are rather one with its fraction: the second one is no likely score after the first."""
    if not is_score or len(rest) == 1:
        return int(whole) >= LEAST and len(rest) < 4
    return len(rest) == 2 and not -JUMP <= int(rest) - int(whole) <= LARGEST_RISE


def _is_fraction_of(whole: Cell, fraction: Cell) -> bool:
    """Whether two neighbouring texts may be the halves of a number such as 60,5."""
    if not isinstance(whole, str) or not isinstance(fraction, str):
        return False
    return whole.isdecimal() and fraction.isdecimal() and len(whole) <= 3
