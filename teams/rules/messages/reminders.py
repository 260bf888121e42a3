"""When a rep is reminded of a month, and who is not.

A day is asked for by its wall clock, so that nothing here knows of DST: a step is due from its hour on, until midnight
of its day. Whoever was not reached (nothing was running) is caught up with on the next working day, from the same hour.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from itertools import islice

from teams.rules.messages.delivery import Reason
from teams.rules.messages.hours import DAY, MORNING
from teams.rules.messages.subjects import Subject
from teams.rules.months import Month, is_working_day
from teams.rules.sentences import Sentence

STEPS = (-5, -3, -1, 0, 1)
"""Days before the month's end, the last day itself, and the first working day after it."""
HOUR = MORNING


@dataclass(frozen=True)
class Policy:
    """What a team decides: which steps, and from which hour of the member's day on; off without steps."""

    steps: tuple[int, ...] = STEPS
    hour: int = HOUR
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True, order=True)
class Step:
    """One reminder of a month, with the day that it falls on once weekends and holidays are stepped over."""

    month: Month
    step: int
    day: date

    @property
    def subject(self) -> Subject:
        """What the reminder is about."""
        return Subject(self.month, step=f"{self.step:+d}")


@dataclass(frozen=True)
class Recipient:
    """What is known of a rep in a month."""

    submitted: bool = False
    competes: bool = True
    no_access: bool = False
    closed: bool = False
    has_address: bool = True
    invited: bool = False
    """Has an invitation that still works, and no login."""
    was_invited: bool = False
    """Had one, which has expired."""
    unsubscribed: bool = False
    away: bool = False


def by_hand(month: Month, day: date) -> Subject:
    """What a reminder is about that a manager sends on a day: one a day, as the clock's have one a step."""
    return Subject(month, step=str(day))


def meaning(step: int) -> str:
    """A step in words, of a month that is named beside it."""
    if step > 0:
        return Sentence("first working day after the month")
    if step == 0:
        return Sentence("last day of the month")
    return Sentence("%(count)s day before the month's end", "%(count)s days before the month's end", count=-step)


@cache
def skip(rep: Recipient) -> Reason | None:
    """Why the rep is not reminded; None where they are."""
    reasons = {
        Reason.SUBMITTED: rep.submitted,
        Reason.LEFT: not rep.competes,
        Reason.NO_ACCESS: rep.no_access,
        Reason.AWAY: rep.away,
        Reason.CLOSED: rep.closed,
        Reason.INVITED: rep.invited,
        Reason.INVITATION_EXPIRED: rep.was_invited,
        Reason.NO_ADDRESS: not rep.has_address,
        Reason.UNSUBSCRIBED: rep.unsubscribed,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


@lru_cache(maxsize=4096)
def steps_of(month: Month, policy: Policy) -> tuple[Step, ...]:
    """The month's reminders by day; steps that fall on one day are one, the latest."""
    by_day = {_day_of(month, step, policy.holidays): step for step in sorted(policy.steps)}
    return tuple(Step(month, step, day) for day, step in sorted(by_day.items()))


def due_step(now: datetime, zone: tzinfo, policy: Policy) -> Step | None:
    """The reminder that is to be sent now, unless it was already; in its zone's own time."""
    local = now.astimezone(zone)
    return _sending_days(Month.of(local), policy).get(local.date()) if local.hour >= policy.hour else None


def due_until(step: Step, zone: tzinfo, policy: Policy) -> datetime:
    """The moment from which the reminder is no longer sent: midnight after the last day on which it may be."""
    days = [day for day, due in _sending_days(Month.of(step.day), policy).items() if due == step]
    return datetime.combine(max(days, default=step.day) + DAY, time(), zone)


def upcoming(now: datetime, zone: tzinfo, policy: Policy) -> Iterator[tuple[datetime, Step]]:
    """Every later reminder with its moment, in order, without an end unless the policy has no steps."""
    month = Month.of(now.astimezone(zone)) - 1
    while policy.steps:
        for step in steps_of(month, policy):
            at = datetime.combine(step.day, time(policy.hour), zone)
            if at > now:
                yield at, step
        month += 1


def next_look(now: datetime, zone: tzinfo, policy: Policy) -> datetime | None:
    """When a reminder may be due next: a later one, or one whose day went by and which may still be caught up with."""
    local = now.astimezone(zone)
    days = _sending_days(Month.of(local), policy).items()
    missed = (datetime.combine(day, time(policy.hour), zone) for day, step in days if step.day < local.date() <= day)
    later = (moment for moment, _ in islice(upcoming(now, zone, policy), 1))
    return min((moment for moment in (*missed, *later) if moment > now), default=None)


@lru_cache(maxsize=4096)
def _sending_days(month: Month, policy: Policy) -> dict[date, Step]:
    """Which reminder may be sent on which day, for the days of a month and some around it."""
    steps = sorted(
        (step for near in (month - 1, month, month + 1) for step in steps_of(near, policy)), key=lambda step: step.day
    )
    late = {_working_day(step.day + DAY, DAY, policy.holidays): step for step in steps}
    return late | {step.day: step for step in steps}


def _day_of(month: Month, step: int, holidays: tuple[date, ...]) -> date:
    if step > 0:
        return _working_day(month.last_day + DAY, DAY, holidays)
    return _working_day(month.last_day + step * DAY, -DAY, holidays)


def _working_day(day: date, direction: timedelta, holidays: tuple[date, ...]) -> date:
    """The day, or the next working day in that direction."""
    while not is_working_day(day, holidays):
        day += direction
    return day
