"""Passwords that one can read and type."""

from hypothesis import given
from hypothesis import strategies as st

from teams.rules.people.passwords import WORDS, passphrase


def test_the_same_digest_makes_the_same_passphrase():
    assert passphrase(bytes([0, 1, 127, 9])) == "acorn-agate-yarrow-19"


@given(st.binary(min_size=4))
def test_every_digest_makes_three_words_and_two_digits(digest):
    *words, number = passphrase(digest).split("-")
    assert len(words) == 3
    assert set(words) <= set(WORDS)
    assert 10 <= int(number) <= 99


def test_no_word_is_there_twice():
    assert len(set(WORDS)) == len(WORDS) == 128
