"""Where a challenge stands on a day, and the moments that decide it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from teams.rules.challenges.terms import DUEL_EXPIRES_AFTER, Terms

GRACE = timedelta(days=2)
"""How long after the last day a reading of the challenge's days may still be typed."""
SETTLES_AFTER = timedelta(minutes=1)
"""Whatever was on its way at the last moment of the grace has arrived by then."""

CONFIRMED_WITHIN = timedelta(days=7)
"""How long after the grace readings may still be confirmed before somebody decides about what is left."""
DECIDED_WITHIN = timedelta(days=14)
"""How long after the grace somebody may decide; what nobody decided by then does not count."""


class Stage(StrEnum):
    """The life of a challenge, in its order; void may follow each of the first four."""

    DRAFT = "draft"
    INVITED = "invited"
    RUNNING = "running"
    GRACE = "grace"
    SETTLED = "settled"
    VOID = "void"


class VoidReason(StrEnum):
    """Why a challenge ended without a result: stored as a code and said where it is read."""

    DECLINED = "declined"
    CALLED_OFF = "called_off"
    SERIES_CALLED_OFF = "series_called_off"
    TOO_FEW = "too_few"
    NOBODY_ACCEPTED = "nobody_accepted"
    NEW_FORMULA = "new_formula"


OPEN = {Stage.INVITED, Stage.RUNNING, Stage.GRACE}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stored of a challenge's life."""

    sent: bool
    settled: bool = False
    voided: bool = False
    accepted: int = 0


def stage(terms: Terms, facts: Facts, today: date) -> Stage:
    """Where a challenge stands. A duel runs only once both are in."""
    if facts.voided:
        return Stage.VOID
    if facts.settled:
        return Stage.SETTLED
    if not facts.sent:
        return Stage.DRAFT
    if today < terms.starts_on or (terms.is_duel and facts.accepted < terms.fewest):
        return Stage.INVITED
    return Stage.RUNNING if today <= terms.ends_on else Stage.GRACE


def may_join(terms: Terms, today: date) -> bool:
    """Whether an answer still comes in time: until half-time, that day included."""
    return today <= terms.half_time


def is_void(terms: Terms, facts: Facts, today: date) -> bool:
    """Whether half-time passed with too few in it."""
    return facts.sent and not facts.settled and today > terms.half_time and facts.accepted < terms.fewest


def has_expired(sent_at: datetime, now: datetime) -> bool:
    """Whether an unanswered duel has lapsed."""
    return now >= sent_at + DUEL_EXPIRES_AFTER


def grace_ends(ends_on: date, zone: tzinfo, closed_at: datetime | None = None) -> datetime:
    """The moment until which readings may be typed: two whole days, or the month's closing where that is earlier."""
    day_is_over = _midnight_after(ends_on, zone)
    grace_is_over = _midnight_after(ends_on + GRACE, zone)
    return grace_is_over if closed_at is None else max(day_is_over, min(grace_is_over, closed_at))


def _midnight_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)
