"""Passwords that are made by a rule."""

import pytest

from teams.rules.people.passwords import is_predictable
from tests.makers import PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "AaAaAaAaAaAa",
        "............",
        "123456789012",
        "210987654321",
        "abcdefghijkl",
        "Abcdefgh1234",
        "aaaabbbbcccc",
        "111222333444",
        "abc1abc1abc1",
        "Sommer1!Sommer1!",
        "kelp-kelp-ke",
        "aaaaaaaaaaa1!",
        "ääääääääääää",
    ],
)
def test_what_repeats_or_counts_is_predictable(password):
    assert is_predictable(password)


@pytest.mark.parametrize(
    "password", [PASSWORD, "kelp-amber-raven-42", "a sentence of my own", "Xk7pQ2vL9wRt", "été à Nîmes, 3x"]
)
def test_words_and_chance_are_not(password):
    assert not is_predictable(password)


def test_however_long_it_is_it_takes_no_time():
    assert is_predictable("ab" * 1_000_000)
