"""What a recalibration moved for everybody."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.recalibration import Suspicion, around, median_change, suspected

DAY = date(2026, 11, 10)
TOTALS = st.integers(0, 100)


@pytest.mark.parametrize(
    ("pairs", "change"),
    [
        ([], 0),
        ([(50, 44)], -6),
        ([(50, 44), (60, 58), (70, 99)], -2),
        ([(50, 53), (50, 54)], 4),
        ([(50, 47), (50, 46)], -4),
        ([(50, 50), (50, 51)], 1),
    ],
)
def test_the_median_is_in_whole_points_and_a_half_goes_away_from_nothing(pairs, change):
    assert median_change(pairs) == change


@given(st.lists(st.tuples(TOTALS, TOTALS), min_size=1), st.randoms())
def test_the_median_lies_among_the_changes_in_any_order(pairs, random):
    shuffled = random.sample(pairs, len(pairs))
    moved = [after - before for before, after in pairs]

    assert median_change(shuffled) == median_change(pairs)
    assert min(moved) <= median_change(pairs) <= max(moved)


def days(*offsets):
    """Readings whose totals tell them apart."""
    return [(DAY + timedelta(days=offset), 50 + number) for number, offset in enumerate(offsets)]


@pytest.mark.parametrize(
    ("offsets", "pair"),
    [
        ([], None),
        ([-1], None),
        ([0], None),
        ([-1, 0], (50, 51)),
        ([-14, 14], (50, 51)),
        ([-15, 3], None),
        ([-3, 15], None),
        ([-20, -9, -2, 1, 5, 30], (52, 53)),
    ],
)
def test_the_nearest_readings_on_both_sides_count_within_a_fortnight(offsets, pair):
    assert around(DAY, days(*offsets)) == pair


def rep(before, after, *, offsets=(-4, 3)):
    """Read once before and once from the day on."""
    return [(DAY + timedelta(days=offset), total) for offset, total in zip(offsets, (before, after), strict=True)]


def days_of(reps):
    return {day for readings in reps for day, _ in readings}


def test_eight_of_whom_three_quarters_moved_the_same_way_are_suspicious():
    reps = [rep(50, 45)] * 5 + [rep(50, 47), rep(50, 48), rep(50, 60)]

    assert suspected(reps, days_of(reps)) == Suspicion(DAY + timedelta(days=3), 6, 8, -5)


@pytest.mark.parametrize(
    "reps",
    [
        [],
        [rep(50, 45)] * 7,
        [rep(50, 45)] * 5 + [rep(50, 48)] * 3,
        [rep(50, 45)] * 5 + [rep(50, 55)] * 5,
        [rep(50, 52)] * 20,
        [rep(50, 45, offsets=(-20, 3))] * 20,
        [[(DAY, 45)]] * 20,
    ],
    ids=["nobody", "seven", "five of eight", "both ways", "two points", "too far apart", "one side"],
)
def test_less_is_not(reps):
    assert suspected(reps, days_of(reps)) is None


def test_the_day_is_the_one_that_sets_most_of_them_apart():
    spread = [
        [(DAY + timedelta(days=offset), 50 if offset < 0 else 55) for offset in (first, first + 7, first + 14)]
        for first in range(-12, 0)
    ]

    assert suspected(spread, days_of(spread)).day == DAY


def test_rising_together_is_suspicious_too_and_days_left_out_are_not_found():
    reps = [rep(50, 54)] * 9

    assert suspected(reps, days_of(reps)).shift == 4
    assert suspected(reps, []) is None


@given(st.lists(st.tuples(TOTALS, TOTALS), max_size=20))
def test_it_counts_as_a_slow_reference_does(pairs):
    reps = [rep(*pair) for pair in pairs]
    changes = [after - before for before, after in pairs]
    agree = max(sum(change >= 3 for change in changes), sum(change <= -3 for change in changes))
    found = suspected(reps, [DAY])

    assert (found is not None) == (len(pairs) >= 8 and agree / len(pairs) >= 0.75)
    if found:
        assert (found.moved, found.measured, found.shift) == (agree, len(pairs), median_change(pairs))
