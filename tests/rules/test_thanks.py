"""How often one may thank, and to whom a manager is offered a word."""

import pytest

from teams.rules.thanks import Rarity, is_first_fifty, may_thank, offered


@pytest.mark.parametrize(("said", "may"), [(0, True), (2, True), (3, False), (4, False)])
def test_one_thanks_three_times_a_month(said, may):
    assert may_thank(said) == may


@pytest.mark.parametrize(
    ("total", "earlier", "is_first"),
    [(50, [49, 30], True), (61, [12], True), (49, [40], False), (60, [50, 40], False), (60, [], False)],
)
def test_a_first_fifty_has_lower_months_before_it(total, earlier, is_first):
    assert is_first_fifty(total, earlier) == is_first


def test_two_are_offered_the_rarest_first_and_each_once():
    assert offered([1], [1, 2, 3], [4]) == {1: Rarity.COMEBACK, 2: Rarity.FIRST_FIFTY}


def test_who_gained_most_is_offered_where_that_is_one_person():
    assert offered([], [], [4]) == {4: Rarity.LARGEST_GAIN}
    assert offered([], [], [4, 5]) == {}
