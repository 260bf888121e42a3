"""When a month becomes final."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import count, islice

from teams.rules.months import Month, is_working_day

WORKDAY = 3
HOUR = 18
HISTORY_WAITS = timedelta(days=14)
"""How long history stays open after the last import into it."""


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


def may_open_again(closing: datetime, now: datetime, *, by_hand: bool) -> bool:
    """Whether a closed month may be opened again: somebody closed it, and the clock would not have done so yet."""
    return by_hand and now < closing


def is_history(month: Month, today: date, *, was_here: bool, is_due: bool, was_empty: bool) -> bool:
    """Whether a month that an import fills is history: open for further imports, and closed with the rest of it.

    That is an ended month of which the site had no board before the import (`was_here`), or whose board was due to
    close (`is_due`) and had no reading (`was_empty`).
    """
    return month < Month.of(today) and (not was_here or (is_due and was_empty))


def history_closes_at(last_import: datetime | None, regular_closing: datetime) -> datetime:
    """The moment at which history becomes final by itself: two weeks after the last import into it, if there was one,
    and at the latest when the next month closes regularly.
    """
    return min(last_import + HISTORY_WAITS, regular_closing) if last_import else regular_closing
