"""Which readings may be filed for which month."""

from datetime import date

import pytest

from teams.rules.months import Month
from teams.rules.months_open import refusal

MAY, TODAY = Month(2024, 5), date(2024, 6, 3)


def refused(taken_on, month=MAY, **state):
    """The first words of the sentence; None where it may be filed."""
    sentence = refusal(taken_on, month, TODAY, **{"is_closed": False, "has_reading": False} | state)
    return sentence and str(sentence)


@pytest.mark.parametrize("day", [date(2024, 5, 1), date(2024, 5, 31), date(2024, 6, 2), TODAY])
def test_a_reading_of_the_month_or_after_it_may_be_filed(day):
    assert refused(day) is None


@pytest.mark.parametrize(
    ("day", "state", "sentence"),
    [
        (date(2024, 6, 4), {}, "is in the future"),
        (date(2013, 12, 31), {"month": Month(2013, 12)}, "before 2014"),
        (date(2024, 4, 30), {}, "cannot count for May 2024, which had not begun"),
        (date(2024, 5, 20), {"kept_from": Month(2024, 6)}, "Nothing from before June 2024 is kept here"),
        (date(2024, 5, 20), {"is_closed": True}, "May 2024 is closed"),
        (date(2024, 6, 2), {"has_reading": True}, "May 2024 already has a reading"),
    ],
)
def test_what_may_not_be_filed_is_said_why(day, state, sentence):
    assert sentence in refused(day, **state)


@pytest.mark.parametrize(
    "state", [{"has_reading": True, "corrects": True}, {"kept_from": MAY}], ids=["a correction", "the first kept month"]
)
def test_a_late_correction_and_the_first_month_that_is_kept_may_be_filed(state):
    assert refused(date(2024, 6, 2), **state) is None


def test_a_second_reading_within_the_month_may_be_filed():
    assert refused(date(2024, 5, 20), has_reading=True) is None
