"""Who ranks where. `actions/boards/rank_boards.sql` does it for whole boards in the database and must equal this."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from math import ceil
from typing import NamedTuple, TypeVar

Value = TypeVar("Value", int, Decimal)
"""A score, or what a team counts itself."""
Shown = TypeVar("Shown")
"""Whatever a page shows of one."""
VERSION = 1
"""Stored with a closed month; it grows when places, changes or coverage are reckoned in another way."""
COMPLETE_FROM = Decimal("0.6")
"""The coverage from which places mean something."""
QUARTER_FROM = 8
"""How many must be ranked before a top quarter is shown."""


class WhyAbsent(StrEnum):
    """Why somebody who competes has no place."""

    SILENT = "silent"
    AWAY = "away"
    NO_ACCESS = "no_access"


def lacks_access(since: date | None, day: date) -> bool:
    """Whether LinkedIn had withdrawn the page by a day."""
    return since is not None and since <= day


def why_absent(*, lacks_access: bool, away: bool) -> WhyAbsent:
    """Why somebody who competes and submitted nothing has no place."""
    if lacks_access:
        return WhyAbsent.NO_ACCESS
    return WhyAbsent.AWAY if away else WhyAbsent.SILENT


class Place(NamedTuple):
    """A place, among how many."""

    place: int
    ranked: int


def ranks(totals: Mapping[int, int | Decimal]) -> dict[int, int]:
    """Standard competition ranking: equal totals share a place and the next is skipped (1, 2, 2, 4)."""
    ordered = sorted(totals.values(), reverse=True)
    place = {total: index for index, total in reversed(list(enumerate(ordered, start=1)))}
    return {member: place[total] for member, total in totals.items()}


def places(counts: Mapping[int, int]) -> dict[int, int]:
    """The place of each score, from how many have it, highest first."""
    ahead = accumulate(counts.values(), initial=1)
    return dict(zip(counts, ahead, strict=False))


def score_down_to(counts: Mapping[int, int], count: int) -> int:
    """The highest score that at least so many have or surpass; 0 where there are fewer. Counts are highest first."""
    reached = zip(counts, accumulate(counts.values()), strict=True)
    return next((total for total, reps in reached if reps >= count), 0)


def climbs(now: Mapping[int, int | Decimal], before: Mapping[int, int | Decimal]) -> dict[int, int]:
    """Places gained by each member with a total both times, among only those; negative for places lost.

    The climbs that boards store are made by `teams/actions/boards/rank_boards.sql`, which must equal this; `before` is
    the very month before, and nobody climbs without a place in it.
    """
    both = now.keys() & before.keys()
    place_now = ranks({member: now[member] for member in both})
    place_before = ranks({member: before[member] for member in both})
    return {member: place_before[member] - place_now[member] for member in both}


def is_complete(submitted: int, expected: int) -> bool:
    """Whether enough have submitted (60 %) for places, climbs and the mean of a team to be shown."""
    return submitted > 0 and Decimal(submitted) >= COMPLETE_FROM * expected


def top_quarter(totals: Iterable[Value]) -> Value | None:
    """The score at place ⌈n/4⌉; None while fewer than eight are ranked."""
    ordered = sorted(totals, reverse=True)
    return ordered[ceil(len(ordered) / 4) - 1] if len(ordered) >= QUARTER_FROM else None


def around(places: Mapping[int, Shown], member: int) -> list[Shown]:
    """The five places around a member's, of places by member in the order of the board; fewer on a short board."""
    return [places[each] for each in neighbours(list(places), member)]


def neighbours(ordered: list[int], member: int, count: int = 5) -> list[int]:
    """The `count` members around `member` on a board, in its order; fewer on a short board."""
    middle = ordered.index(member)
    start = max(0, min(middle - count // 2, len(ordered) - count))
    return ordered[start : start + count]
