"""What a change of a score means, and what of a reading to look at twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from teams.rules.measure import MOST, Pillar, adds_up, rounded
from teams.rules.months import Month

JUMP = 15
STEADY = 1
"""A day's noise in one account; facts in docs/concepts.md."""
REACH_BACK = 3
"""How many months back an earlier score may lie to be compared with."""
Pillars = tuple[Decimal | None, ...]
"""The points of the four pillars, in their order; None where they are not known."""
NO_PILLARS: Pillars = (None,) * len(Pillar)


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a score: what ranking, flags and progress look at."""

    total: int
    taken_on: date
    month: Month
    pillars: Pillars = NO_PILLARS


@dataclass(frozen=True, slots=True)
class Change:
    """How far a score moved, in points, since which month; `recalibrated` when a mark lies between."""

    points: int
    since: Month
    recalibrated: bool = False

    @property
    def direction(self) -> str:
        """up, down or steady."""
        if abs(self.points) <= STEADY:
            return "steady"
        return "up" if self.points > 0 else "down"


def change(now: Reading, before: Reading | None, marks: Iterable[tuple[date, int]] = ()) -> Change | None:
    """The change from one reading to a later month's; None without an earlier one within three months.

    `marks` are recalibrations as (day, median change): what LinkedIn moved for everybody is taken off.
    """
    if before is None or not 0 < now.month.since(before.month) <= REACH_BACK:
        return None
    shifts = [shift for day, shift in marks if before.taken_on < day <= now.taken_on]
    return Change(now.total - before.total - sum(shifts), before.month, bool(shifts))


def is_evidenced(
    total: int, pillars: Pillars, *, is_pasted: bool, is_confirmed: bool, is_pictured: bool = False
) -> bool:
    """Whether there is more than somebody's word: a manager's, a picture, or a whole page that adds up."""
    parts = dict(zip(Pillar, pillars, strict=True))
    is_whole = is_pasted and None not in pillars and adds_up(total, parts)
    return is_confirmed or is_pictured or is_whole


def headroom_closed(change: Change, before: int) -> int | None:
    """The share of the way to 100 that was gained, in percent; None without a gain, or above 90: it means little."""
    return rounded(Decimal(100 * change.points) / (MOST - before)) if change.points > 0 and before <= 90 else None


def flags(now: Reading, before: Reading | None) -> list[str]:
    """What a manager should look at twice, never a reason to refuse: sum, jump, same_digits."""
    flag_names = []
    if not adds_up(now.total, dict(zip(Pillar, now.pillars, strict=True))):
        flag_names.append("sum")
    if before is not None and now.total - before.total > JUMP:
        flag_names.append("jump")
    if before is not None and None not in now.pillars and now.pillars == before.pillars:
        flag_names.append("same_digits")
    return flag_names
