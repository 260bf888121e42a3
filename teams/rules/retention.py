"""How long an organization keeps what it stores, in months."""

from datetime import date

from teams.rules.months import Month
from teams.rules.scores import REACH_BACK

SHORTEST, USUAL, LONGEST = 15, 36, 120
"""A year's chart with what its changes look back at, and the longest challenge with its settlement, fit in 15."""


def kept_from(today: date, months: int) -> Month:
    """The earliest month that is kept whole: boards, places, log, and whatever else happened in it."""
    return Month.of(today) - months


def readings_from(month: Month) -> Month:
    """The earliest month of which readings are kept: the first boards that are kept compare with them."""
    return month - REACH_BACK
