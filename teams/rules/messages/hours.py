"""The hours of people: when what they did not ask for reaches them, by the clock on their own wall."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta, timezone, tzinfo

from teams.rules.months import is_working_day

MORNING = 9
EVENING = 18
DAY = timedelta(days=1)
EARLIEST = timezone(timedelta(hours=14))
"""Where a day begins before it does anywhere else."""


def next_morning(
    now: datetime, zone: tzinfo, holidays: Collection[date] = (), *, from_day: date = date.min, hour: int = MORNING
) -> datetime:
    """The next 09:00 of a working day in a zone, and not before a day; this very moment if it is one."""
    local = now.astimezone(zone)
    day = max(local.date(), from_day)
    while not is_working_day(day, holidays) or (morning := datetime.combine(day, time(hour), zone)) < now:
        day += DAY
    return morning


def next_working_moment(now: datetime, zone: tzinfo, holidays: Collection[date] = ()) -> datetime:
    """The moment itself from 09:00 to 18:00 of a working day in a zone; else the next 09:00 of one."""
    local = now.astimezone(zone)
    if is_working_day(local.date(), holidays) and MORNING <= local.hour < EVENING:
        return now
    return next_morning(now, zone, holidays)
