"""Places in a large organization, from how many have each score."""

from hypothesis import given
from hypothesis import strategies as st

from teams.rules.standings import places, ranks, score_down_to


def counted(totals):
    """How many have each score, highest first."""
    return {total: totals.count(total) for total in sorted(set(totals), reverse=True)}


def test_equal_scores_share_a_place_and_the_next_is_skipped():
    assert places({61: 1, 55: 2, 40: 1}) == {61: 1, 55: 2, 40: 4}


@given(st.lists(st.integers(0, 100)))
def test_places_by_counts_are_the_places_by_members(totals):
    by_member = ranks(dict(enumerate(totals)))

    assert {totals[member]: place for member, place in by_member.items()} == places(counted(totals))


def test_the_first_so_many_have_at_least_that_score():
    counts = {61: 1, 55: 2, 40: 1}

    assert [score_down_to(counts, shown) for shown in (1, 2, 3, 4, 5)] == [61, 55, 55, 40, 0]
