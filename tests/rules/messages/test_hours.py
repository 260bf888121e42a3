"""When people are reached: at nine on the wall of their own office, on a working day, in every zone of the earth."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.messages.hours import EARLIEST, next_morning, next_working_moment

ZONES = ["Pacific/Kiritimati", "Pacific/Auckland", "Asia/Kolkata", "Europe/Berlin", "America/Sao_Paulo", "Pacific/Niue"]
BERLIN, SAO_PAULO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Sao_Paulo")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=st.just(UTC))
HOLIDAYS = st.sets(st.dates(date(2026, 1, 1), date(2029, 12, 31)), max_size=30)


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        (BERLIN, datetime(2026, 11, 30, 8, 59), datetime(2026, 11, 30, 9)),
        (BERLIN, datetime(2026, 11, 30, 9), datetime(2026, 11, 30, 9)),
        (BERLIN, datetime(2026, 11, 30, 9, 1), datetime(2026, 12, 1, 9)),
        (BERLIN, datetime(2026, 12, 4, 18), datetime(2026, 12, 7, 9)),
        (SAO_PAULO, datetime(2026, 11, 30, 4), datetime(2026, 11, 30, 9)),
        (BERLIN, datetime(2027, 3, 26, 10), datetime(2027, 3, 29, 9)),  # an hour is left out on the way
        (BERLIN, datetime(2026, 10, 23, 10), datetime(2026, 10, 26, 9)),
    ],
)
def test_it_is_the_next_nine_on_the_readers_wall(zone, now, morning):
    assert next_morning(now.replace(tzinfo=zone), zone) == morning.replace(tzinfo=zone)


def test_a_holiday_is_no_working_day():
    christmas = {date(2026, 12, 24), date(2026, 12, 25)}

    assert next_morning(datetime(2026, 12, 23, 12, tzinfo=BERLIN), BERLIN, christmas).date() == date(2026, 12, 28)


def test_it_waits_for_a_day_that_is_to_come():
    found = next_morning(datetime(2026, 11, 29, 10, tzinfo=UTC), BERLIN, from_day=date(2026, 11, 30))

    assert found == datetime(2026, 11, 30, 9, tzinfo=BERLIN)


@given(now=MOMENTS, zone=st.sampled_from(ZONES), holidays=HOLIDAYS)
def test_no_earlier_one_was_left_out(now, zone, holidays):
    local = now.astimezone(ZoneInfo(zone))
    days = [local.date() + timedelta(days=n) for n in range(60)]
    mornings = [datetime.combine(day, time(9), ZoneInfo(zone)) for day in days if day.weekday() < 5]

    expected = min(each for each in mornings if each >= now and each.date() not in holidays)

    assert next_morning(now, ZoneInfo(zone), holidays) == expected


@given(now=MOMENTS, zone=st.sampled_from(ZONES))
def test_a_chat_is_told_at_once_while_people_work_and_else_in_the_morning(now, zone):
    local = now.astimezone(ZoneInfo(zone))
    works = local.weekday() < 5 and 9 <= local.hour < 18

    assert next_working_moment(now, ZoneInfo(zone)) == (now if works else next_morning(now, ZoneInfo(zone)))


@given(now=MOMENTS, zone=st.sampled_from(ZONES))
def test_nowhere_is_it_a_day_before_it_is_one_at_the_earliest_place(now, zone):
    assert now.astimezone(ZoneInfo(zone)).date() <= now.astimezone(EARLIEST).date()
