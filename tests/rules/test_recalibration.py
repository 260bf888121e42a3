"""What a recalibration moved for everybody."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.recalibration import around, median_change

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
