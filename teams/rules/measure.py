"""What the score is: LinkedIn's Social Selling Index, its range, its parts, and how the parts make the total.

Nothing else says 25, 100 or "brand": on the day on which LinkedIn ends its page, this is the file to change.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

MOST = 100
"""The highest total; the lowest is 0."""
RANK_MOST = 100
"""Ranks say "top 12 %": the lowest is 1."""
PILLAR_MOST = 25
"""The highest value of a pillar, of which a reading has up to three decimals; the lowest is 0."""
ADDS_UP_WITHIN = Decimal("0.51")
"""LinkedIn rounds the total half up and each pillar to three decimals: nothing honest is further off."""


class Pillar(StrEnum):
    """In the order of LinkedIn's page."""

    BRAND = "brand"
    PEOPLE = "people"
    INSIGHTS = "insights"
    RELATIONSHIPS = "relationships"


# The middle of the industry averages that dashboards showed in 2024-2026; see docs/ssi.md.
TYPICAL: dict[Pillar, Decimal] = {
    Pillar.BRAND: Decimal("11.5"),
    Pillar.PEOPLE: Decimal("5.0"),
    Pillar.INSIGHTS: Decimal("1.9"),
    Pillar.RELATIONSHIPS: Decimal("13.5"),
}
"""The profile of somebody typical, to see which pillar lies behind."""


def rounded(value: Decimal) -> int:
    """The whole number LinkedIn would show: half up."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def sum_of(pillars: Mapping[Pillar, Decimal | int | None]) -> Decimal | None:
    """The sum of four pillars; None unless all four are there."""
    values = [value for pillar in Pillar if (value := pillars.get(pillar)) is not None]
    return sum(map(Decimal, values), Decimal(0)) if len(values) == len(Pillar) else None


def total_of(pillars: Mapping[Pillar, Decimal | int | None]) -> int | None:
    """The total that four pillars make; None unless all four are there."""
    exact = sum_of(pillars)
    return None if exact is None else rounded(exact)


def adds_up(total: int, pillars: Mapping[Pillar, Decimal | int | None]) -> bool:
    """False when all four pillars are there and their sum cannot be shown as `total`."""
    exact = sum_of(pillars)
    return exact is None or abs(exact - total) <= ADDS_UP_WITHIN
