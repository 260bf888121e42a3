"""When a rep counts as away: on leave where a reading would have been due."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from teams.rules.months import Month, last_working_days

DAY = timedelta(days=1)
Span = tuple[date, date]
"""The first and the last day of a leave, both included."""


def is_away_throughout(first: date, last: date, spans: Iterable[Span]) -> bool:
    """Whether leave covers every day from the first to the last, however many spans it takes."""
    day = first
    for start, end in sorted(spans):
        if start <= day <= end:
            day = end + DAY
    return day > last


def is_away(month: Month, spans: Iterable[Span], holidays: Collection[date] = ()) -> bool:
    """Whether leave covers the last five working days of the month, or most of its days."""
    spans = list(spans)
    if not spans:
        return False
    on_leave = {day for day in month.days() if any(start <= day <= end for start, end in spans)}
    most_of_it = len(on_leave) * 2 > month.last_day.day
    return most_of_it or on_leave.issuperset(last_working_days(month, 5, holidays))
