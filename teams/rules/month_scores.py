"""What a row of a month's scores asks for: a new reading, a correction, or nothing."""

from decimal import Decimal
from enum import StrEnum

Measures = tuple[Decimal | int | None, ...]
"""The score and the four pillars, in this order; None where nothing stands."""
NOTHING: Measures = (None,) * 5


class RowChange(StrEnum):
    """What saving a row does. The last two are asked about: somebody else was faster, or a reading would vanish."""

    NONE = "none"
    NEW = "new"
    CORRECTS = "corrects"
    OVERTAKEN = "overtaken"
    EMPTIED = "emptied"


def row_change(typed: Measures, opened: Measures, current: Measures) -> RowChange:
    """What is asked for by what was typed, by what stood there when the page was opened, and by what counts now."""
    if typed == current or (typed == opened != current):
        return RowChange.NONE
    if opened != current:
        return RowChange.OVERTAKEN
    if current == NOTHING:
        return RowChange.NEW
    return RowChange.EMPTIED if typed == NOTHING else RowChange.CORRECTS
