"""Coaching tips: what somebody can do this week for the pillar furthest behind, and how well it is known to work."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from teams.rules.measure import TYPICAL, Pillar
from teams.rules.sentences import Sentence

# What each evidence mark of a tip means. LinkedIn publishes inputs, never weights: no tip promises points.
EVIDENCE = {
    "O": Sentence("LinkedIn's own list of inputs (help page a105145, last changed about 2020)"),
    "D": Sentence("LinkedIn's slide of 2015 about how the score is made"),
    "A": Sentence("LinkedIn's checklist for an All-Star profile (help page a594698)"),
    "P": Sentence("What practitioners recommend; LinkedIn does not confirm it"),
}


@dataclass(frozen=True, slots=True)
class Tip:
    """Something to do: minutes each time, how often, and its marks of `EVIDENCE`, the stronger first."""

    id: str
    pillar: Pillar
    title: str
    how: str
    minutes: int
    frequency: str
    evidence: tuple[str, ...]
    needs_sales_navigator: bool

    @property
    def sources(self) -> list[str]:
        """What the tip rests on, in words."""
        return [EVIDENCE[mark] for mark in self.evidence]


def _read(path: Path) -> tuple[Tip, ...]:
    rows = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Tip(**(row | {"pillar": Pillar(row["pillar"]), "evidence": tuple(row["evidence"])})) for row in rows)


TIPS = _read(Path(__file__).with_name("tips.json"))


def tips(pillar: Pillar, *, sales_navigator: bool) -> list[Tip]:
    """The tips for a pillar; those that need Sales Navigator only for people who have it."""
    return [tip for tip in TIPS if tip.pillar == pillar and (sales_navigator or not tip.needs_sales_navigator)]


def tip_of_the_week(pillar: Pillar, *, day: date, sales_navigator: bool, seed: int) -> Tip:
    """One tip for the ISO week of a day: another each week until all were seen, begun elsewhere per `seed`."""
    choice = tips(pillar, sales_navigator=sales_navigator)
    weeks = (day.toordinal() - 1) // 7  # day 1 of the calendar was a Monday
    return choice[(weeks + seed) % len(choice)]


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
