"""What a row of a month's scores asks for."""

from decimal import Decimal

import pytest

from teams.rules.month_scores import NOTHING, RowChange, row_change

SIXTY = (60, Decimal(15), Decimal(15), Decimal(15), Decimal(15))
SEVENTY = (70, None, None, None, None)


@pytest.mark.parametrize(
    ("typed", "opened", "current", "expected"),
    [
        (NOTHING, NOTHING, NOTHING, RowChange.NONE),
        (SIXTY, SIXTY, SIXTY, RowChange.NONE),
        (SIXTY, NOTHING, NOTHING, RowChange.NEW),
        (SEVENTY, SIXTY, SIXTY, RowChange.CORRECTS),
        (NOTHING, SIXTY, SIXTY, RowChange.EMPTIED),
    ],
)
def test_a_row_asks_for_what_is_other_than_what_stands(typed, opened, current, expected):
    assert row_change(typed, opened, current) == expected


def test_a_row_that_nobody_touched_leaves_what_came_in_meanwhile():
    assert row_change(NOTHING, NOTHING, SIXTY) == RowChange.NONE
    assert row_change(SIXTY, SIXTY, SEVENTY) == RowChange.NONE
    assert row_change(SIXTY, SIXTY, NOTHING) == RowChange.NONE


def test_the_same_saved_twice_is_nothing_the_second_time():
    assert row_change(SIXTY, NOTHING, SIXTY) == RowChange.NONE


def test_another_score_than_the_one_that_came_in_meanwhile_is_asked_about():
    assert row_change(SIXTY, NOTHING, SEVENTY) == RowChange.OVERTAKEN
    assert row_change(SEVENTY, SIXTY, NOTHING) == RowChange.OVERTAKEN


def test_trailing_zeros_are_no_correction():
    assert row_change((60, Decimal("15.000"), *SIXTY[2:]), SIXTY, SIXTY) == RowChange.NONE
