"""What calendars are told: a number that grows with each change of an entry, and never otherwise."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from teams.rules.calendar import REMEMBERED, Occasion, Told, months_shown, told_now
from teams.rules.months import Month

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
END = Occasion("challenge-7", date(2026, 12, 24), "Last day", "Readings still count.", "/challenges/7/")


def test_what_stays_the_same_keeps_its_number_and_moment():
    told = told_now([END], {}, NOW)

    assert told == {"challenge-7": Told(END.digest, 0, "2026-11-30T12:00:00+00:00")}
    assert told_now([END], told, LATER) == told


def test_each_change_counts_up_and_is_dated_also_after_a_time_without_the_entry():
    later = replace(END, starts=date(2026, 12, 31))
    told = told_now([END], {}, NOW)

    changed = told_now([later], told_now([], told, NOW), LATER)

    assert changed == {"challenge-7": Told(later.digest, 1, "2026-11-30T13:00:00+00:00")}


def test_what_is_shown_now_is_remembered_longest():
    many = [replace(END, key=f"challenge-{number}") for number in range(REMEMBERED + 1)]

    told = told_now([many[0]], told_now(many[:-1], {}, NOW), NOW)

    assert list(told_now([many[-1]], told, NOW)) == [
        *(each.key for each in many[2:-1]), "challenge-0", f"challenge-{REMEMBERED}"
    ]  # fmt: skip


def test_two_months_back_and_six_ahead_are_shown():
    assert months_shown(date(2026, 1, 31)) == [Month(2025, 11) + n for n in range(9)]
