"""When a month becomes final."""

from collections.abc import Collection
from datetime import date, datetime, time, tzinfo

from teams.rules.months import Month, is_working_day

WORKING_DAYS = 3
HOUR = time(18)


def closes_at(month: Month, zone: tzinfo, holidays: Collection[date] = ()) -> datetime:
    """The moment at which a month's standings become final: 18:00 on the third working day after its end."""
    working = [day for day in (month + 1).days() if is_working_day(day, holidays)]
    return datetime.combine(working[WORKING_DAYS - 1], HOUR, zone)


def may_close(month: Month, today: date) -> bool:
    """Whether a month may be closed by hand: from its last day on, when it is known who competes in it."""
    return today >= month.last_day
