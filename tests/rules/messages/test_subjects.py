"""What a message is about, as it is stored and read again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.messages.subjects import About, Subject, Thing
from teams.rules.messages.weekly import week_name
from teams.rules.months import Month

MONTHS = st.dates(date(2000, 1, 1), date(2199, 12, 31)).map(Month.of)
WEEKS = st.dates(date(2000, 1, 10), date(2199, 12, 20)).map(week_name)
ABOUTS = st.builds(About, st.sampled_from(Thing), st.integers(min_value=1))
STEPS = (
    st.sampled_from(["", "void", "series", "confirm", "decide"])
    | st.integers(-5, 1).map("{:+d}".format)
    | st.dates().map(str)
    | st.integers(1).map("withdrawn start {}".format)
)
SUBJECTS = st.one_of(
    st.builds(Subject, MONTHS, about=st.none() | ABOUTS, step=STEPS),
    st.builds(Subject, week=WEEKS, step=STEPS),
    st.builds(Subject, about=ABOUTS, step=STEPS),
    st.builds(Subject, step=st.datetimes().map(str)),
)


@given(SUBJECTS)
def test_a_subject_is_read_as_it_was_written(subject):
    assert Subject.parse(str(subject)) == subject


@given(SUBJECTS, SUBJECTS)
def test_two_subjects_are_stored_alike_only_where_they_are_the_same(one, other):
    assert (str(one) == str(other)) == (one == other)


@pytest.mark.parametrize(
    ("subject", "stored"),
    [
        (Subject(Month(2026, 11), step="-3"), "2026-11 -3"),
        (Subject(Month(2026, 11), step="2026-11-25"), "2026-11 2026-11-25"),
        (Subject(Month(2026, 11), about=About(Thing.FORMULA, 5)), "2026-11 formula 5"),
        (Subject(Month(2026, 11)), "2026-11"),
        (Subject(week="2026-W49", step="7"), "2026-W49 7"),
        (Subject(about=About(Thing.CHALLENGE, 7), step="result 2"), "challenge 7 result 2"),
        (Subject(about=About(Thing.GOAL, 7)), "goal 7"),
        (Subject(step="2026-11-30T09:00:00+00:00"), "2026-11-30T09:00:00+00:00"),
    ],
)
def test_it_is_stored_as_those_of_earlier_releases(subject, stored):
    assert (str(subject), Subject.parse(stored)) == (stored, subject)
