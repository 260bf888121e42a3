"""The first steps of a new site."""

from teams.rules.first_steps import FirstStep, first_steps


def test_an_empty_site_has_four_steps_to_take():
    assert first_steps(set()) == [("people", False), ("history", False), ("wall", False), ("challenge", False)]


def test_what_is_done_stays_among_them_with_a_tick():
    done = {FirstStep.WALL, FirstStep.PEOPLE}

    assert first_steps(done) == [("people", True), ("history", False), ("wall", True), ("challenge", False)]


def test_they_are_gone_once_all_are_done():
    assert first_steps(set(FirstStep)) == []
