"""When somebody is reminded: a year of every five minutes in five zones, and random worlds."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from teams.rules.messages.delivery import Reason
from teams.rules.messages.reminders import (
    STEPS,
    Policy,
    Recipient,
    Step,
    due_step,
    due_until,
    next_look,
    skip,
    steps_of,
    upcoming,
)
from teams.rules.months import Month, is_working_day

ZONES = ["Pacific/Kiritimati", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Pago_Pago"]
NOVEMBER = Month(2026, 11)
BERLIN = ZoneInfo("Europe/Berlin")
FIVE_MINUTES = timedelta(minutes=5)


def days(month, **policy):
    return [(step.step, str(step.day)) for step in steps_of(month, Policy(**policy))]


def at(zone, text):
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def expected_days(month, steps, holidays=()):
    """The same said in another way: walk to each step's day, and let the latest of a day win."""
    found = {}
    for step in sorted(steps):
        day = month.last_day + timedelta(days=step)
        while not is_working_day(day, holidays):
            day += timedelta(days=1 if step > 0 else -1)
        found[day] = step
    return found


def test_november_2026_ends_on_a_monday():
    assert days(NOVEMBER) == [(-5, "2026-11-25"), (-1, "2026-11-27"), (0, "2026-11-30"), (1, "2026-12-01")]


def test_steps_of_a_weekend_are_one_on_friday_the_latest():
    assert days(Month(2027, 1)) == [(-5, "2027-01-26"), (-3, "2027-01-28"), (0, "2027-01-29"), (1, "2027-02-01")]


def test_a_leap_february_ends_on_the_29th():
    assert days(Month(2028, 2))[-2:] == [(0, "2028-02-29"), (1, "2028-03-01")]


def test_holidays_are_stepped_over_like_weekends():
    christmas = (date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1))

    assert days(Month(2026, 12), holidays=christmas) == [
        (-5, "2026-12-24"),
        (-3, "2026-12-28"),
        (0, "2026-12-30"),
        (1, "2027-01-04"),
    ]


def test_only_the_steps_that_a_team_wants():
    assert days(NOVEMBER, steps=(0,)) == [(0, "2026-11-30")]
    assert days(NOVEMBER, steps=()) == []


@pytest.mark.parametrize(
    ("moment", "step"),
    [
        ("2026-11-25T08:59:59", None),
        ("2026-11-25T09:00", -5),
        ("2026-11-25T23:59", -5),
        ("2026-11-26T08:00", None),
        ("2026-11-26T09:00", -5),
        ("2026-11-27T09:00", -1),
        ("2026-11-28T12:00", None),
        ("2026-11-30T09:00", 0),
        ("2026-12-01T09:00", 1),
        ("2026-12-02T10:00", 1),
        ("2026-12-03T10:00", None),
    ],
)
def test_a_step_is_due_on_its_day_and_late_on_the_next_working_day_but_never_past_a_later_one(moment, step):
    due = due_step(at("Europe/Berlin", moment), BERLIN, Policy())

    assert (due and due.step) == step


def test_a_reminder_may_be_sent_until_the_end_of_its_last_day():
    last, first = (steps_of(NOVEMBER, Policy())[n] for n in (-1, 0))

    assert due_until(first, BERLIN, Policy()) == at("Europe/Berlin", "2026-11-27T00:00")
    assert due_until(last, BERLIN, Policy()) == at("Europe/Berlin", "2026-12-03T00:00")


def test_upcoming_names_the_moments_in_the_members_own_time():
    now = at("Europe/Berlin", "2026-11-27T10:00")
    coming = upcoming(now, ZoneInfo("Asia/Kolkata"), Policy(steps=(0, 1)))

    assert [next(coming) for _ in range(3)] == [
        (at("Asia/Kolkata", "2026-11-30T09:00"), Step(NOVEMBER, 0, date(2026, 11, 30))),
        (at("Asia/Kolkata", "2026-12-01T09:00"), Step(NOVEMBER, 1, date(2026, 12, 1))),
        (at("Asia/Kolkata", "2026-12-31T09:00"), Step(NOVEMBER + 1, 0, date(2026, 12, 31))),
    ]
    assert list(upcoming(now, BERLIN, Policy(steps=()))) == []


@pytest.mark.parametrize(
    ("rep", "reason"),
    [
        (Recipient(), None),
        (Recipient(submitted=True, away=True), Reason.SUBMITTED),
        (Recipient(away=True), Reason.AWAY),
        (Recipient(no_access=True), Reason.NO_ACCESS),
        (Recipient(competes=False), Reason.LEFT),
        (Recipient(closed=True), Reason.CLOSED),
        (Recipient(has_address=False), Reason.NO_ADDRESS),
        (Recipient(has_address=False, invited=True), Reason.INVITED),
        (Recipient(has_address=False, was_invited=True), Reason.INVITATION_EXPIRED),
        (Recipient(unsubscribed=True), Reason.UNSUBSCRIBED),
    ],
)
def test_who_is_not_reminded_and_why(rep, reason):
    assert skip(rep) == reason


