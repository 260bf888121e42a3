"""iCalendar as programs read it: moments in every zone, days, texts that may hold anything, alarms."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from teams.calendar.icalendar_text import icalendar_text
from teams.rules.calendar import REMINDS, Occasion, told_now
from teams.rules.closing import closes_at
from teams.rules.months import Month

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
ZONES = st.sampled_from(sorted(available_timezones()))
MONTHS = st.builds(Month, st.integers(2020, 2035), st.integers(1, 12))


def events(*occasions):
    return Calendar.from_ical(written(occasions, told_now(list(occasions), {}, NOW))).events


def written(occasions, told):
    return icalendar_text("Scores", occasions, told, member=7, site="https://ssi.example", language="en")


@given(zone=ZONES, month=MONTHS, hour=st.integers(0, 23))
def test_a_closing_is_the_moment_that_the_company_means_in_every_zone_and_on_either_side_of_summer_time(
    zone, month, hour
):
    closing = closes_at(month, ZoneInfo(zone), hour=hour)

    [event] = events(Occasion(f"closing-{month}", closing, "Closes", "Final.", "/board/", reminds=REMINDS))

    assert event.start == closing.astimezone(UTC)
    assert event.start.astimezone(ZoneInfo(zone)).date() == closing.date()
    assert [alarm.TRIGGER for alarm in event.subcomponents] == [-before for before in REMINDS]


@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_a_text_comes_back_as_it_was_and_adds_no_line(text):
    [event] = events(Occasion("goal-1", date(2026, 12, 24), text, "By this day.", "/goals/"))

    assert str(event["summary"]) == text
    assert event.subcomponents == []


def test_days_are_whole_and_the_last_one_is_in():
    [event] = events(
        Occasion("submit-2026-11", date(2026, 11, 25), "Submit", "Read it.", "/submit/", date(2026, 12, 3))
    )

    assert (event.start, event.end) == (date(2026, 11, 25), date(2026, 12, 4))


def test_the_same_is_the_same_bytes_and_an_entry_keeps_its_uid():
    end = Occasion("challenge-7", date(2026, 12, 24), "Last day", "It counts.", "/challenges/7/", date(2026, 12, 24))
    told = told_now([end], {}, NOW)

    texts = {written([end], told_now([end], told, NOW + timedelta(days=day))) for day in range(3)}

    [text] = texts
    assert {b"UID:challenge-7.7@ssi.example", b"SEQUENCE:0", b"DTSTAMP:20261130T120000Z"} < set(text.split(b"\r\n"))
