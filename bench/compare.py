"""Two things measured in turn, A B B A …, and what comes out: a ratio of medians with its spread.

A busy machine slows both down alike: ratios can be read where times cannot.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from statistics import median, quantiles

SEED = 7


@dataclass(frozen=True)
class Comparison:
    """What is measured, against which limit, and the ratio that is wanted: at least or at most `goal`."""

    what: str
    limit: str
    unit: str
    goal: float
    measure: Callable[[], float]
    measure_limit: Callable[[], float]
    at_least: bool = True
    rounds: int = 15


@dataclass(frozen=True)
class Figure:
    """What is measured without a limit beside it, wanted to be at most `goal`."""

    what: str
    unit: str
    goal: float
    measure: Callable[[], float]
    rounds: int = 5


def run(comparison: Comparison | Figure) -> dict:
    """The result as it is kept: medians, the ratio of them, and the quartiles of the rounds' own ratios."""
    if isinstance(comparison, Figure):
        values = [comparison.measure() for _ in range(comparison.rounds)]
        wanted = {"goal": comparison.goal, "at_least": False}
        found = {"value": median(values), "ratio": None, **_spread(values), "met": median(values) <= comparison.goal}
        return {"what": comparison.what, "limit": None, "unit": comparison.unit, **wanted, **found}
    pairs = _pairs(comparison)
    values, limits = [value for value, _ in pairs], [limit for _, limit in pairs]
    ratio = median(values) / median(limits)
    return {
        "what": comparison.what,
        "limit": comparison.limit,
        "unit": comparison.unit,
        "goal": comparison.goal,
        "at_least": comparison.at_least,
        "value": median(values),
        "limit_value": median(limits),
        "ratio": ratio,
        **_spread([value / limit for value, limit in pairs]),
        "met": ratio >= comparison.goal if comparison.at_least else ratio <= comparison.goal,
    }


def _pairs(comparison: Comparison) -> list[tuple[float, float]]:
    """What was measured in each round, in an order that is shuffled the same way each time; one round warms up."""
    order = Random(SEED)
    pairs = []
    for _ in range(comparison.rounds + 1):
        if order.random() < 0.5:
            value = comparison.measure()
            pairs.append((value, comparison.measure_limit()))
        else:
            limit = comparison.measure_limit()
            pairs.append((comparison.measure(), limit))
    return pairs[1:]


def _spread(values: list[float]) -> dict:
    low, _, high = quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
    return {"quartiles": [low, high], "rounds": len(values)}
