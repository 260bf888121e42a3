"""Months submitted in a row. A month away or without access neither adds to a streak nor ends it."""

from collections.abc import Iterable
from enum import StrEnum
from itertools import accumulate


class Turn(StrEnum):
    """What somebody did in a month."""

    SUBMITTED = "submitted"
    FROZEN = "frozen"
    """Away, without access, or the month is not over yet."""
    MISSED = "missed"


def streaks(turns: Iterable[Turn]) -> list[int]:
    """The length of the streak after each month, oldest first."""
    return list(accumulate(turns, _after, initial=0))[1:]


def running(turns: Iterable[Turn]) -> int:
    """The streak as it stands after the last month."""
    return next(reversed(streaks(turns)), 0)


def longest(turns: Iterable[Turn]) -> int:
    """The longest streak there ever was."""
    return max(streaks(turns), default=0)


def _after(length: int, turn: Turn) -> int:
    return {Turn.SUBMITTED: length + 1, Turn.FROZEN: length, Turn.MISSED: 0}[turn]
