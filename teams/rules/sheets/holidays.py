"""Reading a pasted list of holidays."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from teams.rules.sheets import days


class Holidays(NamedTuple):
    """The days that were understood, in order, once each, and the lines that were not."""

    days: list[date]
    unclear: list[str]


def read_holidays(text: str) -> Holidays:
    """One day a line, such as 2026-12-25 or 25.12.2026, before or without the holiday's name."""
    lines = [line.strip(" \t,;") for line in text.splitlines()]
    written = [line for line in lines if line]
    order = days.order(start for line in written for start in _starts(line))
    read = {line: _day(line, order) for line in written}
    return Holidays(sorted({day for day in read.values() if day}), [line for line, day in read.items() if not day])


def _day(line: str, order: str) -> date | None:
    return next((day for start in _starts(line) if (day := days.day(start, order))), None)


def _starts(line: str) -> Iterator[str]:
    """The line's first three words, as in 25 December 2026, two or one of them: a day may be any."""
    words = line.replace(",", " ").replace(";", " ").replace("\t", " ").split()
    return (" ".join(words[:count]) for count in (3, 2, 1))
