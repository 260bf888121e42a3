"""What a team counts itself and plays for: which figures may be stored, and what a change of them means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from teams.rules.months import Month
from teams.rules.scores import REACH_BACK
from teams.rules.sentences import Sentence

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Counted:
    """What a team counts, as the rules of goals and challenges know it."""

    name: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FigureChange:
    """How far somebody's figure moved, since which month. What is counted has no noise: only the same is steady."""

    points: Decimal
    since: Month
    recalibrated: bool = False
    """Never: no formula of LinkedIn is in it."""

    @property
    def direction(self) -> str:
        """up, down or steady."""
        if not self.points:
            return "steady"
        return "up" if self.points > 0 else "down"


@dataclass(frozen=True, slots=True)
class Entering:
    """What somebody is about to store for a month: their own figure, or as a manager somebody's."""

    month: Month
    is_own: bool
    replaces_others: bool
    """Whether another person typed the figure that it replaces."""
    is_closed: bool
    """Whether the month's standings are final in the team that counts it."""
    has_reason: bool


def refusal(entering: Entering, this_month: Month, kept_from: Month | None = None) -> str | None:
    """Why a figure cannot be stored, for the person who typed it; None when it can.

    Of several figures for a month the newest counts, whoever typed it; so whoever replaces another's says why.
    """
    month = entering.month
    if month > this_month:
        return Sentence("%(month)s has not begun. Check the year.", month=month)
    if kept_from and month < kept_from:
        return Sentence(
            "Nothing from before %(month)s is kept here. An admin can have more months kept.", month=kept_from
        )
    if entering.is_own and entering.is_closed:
        return Sentence("%(month)s is closed: its standings are final. Ask your manager to amend it.", month=month)
    if entering.is_own and month < this_month - REACH_BACK:
        return Sentence("It is too late for %(month)s. Ask your manager to enter it.", month=month)
    if entering.is_closed and not entering.has_reason:
        return Sentence("Say why the final standings are changed.")
    if entering.replaces_others and not entering.has_reason:
        return Sentence("Say why you change what somebody else entered.")
    return None


def change(month: Month, figures: Mapping[Month, Decimal]) -> FigureChange | None:
    """The change to a month's figure from the latest earlier one within three months; None without one."""
    if month not in figures:
        return None
    before = next((month - back for back in range(1, REACH_BACK + 1) if month - back in figures), None)
    return None if before is None else FigureChange(figures[month] - figures[before], before)


def mean(figures: Iterable[Decimal]) -> Decimal | None:
    """The mean to a hundredth, as figures are stored; None of none."""
    known = list(figures)
    return (sum(known, Decimal(0)) / len(known)).quantize(CENT, ROUND_HALF_UP) if known else None