@pytest.mark.parametrize("year", [2027, 2028])
@pytest.mark.parametrize("name", ZONES)
def test_in_a_year_of_every_five_minutes_each_reminder_comes_once_at_its_hour_on_a_working_day(name, year):
    zone, policy = ZoneInfo(name), Policy()
    now, end = datetime(year - 1, 12, 31, tzinfo=UTC), datetime(year + 1, 1, 2, tzinfo=UTC)
    first_seen = {}
    while now < end:
        step = due_step(now, zone, policy)
        if step and step not in first_seen:
            first_seen[step] = now.astimezone(zone)
        now += FIVE_MINUTES

    months = [Month(year, 1) + n for n in range(12)]
    sent = {(step.month, step.step): moment for step, moment in first_seen.items() if step.month in months}
    due = {
        (month, step): day for month in months for day, step in expected_days(month, STEPS).items() if day.year == year
    }
    assert {key: moment.date() for key, moment in sent.items() if key in due} == due
    assert {moment.time() for key, moment in sent.items() if key in due} == {time(9)}
    assert {moment.weekday() for moment in sent.values()} <= {0, 1, 2, 3, 4}


def test_an_hour_that_the_clock_leaves_out_is_due_when_the_next_one_strikes():
    zone, policy = ZoneInfo("Africa/Cairo"), Policy(steps=(0,), hour=0)
    midnight = datetime(2027, 4, 29, 22, tzinfo=UTC)  # Friday the 30th begins at one o'clock: DST

    asked = {minutes: due_step(midnight + timedelta(minutes=minutes), zone, policy) for minutes in (-5, 0)}

    assert asked == {-5: None, 0: Step(Month(2027, 4), 0, date(2027, 4, 30))}
    assert midnight.astimezone(zone).hour == 1


moments = st.integers(0, 40 * 24 * 12).map(lambda n: n * FIVE_MINUTES)
worlds = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(ZONES).map(ZoneInfo),
        "month": st.builds(Month, st.integers(2020, 2040), st.integers(1, 12)),
        "steps": st.sets(st.sampled_from(STEPS)).map(sorted).map(tuple),
        "hour": st.integers(0, 23),
        "holidays": st.sets(st.integers(-12, 12), max_size=6),
        "submitted_after": st.none() | moments,
        "down": st.tuples(moments, moments).map(sorted),
        "asked_every": st.sampled_from([5, 15, 60]),
    }
)


def live_through(world):
    """Sweep the world from the 20th of its month for 22 days; what was sent, as (step, local moment)."""
    month, zone = world["month"], world["zone"]
    holidays = tuple(sorted(month.last_day + timedelta(days=n) for n in world["holidays"]))
    policy = Policy(world["steps"], world["hour"], holidays)
    start = datetime.combine(month.last_day - timedelta(days=14), time(), UTC)
    down_from, down_to = (start + span for span in world["down"])
    submitted = world["submitted_after"] is not None and start + world["submitted_after"]
    sent, now = {}, start
    while now < start + timedelta(days=34):
        step = due_step(now, zone, policy) if not down_from <= now < down_to else None
        claimed = step is None or step.month != month or step in sent
        if not claimed and skip(Recipient(submitted=bool(submitted) and submitted <= now)) is None:
            sent[step] = now.astimezone(zone)
        now += timedelta(minutes=world["asked_every"])
    return policy, holidays, (down_from, down_to, submitted), sent


def keeps_every_promise(world):
    policy, holidays, (down_from, down_to, submitted), sent = live_through(world)
    due = {step: day for day, step in expected_days(world["month"], policy.steps, holidays).items()}

    assert {step.step for step in sent} <= set(due)
    assert all(is_working_day(moment.date(), holidays) for moment in sent.values())
    assert all(moment.hour >= policy.hour for moment in sent.values())
    assert not submitted or all(moment < submitted for moment in sent.values())
    assert max(Counter(moment.date() for moment in sent.values()).values(), default=1) == 1
    for step, day in due.items():
        moment = datetime.combine(day, time(policy.hour), world["zone"])
        missed = down_from <= moment + timedelta(hours=1) and moment < down_to
        if not missed and not (submitted and submitted <= moment + timedelta(hours=1)):
            assert [sent_at.date() for found, sent_at in sent.items() if found.step == step] == [day]


@given(st.lists(st.integers(1, 60), min_size=1, max_size=80), st.sampled_from(ZONES))
@example([1, 36, 5], "Europe/Berlin")  # nothing ran on the day of a step, and it is night when something does again
def test_whoever_looks_only_when_told_to_misses_nothing_that_a_look_at_any_time_would_have_found(pauses, name):
    zone, policy, now = ZoneInfo(name), Policy(), datetime(2027, 7, 25, 14, tzinfo=UTC)
    seen, found, told = set(), set(), now
    for hours in pauses:
        now += timedelta(hours=hours)
        seen.add(due_step(now, zone, policy))
        if now >= told:
            found.add(due_step(now, zone, policy))
            told = next_look(now, zone, policy)

    assert found - {None} == seen - {None}


@given(worlds)
def test_no_world_breaks_a_promise(world):
    keeps_every_promise(world)


@pytest.mark.soak
@pytest.mark.parametrize("quarter", range(4))
@settings(max_examples=2_500, deadline=None)
@given(worlds)
def test_ten_thousand_worlds_break_no_promise(quarter, world):
    keeps_every_promise(world)
