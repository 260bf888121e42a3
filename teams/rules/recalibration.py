"""What a change of LinkedIn's formula moved for everybody."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

NEAR = timedelta(days=14)
"""How far from the day a reading still says what the day changed."""
FEWEST, MOST_OF_THEM, FAR = 8, Decimal("0.75"), 3
"""A change is suspected where, of at least so many, such a share moved the same way by so many points or more."""

Readings = Sequence[tuple[date, int]]
"""One rep's (day, total), oldest first."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """On that day `moved` of `measured` reps moved the same way; `shift` is the median change of all of them."""

    day: date
    moved: int
    measured: int
    shift: int


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


def suspected(reps: Collection[Readings], days: Iterable[date]) -> Suspicion | None:
    """The day, of those given, on which LinkedIn probably changed its formula: after it most reps' scores jump alike.

    None where nothing looks like it.

    Where several do, it is the day that sets most of them apart: just before and just after it some have not moved yet.
    """
    suspicions = [each for day in set(days) if (each := _suspicion(day, reps))]
    return max(suspicions, key=lambda each: (2 * each.moved - each.measured, each.day), default=None)


def _suspicion(day: date, reps: Iterable[Readings]) -> Suspicion | None:
    pairs = [pair for readings in reps if (pair := around(day, readings))]
    risen, fallen = (sum(way * (after - before) >= FAR for before, after in pairs) for way in (1, -1))
    moved = max(risen, fallen)
    if len(pairs) < FEWEST or moved < MOST_OF_THEM * len(pairs):
        return None
    return Suspicion(day, moved, len(pairs), median_change(pairs))
