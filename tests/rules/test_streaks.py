"""Months submitted in a row."""

import pytest

from teams.rules.streaks import Turn, longest, running, streaks

TURNS = {"x": Turn.SUBMITTED, "~": Turn.FROZEN, ".": Turn.MISSED}


def turns(drawn):
    return [TURNS[mark] for mark in drawn]


@pytest.mark.parametrize(
    ("drawn", "lengths"),
    [
        ("", []),
        ("xxx", [1, 2, 3]),
        ("xx.x", [1, 2, 0, 1]),
        ("xx~x", [1, 2, 2, 3]),
        ("~~x", [0, 0, 1]),
        ("x~.x", [1, 1, 0, 1]),
    ],
)
def test_a_streak_grows_with_every_month_freezes_and_ends(drawn, lengths):
    assert streaks(turns(drawn)) == lengths


@pytest.mark.parametrize(("drawn", "now", "most"), [("", 0, 0), ("xxx.x", 1, 3), ("xx~", 2, 2), (".x.", 0, 1)])
def test_the_running_and_the_longest(drawn, now, most):
    assert (running(turns(drawn)), longest(turns(drawn))) == (now, most)
