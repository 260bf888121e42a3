"""Two things measured in turn, A B B A …, and what comes out: a ratio of medians with its spread.

A busy machine slows both down alike: ratios can be read where times cannot.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True)
class Row:
    """One thing of a series against another, wanted to be at most `goal` times as much."""

    what: str
    key: Hashable
    limit: str
    limit_key: Hashable
    goal: float


@dataclass(frozen=True)
class Series:
    """Many things that take turns in one run, and what is read from it."""

    measures: Mapping[Hashable, Callable[[], float]]
    rows: Sequence[Row]
    unit: str
    rounds: int = 15


def run(comparison: Comparison | Figure | Series) -> Iterator[dict]:
    """The results as they are kept: medians, the ratio of them, and the quartiles of the rounds' own ratios."""
    if isinstance(comparison, Figure):
        values = [comparison.measure() for _ in range(comparison.rounds)]
        wanted = {"goal": comparison.goal, "at_least": False}
        found = {"value": median(values), "ratio": None, **_spread(values), "met": median(values) <= comparison.goal}
        yield {"what": comparison.what, "limit": None, "unit": comparison.unit, **wanted, **found}
    elif isinstance(comparison, Series):
        values = _in_turn(comparison)
        for row in comparison.rows:
            pairs = list(zip(values[row.key], values[row.limit_key], strict=True))
            yield _against(row, pairs, comparison.unit, at_least=False)
    else:
        yield _against(comparison, _pairs(comparison), comparison.unit, at_least=comparison.at_least)


def _against(compared: Comparison | Row, pairs: list[tuple[float, float]], unit: str, *, at_least: bool) -> dict:
    """What was measured in each round beside its limit, as a result."""
    value, limit = median(value for value, _ in pairs), median(limit for _, limit in pairs)
    ratio = value / limit
    return {
        "what": compared.what,
        "limit": compared.limit,
        "unit": unit,
        "goal": compared.goal,
        "at_least": at_least,
        "value": value,
        "limit_value": limit,
        "ratio": ratio,
        **_spread([value / limit for value, limit in pairs]),
        "met": ratio >= compared.goal if at_least else ratio <= compared.goal,
    }


def _in_turn(series: Series) -> dict[Hashable, list[float]]:
    """What each gave in each round, in an order that is shuffled the same way each time; one round warms up."""
    order = Random(SEED)
    values: dict[Hashable, list[float]] = {key: [] for key in series.measures}
    for _ in range(series.rounds + 1):
        for key in order.sample(list(values), len(values)):
            values[key].append(series.measures[key]())
    return {key: found[1:] for key, found in values.items()}


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
