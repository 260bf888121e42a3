"""Passwords that anybody guesses because they are made by a rule: `aaaaaaaaaaaa`, `123456789012`, `abc1abc1abc1`."""

from itertools import pairwise

LOOKS_AT = 128
"""So many characters are looked at, however long a password is."""
CHARACTERS_A_RUN = 3
"""From so many characters a run on, on average, a password is counted rather than thought of."""


def is_predictable(password: str) -> bool:
    """Whether it is a shorter one repeated, or made of few runs of repeated or counted characters."""
    small = password[:LOOKS_AT].casefold()
    return _is_repeated(small) or _runs(small) * CHARACTERS_A_RUN <= len(small)


def _is_repeated(text: str) -> bool:
    """Whether it is the same characters again and again, the last time perhaps cut off: `abcdabcdab`."""
    return any(text[length:] == text[:-length] for length in range(1, len(text) // 2 + 1))


def _runs(text: str) -> int:
    """How many stretches it has in which each character follows from the one before: `aaaa1234` has two."""
    return 1 + sum(not _follows(one, other) for one, other in pairwise(text))


def _follows(one: str, other: str) -> bool:
    return abs(ord(other) - ord(one)) <= 1 or one + other in ("90", "09")
