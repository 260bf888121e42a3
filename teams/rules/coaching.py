"""Which pillar is worth working on: the one furthest behind the typical profile, not the lowest number."""

from collections.abc import Mapping
from decimal import Decimal

from teams.rules.measure import TYPICAL, Pillar


def gaps(pillars: Mapping[Pillar, Decimal]) -> dict[Pillar, Decimal]:
    """How far each pillar lies above (+) or below (−) the typical profile, in points."""
    return {pillar: pillars[pillar] - TYPICAL[pillar] for pillar in Pillar}


def pillar_to_coach(pillars: Mapping[Pillar, Decimal | None]) -> Pillar | None:
    """The pillar with the most to win compared with the typical profile; the page's order breaks a tie.

    None where a pillar is not known.
    """
    known = {pillar: points for pillar, points in pillars.items() if points is not None}
    if len(known) < len(Pillar):
        return None
    gap = gaps(known)
    return min(Pillar, key=lambda pillar: gap[pillar])
