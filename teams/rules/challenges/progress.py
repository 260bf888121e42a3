"""How much of the way in a challenge is behind somebody: the length of a bar."""

from collections.abc import Sequence
from decimal import Decimal

from teams.rules.challenges.counting import Progress
from teams.rules.challenges.settling import TeamProgress
from teams.rules.challenges.terms import MADE, ChallengeKind, Terms

WHOLE = 100


def percents(terms: Terms, everybody: Sequence[Progress | TeamProgress]) -> list[int]:
    """The way of each in percent: to the target, or beside the one who leads where people are compared."""
    if terms.kind in MADE:
        return [to_the_target(terms, each) for each in everybody if isinstance(each, Progress)]
    figures = [_compared(terms, each) for each in everybody]
    leads = max(figures, default=Decimal(0))
    return [_percent(figure, leads) for figure in figures]


def to_the_target(terms: Terms, progress: Progress) -> int:
    """The way to the points that are to be gained, or to the score that is to be reached."""
    if progress.made_on:
        return WHOLE
    points = terms.points or Decimal(0)
    gained = progress.gained if terms.kind == ChallengeKind.GAIN else points - (progress.needed or 0)
    return _percent(gained or Decimal(0), points)


def _compared(terms: Terms, progress: Progress | TeamProgress) -> Decimal:
    if terms.kind == ChallengeKind.HIGHEST and isinstance(progress, Progress):
        return progress.now.value if progress.now else Decimal(0)
    return progress.gained or Decimal(0)


def _percent(part: Decimal, whole: Decimal) -> int:
    return int(WHOLE * min(max(part, Decimal(0)), whole) / whole) if whole > 0 else 0
