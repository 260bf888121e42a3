"""How long an organization keeps what it stores, in months."""

from datetime import date

from teams.rules.months import Month
from teams.rules.scores import REACH_BACK

SHORTEST, USUAL, LONGEST = 15, 36, 120
"""15 months hold a year's chart with the months that its changes compare with, and the longest challenge to its end."""


def kept_from(today: date, months: int) -> Month:
    """The earliest month of which everything is kept: boards, places, log, and whatever else happened in it."""
    return Month.of(today) - months


def readings_from(month: Month) -> Month:
    """The earliest month of which readings are kept: the first boards that are kept compare with them."""
    return month - REACH_BACK
