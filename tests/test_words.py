"""Figures and months in words."""

from decimal import Decimal

import pytest

from teams.rules.months import Month
from teams.rules.scores import Change
from teams.templatetags import words

AUGUST = Month(2026, 8)


def test_a_sign_stands_before_every_difference():
    assert [words.signed(value) for value in (3, 0, -2)] == ["+3", "0", "−2"]


@pytest.mark.parametrize(
    ("place", "expected"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (21, "21st"), (113, "113th")],
)
def test_places_are_written_with_their_ending(place, expected):
    assert words.ordinal(place) == expected


def test_months_have_a_long_and_a_short_name():
    assert (words.month_name(AUGUST), words.month_short(AUGUST)) == ("August 2026", "Aug")


def test_a_change_names_its_month():
    assert words.change_words(Change(6, AUGUST)) == "+6 since Aug"
    assert words.change_words(Change(-2, AUGUST)) == "−2 since Aug"
    assert words.change_words(None) == "first score"


def test_a_point_up_or_down_is_steady():
    assert [words.change_short(Change(points, AUGUST)) for points in (2, 1, 0, -1, -2)] == [
        "+2",
        "steady",
        "steady",
        "steady",
        "−2",
    ]


def test_a_climb_is_counted_in_places():
    assert [words.climb_words(climb) for climb in (2, 1, 0, -1, None)] == [
        "up 2 places",
        "up 1 place",
        "same place",
        "down 1 place",
        "",
    ]


def test_a_pillar_is_shown_as_linkedin_shows_it_or_to_a_tenth():
    pillars = [Decimal("13.118"), Decimal("3.680"), Decimal("25.000"), Decimal("0"), None]

    assert [words.exact(pillar) for pillar in pillars] == ["13.118", "3.68", "25", "0", ""]
    assert [words.tenth(pillar) for pillar in pillars] == ["13.1", "3.7", "25.0", "0.0", ""]


def test_a_tenth_is_rounded_half_up():
    assert words.tenth(Decimal("20.950")) == "21.0"


@pytest.mark.parametrize(
    ("about", "said"), [(Month(2026, 10), "October 2026"), ("2026-10", "2026-10"), ("Lunch", "Lunch"), ("", "")]
)
def test_what_a_message_is_about_is_a_month_in_words_or_a_title(about, said):
    assert words.month_or_title(about) == said
