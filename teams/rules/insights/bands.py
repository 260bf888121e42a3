"""How a team's scores are spread, in bands that LinkedIn itself drew; docs/ssi.md says how little they mean."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

EDGES = [0, 30, 50, 70, 101]
"""LinkedIn's survey of 2013 compared people above 70 with people below 30. 50 is only the middle between them."""


@dataclass(frozen=True, slots=True)
class Band:
    """Scores from `low` to `high`, both included, and how many there are."""

    low: int
    high: int
    count: int


def bands(totals: Iterable[int]) -> list[Band]:
    """Each band with how many of the scores lie in it, the lowest first."""
    known = list(totals)
    return [Band(low, after - 1, sum(low <= total < after for total in known)) for low, after in pairwise(EDGES)]
