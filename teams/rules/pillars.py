"""The four parts of a score, 0–25 each, and what is typical of them."""

from decimal import Decimal
from enum import StrEnum


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
