"""Spearman's rank correlation: known values, ties, a slow reference, and what cannot be told."""

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teams.rules.insights.correlation import average_ranks, spearman

figures = st.integers(0, 12) | st.sampled_from([0.5, 2.25, 7.125])
many = st.lists(st.tuples(figures, figures), min_size=8, max_size=40)


def slow_ranks(numbers):
    return [sum(other < one for other in numbers) + (sum(other == one for other in numbers) + 1) / 2 for one in numbers]


def slow_spearman(pairs):
    """Pearson's formula, written out over the ranks."""
    first, second = (slow_ranks(numbers) for numbers in zip(*pairs, strict=True))
    middle = (len(pairs) + 1) / 2
    across = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
    spreads = sum((a - middle) ** 2 for a in first), sum((b - middle) ** 2 for b in second)
    return None if 0 in spreads else across / sqrt(spreads[0] * spreads[1])


def test_equal_figures_share_the_mean_of_their_places():
    assert average_ranks([30, 10, 20, 20]) == [4, 1, 2.5, 2.5]


def test_the_textbook_case():
    iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]

    found = spearman(list(zip(iq, hours, strict=True)))

    assert isclose(found.value, -29 / 165)  # 1 − 6·194 / (10·99)
    assert [round(found.low, 3), round(found.high, 3), found.pairs] == [-0.728, 0.515, 10]
    assert found.says == "nothing"


@pytest.mark.parametrize(("sign", "says"), [(1, "more"), (-1, "less")])
def test_a_perfect_order_is_one_and_still_has_an_interval(sign, says):
    found = spearman([(n, sign * n**3) for n in range(8)])

    assert (found.value, found.says) == (sign, says)
    assert 0.9 < min(abs(found.low), abs(found.high)) < 1


TOO_FEW, ALL_ONE_SCORE, ALL_ONE_FIGURE = (
    [(n, n) for n in range(7)],
    [(5, n) for n in range(20)],
    [(n, 5) for n in range(20)],
)


@pytest.mark.parametrize("pairs", [[], TOO_FEW, ALL_ONE_SCORE, ALL_ONE_FIGURE])
def test_what_cannot_be_told_is_not_told(pairs):
    assert spearman(pairs) is None


@given(many)
def test_it_equals_a_slow_reference(pairs):
    slow, found = slow_spearman(pairs), spearman(pairs)

    assert (found is None) == (slow is None)
    if found:
        assert isclose(found.value, slow, abs_tol=1e-9)
        assert -1 <= found.low <= found.value <= found.high <= 1


@given(many)
def test_only_the_order_counts_and_turning_it_turns_the_sign(pairs):
    found, stretched = spearman(pairs), spearman([(a, b**3) for a, b in pairs])
    turned = spearman([(a, -b) for a, b in pairs])

    assert found == stretched
    if found:
        assert isclose(turned.value, -found.value, abs_tol=1e-9)
        assert isclose(turned.low, -found.high, abs_tol=1e-9)
