"""What a change of LinkedIn's formula moved for everybody."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

NEAR = timedelta(days=14)
"""How far from the day a reading still says what the day changed."""


def median_change(pairs: Iterable[tuple[int, int]]) -> int:
    """The median of what totals (before, after) moved, in whole points; 0 where nobody was read on both sides."""
    moved = [Decimal(after - before) for before, after in pairs]
    return int(Decimal(median(moved)).quantize(Decimal(1), ROUND_HALF_UP)) if moved else 0


def around(day: date, readings: Iterable[tuple[date, int]]) -> tuple[int, int] | None:
    """Of one rep's readings (day, total), oldest first, the last before the day and the first from it on.

    Both within 14 days; None where one is missing.
    """
    readings = list(readings)
    before = [total for taken_on, total in readings if day - NEAR <= taken_on < day]
    after = [total for taken_on, total in readings if day <= taken_on <= day + NEAR]
    return (before[-1], after[0]) if before and after else None
