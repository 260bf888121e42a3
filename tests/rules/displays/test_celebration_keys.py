"""The keys of what a wall celebrates."""

from hypothesis import given
from hypothesis import strategies as st

from teams.rules.displays.celebration_keys import CelebrationKey, CelebrationKind


@given(st.builds(CelebrationKey, st.sampled_from(CelebrationKind), st.integers(min_value=0)))
def test_a_key_is_read_as_it_was_written(key):
    assert CelebrationKey.parse(str(key)) == key


def test_a_key_is_written_as_the_database_makes_it():
    assert str(CelebrationKey(CelebrationKind.GOAL, 7)) == "goal-7"
