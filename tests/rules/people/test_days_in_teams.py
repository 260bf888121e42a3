"""From when to when somebody is in a team."""

from datetime import date

import pytest

from teams.rules.people.days_in_teams import Span, added_days


def days(first, end=None):
    return Span(date(2026, 3, first), date(2026, 3, end) if end else None)


@pytest.mark.parametrize(
    ("other", "meets"),
    [
        (days(1, 5), False),
        (days(1, 6), True),
        (days(9, 12), True),
        (days(10), False),
        (days(7, 8), True),
        (days(1), True),
    ],
)
def test_the_day_of_leaving_is_no_day_in_the_team(other, meets):
    assert days(5, 10).meets(other) is meets


@pytest.mark.parametrize(
    ("before", "after", "added"),
    [
        (days(5, 10), days(5, 10), []),
        (days(5, 10), days(6, 9), []),
        (days(5, 10), days(3, 10), [days(3, 5)]),
        (days(5, 10), days(5, 12), [days(10, 12)]),
        (days(5), days(2), [days(2, 5)]),
        (days(5), days(8), []),
        (days(5, 10), days(1, 3), [days(1, 3)]),
        (days(5, 10), days(12, 14), [days(12, 14)]),
    ],
)
def test_only_the_days_that_a_correction_adds_are_new(before, after, added):
    assert added_days(before, after) == added
