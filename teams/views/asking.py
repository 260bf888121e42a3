"""How often an open page or screen asks whether there is news."""

from secrets import randbelow

NEWS_EVERY = 2_700
JITTER = 300
"""Milliseconds between questions: never more than three seconds, and not all at once."""


def news_every() -> str:
    """The milliseconds that a page waits between its questions."""
    return str(NEWS_EVERY + randbelow(JITTER))
