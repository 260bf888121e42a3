"""The short code by which a screen is claimed: eight consonants, so that no word comes out and none sounds like two."""

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
LENGTH = 8
LIVES = 600
"""Seconds after which a code that nobody used is another one."""


def read_code(typed: str) -> str | None:
    """The code in what somebody typed, however they wrote it; None where it cannot be one."""
    letters = "".join(letter for letter in typed.upper() if letter.isalnum())
    return letters if len(letters) == LENGTH and set(letters) <= set(LETTERS) else None


def hyphenated(code: str) -> str:
    """`BCDF-GHJK`, as the screen shows it."""
    return f"{code[:4]}-{code[4:]}"
