"""Who ranks where."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.standings import climbs, is_complete, neighbours, ranks, top_quarter


@pytest.mark.parametrize(
    ("totals", "wanted"),
    [
        ({}, {}),
        ({1: 50}, {1: 1}),
        ({1: 50, 2: 70, 3: 60}, {1: 3, 2: 1, 3: 2}),
        ({1: 70, 2: 60, 3: 60, 4: 50}, {1: 1, 2: 2, 3: 2, 4: 4}),
        ({1: 60, 2: 60, 3: 60}, {1: 1, 2: 1, 3: 1}),
    ],
)
def test_equal_scores_share_a_place_and_the_next_is_skipped(totals, wanted):
    assert ranks(totals) == wanted


@given(st.dictionaries(st.integers(1, 50), st.integers(0, 100)))
def test_a_place_is_one_more_than_how_many_are_better(totals):
    assert ranks(totals) == {
        member: 1 + sum(other > total for other in totals.values()) for member, total in totals.items()
    }


def test_a_climb_is_counted_among_those_who_are_in_both_times():
    before = {"Ada": 50, "Ben": 60, "Cleo": 70, "Dan": 80}
    now = {"Ada": 65, "Ben": 60, "Cleo": 55, "Eve": 90}

    assert climbs(now, before) == {"Ada": 2, "Ben": 0, "Cleo": -2}


@pytest.mark.parametrize(
    ("submitted", "expected", "complete"), [(6, 10, True), (5, 10, False), (3, 5, True), (0, 0, False), (1, 1, True)]
)
def test_places_mean_something_from_60_percent_on(submitted, expected, complete):
    assert is_complete(submitted, expected) == complete


@pytest.mark.parametrize(
    ("totals", "wanted"),
    [(range(7), None), (range(8), 6), (range(9), 6), (range(12), 9), (range(13), 9), ([50] * 8, 50)],
)
def test_the_top_quarter_begins_at_the_score_of_its_last_place(totals, wanted):
    assert top_quarter(totals) == wanted


@pytest.mark.parametrize(
    ("member", "wanted"),
    [(1, [1, 2, 3, 4, 5]), (2, [1, 2, 3, 4, 5]), (4, [2, 3, 4, 5, 6]), (7, [3, 4, 5, 6, 7])],
)
def test_the_five_around_somebody(member, wanted):
    assert neighbours([1, 2, 3, 4, 5, 6, 7], member) == wanted


def test_on_a_short_board_all_are_around():
    assert neighbours([3, 1, 2], 2) == [3, 1, 2]
