"""When a month becomes final."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import count, islice

from teams.rules.months import Month, is_working_day

WORKDAY = 3
HOUR = 18


def closes_at(
    month: Month, zone: tzinfo, holidays: Collection[date] = (), *, workday: int = WORKDAY, hour: int = HOUR
) -> datetime:
    """The moment at which a month's standings become final, by default 18:00 on the third working day after its end."""
    days = (month.last_day + timedelta(days=n) for n in count(1))
    working = (day for day in days if is_working_day(day, holidays))
    return datetime.combine(next(islice(working, workday - 1, None)), time(hour), zone)


def may_close(month: Month, today: date) -> bool:
    """Whether a month may be closed by hand: from its last day on, when it is known who competes in it."""
    return today >= month.last_day


def closes_with_import(month: Month, today: date, *, is_history: bool, is_due: bool, was_empty: bool) -> bool:
    """Whether a month that an import fills becomes final with it, without news of it.

    That is a month that has ended, and that no clock will ever close, or whose time had come with nothing stored.
    """
    return month < Month.of(today) and (is_history or (is_due and was_empty))
