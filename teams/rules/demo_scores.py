"""Scores as people could have them, for the demo. Seeded: the same person has the same numbers every time.

Profile, spread, noise, ranks and averages are those of real dashboards of 2024-2026; see docs/ssi.md.
"""
# ruff: noqa: S311 - nothing here is secret

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import exp, pi, sin
from random import Random
from typing import TypeVar

from teams.rules.measure import PILLAR_MOST, TYPICAL, Pillar, rounded
from teams.rules.months import Month

Key = TypeVar("Key", bound=Hashable)
Table = Sequence[tuple[float, float]]
"""Pairs of a score and the top percent that it belongs to, by score."""

STRENGTH, SPREAD = 0.98, 0.36
"""The middle of all sellers' strength (1 is typical), and the width of its log-normal spread."""
WEAKEST, STRONGEST = 0.6, 2.2
GROWS_WITH_STRENGTH = {
    Pillar.BRAND: 1.0,
    Pillar.PEOPLE: 1.25,
    Pillar.INSIGHTS: 2.0,
    Pillar.RELATIONSHIPS: 1.1,
}
LEANING = {Pillar.BRAND: 0.12, Pillar.PEOPLE: 0.25, Pillar.INSIGHTS: 0.35, Pillar.RELATIONSHIPS: 0.18}
"""How far people differ in each pillar, as a standard deviation."""

TRENDS = {"steady": ((-0.03, 0.05), 40), "climbing": ((0.3, 0.9), 45), "falling": ((-0.25, -0.1), 15)}
"""The share of strength gained in the long run, from and to; how many in a hundred do so."""
LEVELS_OFF = 14
"""Months after which two thirds of a trend are behind somebody."""
WAVE, WAVE_MONTHS = 0.07, (4, 9)
DAILY_NOISE = 0.01

READINGS = {1: 70, 2: 22, 3: 8}
"""How many in a hundred read their score so many times a month."""
ABSENT_ONE_IN = 8
"""Of so many reps at most one is silent and one away in a month, and at least half as many."""

LOST_AT_RECALIBRATION = (3.0, 4.0)
INDUSTRY_AVERAGE, NETWORK_AVERAGE = (33, 36), (34, 41)
INDUSTRY_RANKS: Table = [
    (0, 99),
    (16, 85),
    (18, 78),
    (20, 75),
    (33, 37),
    (52.5, 10),
    (54.6, 5),
    (61, 2),
    (70, 1),
    (100, 1),
]
NETWORK_RANKS: Table = [
    (0, 99),
    (16, 94),
    (18, 91),
    (20, 81),
    (33, 45),
    (52.5, 12),
    (61, 8),
    (70, 3),
    (80, 1),
    (100, 1),
]


@dataclass(frozen=True, slots=True)
class Seller:
    """Somebody's strength on LinkedIn (1 is typical), where it goes, and what they lean on."""

    seed: str
    strength: float
    trend: float
    wave: tuple[float, float]
    leaning: Mapping[Pillar, float]
    lost_at_recalibration: float
    averages: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Measures:
    """What LinkedIn's page shows on a day: pillars to three decimals, ranks as "top N %"."""

    pillars: Mapping[Pillar, Decimal]
    industry_rank: int
    network_rank: int
    industry_average: int
    network_average: int

    @property
    def total(self) -> int:
        """What the pillars make."""
        return rounded(sum(self.pillars.values(), Decimal(0)))


def seller(seed: str) -> Seller:
    """The seller that a seed stands for."""
    random = Random(seed)
    strength = STRENGTH * exp(random.gauss(0, SPREAD))
    (trend,) = random.choices([span for span, _ in TRENDS.values()], [weight for _, weight in TRENDS.values()])
    return Seller(
        seed=seed,
        strength=min(max(strength, WEAKEST), STRONGEST),
        trend=random.uniform(*trend),
        wave=(random.uniform(*WAVE_MONTHS), random.uniform(0, 2 * pi)),
        leaning={pillar: exp(random.gauss(0, LEANING[pillar])) for pillar in Pillar},
        lost_at_recalibration=random.uniform(*LOST_AT_RECALIBRATION),
        averages=(random.randint(*INDUSTRY_AVERAGE), random.randint(*NETWORK_AVERAGE)),
    )


def measure(seller: Seller, day: date, since: date, recalibrated_on: date) -> Measures:
    """What the page shows to a seller on a day; their trend began on the day `since`."""
    strength = _strength(seller, (day - since).days / 30.4)
    noise = Random(f"{seller.seed} {day}")
    points = {
        pillar: min(
            float(TYPICAL[pillar])
            * seller.leaning[pillar]
            * strength ** GROWS_WITH_STRENGTH[pillar]
            * noise.gauss(1, DAILY_NOISE),
            PILLAR_MOST,
        )
        for pillar in Pillar
    }
    score = sum(points.values())
    lost = seller.lost_at_recalibration if day >= recalibrated_on else 0
    industry, network = seller.averages
    return Measures(
        pillars={pillar: _shown(value * (1 - lost / score)) for pillar, value in points.items()},
        industry_rank=_top_percent(score, INDUSTRY_RANKS),
        network_rank=_top_percent(score, NETWORK_RANKS),
        industry_average=industry - round(lost),
        network_average=network - round(lost),
    )


def reading_days(seed: str, month: Month, until: date) -> list[date]:
    """The one to three days of a month, none after `until`, on which somebody reads their score."""
    random = Random(f"{seed} {month}")
    days = [day for day in month.days() if day <= until]
    (count,) = random.choices(list(READINGS), list(READINGS.values()))
    return sorted(random.sample(days, min(count, len(days))))


def absent(seed: str, month: Month, names: Collection[str]) -> tuple[list[str], list[str]]:
    """Who of some reps is silent in a month, and who is away."""
    random = Random(f"{seed} {month}")
    most = len(names) // ABSENT_ONE_IN
    silent, away = (random.randint((most + 1) // 2, most) for _ in range(2))
    drawn = random.sample(sorted(names), silent + away)
    return drawn[:silent], drawn[silent:]


def with_a_tie(measures: Mapping[Key, Measures]) -> dict[Key, Measures]:
    """The same with two equal totals: of the closest two, the lower is raised in its smallest pillar."""
    by_total = sorted(measures, key=lambda key: measures[key].total)
    if len(by_total) < 2:
        return dict(measures)
    lower, upper = min(pairwise(by_total), key=lambda pair: measures[pair[1]].total - measures[pair[0]].total)
    pillars = measures[lower].pillars
    smallest = min(pillars, key=lambda pillar: pillars[pillar])
    raised = pillars[smallest] + measures[upper].total - measures[lower].total
    return {**measures, lower: replace(measures[lower], pillars={**pillars, smallest: raised})}


def _strength(seller: Seller, months: float) -> float:
    """A trend that levels off, with slow ups and downs."""
    length, phase = seller.wave
    trend = 1 + seller.trend * (1 - exp(-months / LEVELS_OFF))
    strength = seller.strength * trend * (1 + WAVE * sin(2 * pi * months / length + phase))
    return min(max(strength, WEAKEST), STRONGEST)


def _shown(points: float) -> Decimal:
    """Three decimals at most, trailing zeros dropped, as LinkedIn shows a pillar."""
    return Decimal(f"{points:.3f}".rstrip("0").rstrip("."))


def _top_percent(score: float, table: Table) -> int:
    """The rank at a score, on straight lines between those that were seen."""
    for (low, worse), (high, better) in pairwise(table):
        if score <= high:
            return round(worse + (better - worse) * (score - low) / (high - low))
    return 1
