"""The week of a team, told on its first working morning to whoever wants to hear it."""

from collections.abc import Collection
from datetime import date, datetime, time, tzinfo

from teams.rules.messages.hours import DAY, MORNING
from teams.rules.months import is_working_day

CAUGHT_UP = 2
"""Working days of a week on which it is told: the second is for what nothing was running to tell on the first."""


def due_week(now: datetime, zone: tzinfo, holidays: Collection[date] = ()) -> date | None:
    """The Monday of the week that is to be told now, unless it was already; in its reader's own time."""
    local = now.astimezone(zone)
    monday = _monday(local.date())
    is_due = local.hour >= MORNING and local.date() in _days(monday, holidays)
    return monday if is_due else None


def told_until(monday: date, zone: tzinfo, holidays: Collection[date] = ()) -> datetime:
    """The moment from which the week is told no more: midnight after the last day on which it is."""
    return datetime.combine(max(_days(monday, holidays), default=monday) + DAY, time(), zone)


def week_name(monday: date) -> str:
    """`2026-W49`, as the ISO calendar has it."""
    return f"{monday:%G-W%V}"


def _monday(day: date) -> date:
    return day - day.weekday() * DAY


def _days(monday: date, holidays: Collection[date]) -> list[date]:
    """The first working days of a week; none where all of it is holidays."""
    return [day for n in range(7) if is_working_day(day := monday + n * DAY, holidays)][:CAUGHT_UP]
