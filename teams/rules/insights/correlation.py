"""Whether two figures of the same people go together: Spearman's rank correlation, and how sure one can be of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from statistics import NormalDist, correlation

FEWEST = 8
"""Under so many pairs nothing can be told."""
SURE = 0.95
ALMOST_PERFECT = 0.999
"""Fisher's transformation has no value for a perfect order; this stands in for it."""

Number = float
Pairs = Sequence[tuple[Number, Number]]


@dataclass(frozen=True, slots=True)
class Correlation:
    """From -1 to 1 over so many pairs, and the interval in which it lies with 95 % confidence."""

    value: float
    low: float
    high: float
    pairs: int

    @property
    def says(self) -> str:
        """`more`: higher goes with higher; `less`: higher goes with lower; `nothing` where it may as well be chance."""
        if self.low <= 0 <= self.high:
            return "nothing"
        return "more" if self.value > 0 else "less"


def spearman(pairs: Pairs) -> Correlation | None:
    """The rank correlation; None under eight pairs, or where one of the figures is the same for everybody."""
    if len(pairs) < FEWEST:
        return None
    first, second = (average_ranks(figures) for figures in zip(*pairs, strict=True))
    if len(set(first)) == 1 or len(set(second)) == 1:
        return None
    value = max(-1.0, min(1.0, correlation(first, second)))
    return Correlation(value, *_interval(value, len(pairs)), len(pairs))


def average_ranks(figures: Sequence[Number]) -> list[float]:
    """The place of each from the lowest, 1, up; equal ones share the mean of their places."""
    ordered = sorted(figures)
    first: dict[Number, int] = {}
    last: dict[Number, int] = {}
    for place, figure in enumerate(ordered, 1):
        first.setdefault(figure, place)
        last[figure] = place
    return [(first[figure] + last[figure]) / 2 for figure in figures]


def _interval(value: float, pairs: int) -> tuple[float, float]:
    """Fisher's transformation with the error for ranks of Bonett and Wright (2000), which holds for small samples."""
    centre = atanh(max(-ALMOST_PERFECT, min(ALMOST_PERFECT, value)))
    reach = NormalDist().inv_cdf((1 + SURE) / 2) * sqrt((1 + value * value / 2) / (pairs - 3))
    return min(value, tanh(centre - reach)), max(value, tanh(centre + reach))
