"""Two small charts of a team: its scores on one line, and how many took part by month."""

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from django import template

from teams.models import Member
from teams.queries.insights import Participation
from teams.rules.insights import charts
from teams.rules.insights.bands import EDGES
from teams.rules.measure import MOST

register = template.Library()

EDGE, APART = 3, 2.6
"""Percent of the width that stay free on both sides, and between the middles of two dots."""
DOT, NAMES, BELOW = 12, 22, 24
"""Pixels: the height of a level of dots, of a name above them, and of what stands below their line."""
HIGHEST = 110
"""Pixels of a month in which everybody was in."""


@register.inclusion_tag("parts/charts/strip.html")
def strip(scores: Sequence[tuple[Member, int]]) -> dict[str, Any]:
    """Each rep's score as a dot on a line from 0 to 100; equal ones stand above each other."""
    ascending = sorted(scores, key=itemgetter(1))
    places = [_across(total) for _, total in ascending]
    levels = charts.stacks(places, APART)
    base = NAMES + DOT * (max(levels, default=0) + 1)
    dots = zip(ascending, places, levels, strict=True)
    return {
        "height": base + BELOW,
        "base": base,
        "edges": [(edge, _across(edge)) for edge in [*EDGES[:-1], MOST]],
        "dots": [(*score, x, base - DOT * level - DOT / 2, charts.anchor(x)) for score, x, level in dots],
    }


@register.inclusion_tag("parts/charts/by_month.html")
def by_month(months: Sequence[Participation], team: str) -> dict[str, Any]:
    """How many of those expected were in, a column a month, the latest on the right."""
    width = 100 / max(len(months), 1)
    columns = [
        {
            "month": entry.month,
            "submitted": entry.submitted,
            "expected": entry.expected,
            "x": round(place * width + width * 0.18, 2),
            "middle": round((place + 0.5) * width, 2),
            "top": round(NAMES + HIGHEST * (1 - entry.percent / 100), 1),
            "height": round(HIGHEST * entry.percent / 100, 1),
            "rare": (len(months) - 1 - place) % charts.every(len(months), 6) == 0,
        }
        for place, entry in enumerate(reversed(months))
    ]
    return {
        "team": team,
        "columns": columns,
        "width": round(width * 0.64, 2),
        "whole": HIGHEST,
        "head": NAMES,
        "height": NAMES + HIGHEST + BELOW,
        "months": months,
    }


def _across(score: int) -> float:
    """Percent from the left."""
    return round(EDGE + score * (100 - 2 * EDGE) / MOST, 2)
