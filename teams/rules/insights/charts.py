"""Where a chart's marks lie: months and values in, coordinates and path strings out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import ceil, floor

from teams.rules.measure import MOST
from teams.rules.months import Month

Value = int | Decimal
Points = Sequence[tuple[Month, Value | None]]
"""A series by month; None is a month without a reading."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The months and values that a drawing of `width` × `height` shows; y grows downwards.

    `left` and `right` stay free beside the first and the last month, `top` and `bottom` beyond the values.
    """

    first: Month
    last: Month
    low: int
    high: int
    width: float = 100
    height: float = 100
    left: float = 0
    right: float = 0
    top: float = 0
    bottom: float = 0

    def x(self, month: Month, share: float = 0) -> float:
        """The place of a month, `share` of the way to the next one; a single month stands in the middle."""
        steps = self.last.since(self.first)
        way = (month.since(self.first) + share) / steps if steps else 0.5
        return _tidy(self.left + way * (self.width - self.left - self.right))

    def x_of_day(self, day: date) -> float:
        """The place of a day. A month's reading stands for its end: the last day lies on its month."""
        month = Month.of(day)
        return self.x(month - 1, day.day / month.last_day.day)

    def y(self, value: Value) -> float:
        """The place of a value."""
        way = (self.high - float(value)) / (self.high - self.low)
        return _tidy(self.top + way * (self.height - self.top - self.bottom))


def _tidy(number: float) -> float:
    """Two decimals are a hundredth of a pixel; a whole number is written without any."""
    rounded = round(number, 2)
    return int(rounded) if rounded == int(rounded) else rounded


def present(points: Points) -> list[tuple[Month, Value]]:
    """The months that have a value."""
    return [(month, value) for month, value in points if value is not None]


def line(points: Points, frame: Frame) -> str:
    """An SVG path through the points, broken where a month is missing; empty without points."""
    parts, before = [], None
    for month, value in present(points):
        joined = before is not None and month.since(before) == 1
        parts.append(f"{'L' if joined else 'M'}{frame.x(month)} {frame.y(value)}")
        before = month
    return "".join(parts)


def bridges(points: Points, frame: Frame) -> str:
    """An SVG path over the gaps only: from the last reading before each to the first after it."""
    known = present(points)
    return "".join(
        f"M{frame.x(a)} {frame.y(low)}L{frame.x(b)} {frame.y(high)}"
        for (a, low), (b, high) in pairwise(known)
        if b.since(a) > 1
    )


def span(values: Iterable[Value], least: int, step: int = 10, most: int = MOST) -> tuple[int, int]:
    """Round bounds (low, high) between 0 and `most` that hold all values and lie `least` or more apart."""
    known = list(values)
    if not known:
        return 0, most
    low, high = floor(min(known) / step) * step, ceil(max(known) / step) * step
    while high - low < least:
        low, high = max(0, low - step), min(most, high + step)
    return low, high


def ticks(low: int, high: int, most: int = 5) -> list[int]:
    """Round values to draw a grid at: multiples of 5, 10, 20, 25 or 50, at most `most`."""
    for step in (5, 10, 20, 25, 50, 100):
        values = list(range(-(-low // step) * step, high + 1, step))
        if len(values) <= most:
            return values
    return [low, high]


def axis(highest: Value, most: int = 5) -> list[Decimal]:
    """Round values from 0 up, at most `most`, of which the last is the highest or above it."""
    size = Decimal(10) ** (Decimal(highest).adjusted() - 1) if highest else Decimal(1)
    for step in (size * each for each in (Decimal(1), Decimal(2), Decimal("2.5"), 5, 10, 20, 25, 50)):
        count = ceil(highest / step)
        if count < most:
            return [step * n for n in range(max(count, 1) + 1)]
    return [Decimal(0), Decimal(highest)]


def seats(submitted: int, expected: int, most: int = 40) -> list[tuple[float, float, bool]]:
    """One (x, width, filled) in percent for each expected rep; two, for the shares, when there are many."""
    submitted = min(submitted, expected)
    if not expected:
        return []
    if expected > most:
        share = 100 * submitted / expected
        return [(0, _tidy(share), True), (_tidy(share), _tidy(100 - share), False)]
    gap = 1.2 if expected <= 20 else 0.6
    width = (100 - gap * (expected - 1)) / expected
    return [(_tidy(n * (width + gap)), _tidy(width), n < submitted) for n in range(expected)]


def every(count: int, most: int) -> int:
    """How many steps lie between two labels, so that at most `most` of `count` are written."""
    return max(1, ceil(count / most))


def stacks(places: Iterable[float], apart: float) -> list[int]:
    """The level of each of ascending places: the lowest, from 0 up, on which none before it is nearer than `apart`."""
    latest: list[float] = []
    levels = []
    for place in places:
        level = next((level for level, before in enumerate(latest) if place - before >= apart), len(latest))
        latest[level : level + 1] = [place]
        levels.append(level)
    return levels


def anchor(x: float) -> str:
    """Where a text at so many percent from the left begins, so that it stays inside: an SVG `text-anchor`."""
    return "start" if x < 20 else "end" if x > 80 else "middle"
