"""What a token of the API may do, and how often and for how long."""

from datetime import timedelta
from enum import StrEnum


class Scope(StrEnum):
    """What a token is for. Each still needs the right of whoever made it."""

    READ = "read"
    SUBMIT = "submit"
    PEOPLE = "people"
    FIGURES = "figures"


PER_MINUTE = 120
"""Questions that a token may ask within a minute."""
PAGE = 100
"""Rows of a list that come at once."""
ANSWERS_KEPT = timedelta(hours=24)
"""How long a repeated Idempotency-Key gets the first answer again."""
LONGEST_KEY = 100
"""Characters of an Idempotency-Key."""
MOST_TOKENS = 20
"""How many one person may have at a time."""
LIVES = (30, 90, 365)
"""Days for which a token can be made."""
