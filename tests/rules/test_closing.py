"""The moment at which a month becomes final."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from teams.rules.closing import closes_at, history_closes_at, is_history, may_close
from teams.rules.months import Month


@pytest.mark.parametrize(
    ("month", "day"),
    [
        (Month(2026, 10), 4),  # November 2026 begins on a Sunday
        (Month(2026, 11), 3),
        (Month(2026, 7), 5),  # August 2026 begins on a Saturday
        (Month(2026, 12), 5),
    ],
)
def test_a_month_closes_on_the_third_working_day_after_it(month, day):
    assert closes_at(month, UTC) == datetime.combine(
        (month + 1).first_day.replace(day=day), datetime.min.time(), UTC
    ).replace(hour=18)


def test_a_holiday_is_no_working_day():
    assert closes_at(Month(2026, 12), UTC, [date(2027, 1, 1)]).date() == date(2027, 1, 6)


def test_it_is_six_in_the_evening_where_the_organization_is():
    assert closes_at(Month(2026, 6), ZoneInfo("Europe/Berlin")).astimezone(UTC) == datetime(2026, 7, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize(("day", "may"), [(date(2026, 11, 29), False), (date(2026, 11, 30), True)])
def test_by_hand_it_may_be_closed_from_its_last_day_on(day, may):
    assert may_close(Month(2026, 11), day) == may


def test_an_organization_may_choose_another_day_and_hour():
    moment = closes_at(Month(2026, 10), UTC, workday=1, hour=9)

    assert moment == datetime(2026, 11, 2, 9, tzinfo=UTC)


def test_a_month_after_which_nobody_works_closes_later():
    month_off = [date(2026, 11, day) for day in range(1, 31)]

    assert closes_at(Month(2026, 10), UTC, month_off).date() == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("month", "was_here", "is_due", "was_empty", "expected"),
    [
        (Month(2026, 11), False, False, True, False),  # it has not ended
        (Month(2026, 10), False, False, False, True),
        (Month(2026, 10), True, False, True, False),  # its time has not come
        (Month(2026, 10), True, True, True, True),
        (Month(2026, 10), True, True, False, False),  # the clock closes it, and tells of it
    ],
)
def test_what_was_before_ones_time_or_empty_in_it_is_history(month, was_here, is_due, was_empty, expected):
    said = is_history(month, date(2026, 11, 2), was_here=was_here, is_due=is_due, was_empty=was_empty)

    assert said == expected


@pytest.mark.parametrize(
    ("last_import", "regular", "closes"),
    [
        (datetime(2026, 11, 5, 9, tzinfo=UTC), datetime(2026, 12, 3, 18, tzinfo=UTC), datetime(2026, 11, 19, 9)),
        (datetime(2026, 11, 25, 9, tzinfo=UTC), datetime(2026, 12, 3, 18, tzinfo=UTC), datetime(2026, 12, 3, 18)),
        (None, datetime(2026, 12, 3, 18, tzinfo=UTC), datetime(2026, 12, 3, 18)),
    ],
)
def test_history_closes_two_weeks_after_the_last_import_or_with_the_next_regular_closing(last_import, regular, closes):
    assert history_closes_at(last_import, regular) == closes.replace(tzinfo=UTC)
