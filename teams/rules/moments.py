"""Moments of winning: what is one, and how long it is told."""

from collections.abc import Collection
from datetime import timedelta
from enum import StrEnum

from teams.rules.scores import STEADY


class MomentKind(StrEnum):
    """What happened to somebody, in the order of Today."""

    CHALLENGE = "challenge"
    """They made a challenge in which everybody wins who makes it, or have won another."""
    GOAL = "goal"
    """They, or their team, reached a goal."""
    PODIUM = "podium"
    """A month has closed with them among its first three."""
    BEST_MONTH = "best_month"
    """A month's score is the best that they ever had."""


FEWEST_MONTHS = 3
"""With fewer other months, each new one would be the best."""
PODIUM = 3
TYPED_WITHIN = timedelta(days=2)
"""A reading that was typed longer ago makes no moment: a worker that was down for a day still notices it."""
STANDS = timedelta(days=14)
"""How long a moment waits on Today for whom it is about."""
SEEN_FOR = timedelta(minutes=10)
"""How long it still stands there once it was seen, so that reloading the page does not take it away."""
ON_WALL = timedelta(days=7)
"""How long it is among the good news of a wall."""


def best_month_gain(total: int, others: Collection[int]) -> int | None:
    """Points above the best of somebody's other months by the same formula of LinkedIn's.

    None where the month is not above it by more than a day's noise, or where there are too few others.
    """
    if len(others) < FEWEST_MONTHS:
        return None
    gain = total - max(others)
    return gain if gain > STEADY else None
