"""What a change of a score means, and what of a reading to look at twice."""

from datetime import date
from decimal import Decimal

import pytest

from teams.rules.months import Month
from teams.rules.scores import Change, Reading, change, flags, headroom_closed

MARCH, MAY = Month(2024, 3), Month(2024, 5)


def reading(total, month=MAY, pillars=(None, None, None, None)):
    """A score read on the 20th of its month."""
    return Reading(total, date(month.year, month.number, 20), month, tuple(pillars))


def digits(*points):
    return tuple(Decimal(each) for each in points)


@pytest.mark.parametrize(
    ("now", "before", "wanted"),
    [
        (reading(58), reading(50, MAY - 1), Change(8, MAY - 1)),
        (reading(44), reading(50, MAY - 3), Change(-6, MAY - 3)),
        (reading(58), reading(50, MAY - 4), None),
        (reading(58), reading(50, MAY), None),
        (reading(58), reading(50, MAY + 1), None),
        (reading(58), None, None),
    ],
)
def test_a_change_is_from_a_month_of_the_last_three(now, before, wanted):
    assert change(now, before) == wanted


@pytest.mark.parametrize(
    ("marks", "wanted"),
    [
        ([(date(2024, 4, 1), -4)], Change(12, MARCH, recalibrated=True)),
        ([(date(2024, 3, 20), -4)], Change(8, MARCH)),
        ([(date(2024, 5, 20), -4)], Change(12, MARCH, recalibrated=True)),
        ([(date(2024, 5, 21), -4)], Change(8, MARCH)),
        ([(date(2024, 4, 1), -4), (date(2024, 5, 1), 3)], Change(9, MARCH, recalibrated=True)),
        ([(date(2024, 4, 1), 0)], Change(8, MARCH, recalibrated=True)),
    ],
)
def test_what_linkedin_moved_between_the_readings_is_taken_off(marks, wanted):
    assert change(reading(58), reading(50, MARCH), marks) == wanted


@pytest.mark.parametrize(
    ("points", "direction"), [(2, "up"), (1, "steady"), (0, "steady"), (-1, "steady"), (-2, "down")]
)
def test_a_point_more_or_less_is_steady(points, direction):
    assert Change(points, MARCH).direction == direction


@pytest.mark.parametrize(
    ("points", "before", "share"), [(5, 50, 10), (5, 0, 5), (5, 90, 50), (5, 91, None), (0, 50, None), (-5, 50, None)]
)
def test_headroom_closed_is_the_share_of_the_way_to_100(points, before, share):
    assert headroom_closed(Change(points, MARCH), before) == share


@pytest.mark.parametrize(
    ("now", "before", "wanted"),
    [
        (reading(60), None, []),
        (reading(60, pillars=digits("15", "15", "15", "15")), None, []),
        (reading(60, pillars=digits("15", "15", "15", "17")), None, ["sum"]),
        (reading(66), reading(50, MARCH), ["jump"]),
        (reading(65), reading(50, MARCH), []),
        (reading(30), reading(50, MARCH), []),
        (
            reading(60, pillars=digits("15", "15", "15", "15")),
            reading(60, MARCH, digits("15", "15", "15", "15")),
            ["same_digits"],
        ),
        (reading(60), reading(60, MARCH), []),
    ],
)
def test_what_a_manager_looks_at_twice(now, before, wanted):
    assert flags(now, before) == wanted
