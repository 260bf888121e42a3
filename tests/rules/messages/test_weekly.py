"""When the week of a team is told."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from teams.rules.messages.weekly import due_week, told_until, week_name

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 30)


def at(day, hour, minute=0, zone=BERLIN):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (at(MONDAY, 8, 59), None),
        (at(MONDAY, 9), MONDAY),
        (at(MONDAY, 23, 59), MONDAY),
        (at(MONDAY + timedelta(days=1), 8, 59), None),
        (at(MONDAY + timedelta(days=1), 9), MONDAY),
        (at(MONDAY + timedelta(days=2), 9), None),
        (at(MONDAY - timedelta(days=1), 12), None),
        (at(MONDAY, 8, zone=UTC), MONDAY),
    ],
)
def test_it_is_due_from_nine_on_the_first_working_day_and_caught_up_with_on_the_second(moment, due):
    assert due_week(moment, BERLIN) == due


def test_a_holiday_on_monday_moves_it_to_tuesday():
    assert due_week(at(MONDAY, 10), BERLIN, [MONDAY]) is None
    assert due_week(at(MONDAY + timedelta(days=1), 10), BERLIN, [MONDAY]) == MONDAY


def test_a_week_of_holidays_is_not_told():
    week = [MONDAY + timedelta(days=n) for n in range(7)]

    assert [due_week(at(day, 10), BERLIN, week) for day in week] == [None] * 7
    assert told_until(MONDAY, BERLIN, week) == at(MONDAY + timedelta(days=1), 0)


def test_it_is_told_until_the_second_working_day_is_over():
    assert told_until(MONDAY, BERLIN) == at(MONDAY + timedelta(days=2), 0)


def test_a_week_has_the_name_of_the_iso_calendar():
    assert [week_name(day) for day in (MONDAY, date(2020, 12, 28), date(2024, 12, 30))] == [
        "2026-W49",
        "2020-W53",
        "2025-W01",
    ]
