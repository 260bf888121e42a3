"""The moment at which a month becomes final."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from teams.rules.closing import closes_at, closes_with_import, may_close
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
    ("month", "is_history", "is_due", "was_empty", "closes"),
    [
        (Month(2026, 11), True, False, True, False),  # it has not ended
        (Month(2026, 10), True, False, False, True),
        (Month(2026, 10), False, False, True, False),  # its time has not come
        (Month(2026, 10), False, True, True, True),
        (Month(2026, 10), False, True, False, False),  # the clock closes it, and tells of it
    ],
)
def test_history_and_what_was_empty_in_its_time_close_with_an_import(month, is_history, is_due, was_empty, closes):
    said = closes_with_import(month, date(2026, 11, 2), is_history=is_history, is_due=is_due, was_empty=was_empty)

    assert said == closes
