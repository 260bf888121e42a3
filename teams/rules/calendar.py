"""What a calendar of one's own shows, for which months, and how its entries are told from what they were before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from teams.rules.months import Month, months_between

REMINDS = (timedelta(days=10), timedelta(days=1))
"""How long before a closing a calendar reminds whoever has something to do by then."""
WINDOW = timedelta(days=5)
"""How long before the last day of a month the time to submit begins in a calendar: with the first reminder."""
BACK, AHEAD = 2, 6
"""Months before this one and after it that a calendar shows."""
REMEMBERED = 300
"""Of how many entries it is remembered what was told."""


def months_shown(today: date) -> list[Month]:
    """The months whose closings a calendar shows on a day."""
    return months_between(Month.of(today) - BACK, Month.of(today) + AHEAD)


@dataclass(frozen=True)
class Occasion:
    """An entry of a calendar: whole days up to `last` where `starts` is a day, else a moment.

    `key` tells it from all others of the same person, for ever.
    """

    key: str
    starts: date
    title: str
    said: str
    url: str
    last: date | None = None
    reminds: tuple[timedelta, ...] = ()

    @property
    def digest(self) -> str:
        """What is another where anything of it is."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


class Told(NamedTuple):
    """What calendars were told of an entry: its digest, how often it has changed, and since when it is so."""

    digest: str
    sequence: int
    since: str


def told_now(occasions: list[Occasion], told: Mapping[str, Told], now: datetime) -> dict[str, Told]:
    """What calendars are told of each entry now, by its key: one that has changed gets the next number.

    What is shown no more is remembered, so that its number does not begin again where it comes back.
    """
    remembered = dict(told)
    for occasion in occasions:
        before, digest = remembered.pop(occasion.key, None), occasion.digest
        if before is None or before.digest != digest:
            before = Told(digest, before.sequence + 1 if before else 0, now.isoformat(timespec="seconds"))
        remembered[occasion.key] = before
    return dict(list(remembered.items())[-REMEMBERED:])
