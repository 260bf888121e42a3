"""Reading a pasted list of holidays, and adding days to it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from teams.rules.sheets import days

Named = tuple[tuple[str, str], ...]
"""Codes and their names, in the order of the names."""


class NationalHolidays(NamedTuple):
    """All countries, and of the one that is meant the code, the regions and the days with their names."""

    countries: Named
    country: str
    regions: Named
    days: tuple[tuple[date, str], ...]


class Holidays(NamedTuple):
    """The days that were understood, in order, once each, and the lines that were not."""

    days: list[date]
    unclear: list[str]


def read_holidays(text: str) -> Holidays:
    """One day a line, such as 2026-12-25 or 25.12.2026, before or without the holiday's name."""
    read = _day_by_line(text)
    return Holidays(sorted({day for day in read.values() if day}), [line for line, day in read.items() if not day])


def add_holidays(text: str, named: Iterable[tuple[date, str]]) -> str:
    """The list with these days and their names, a day a line and in order; lines without a day stand at its end."""
    read = _day_by_line(text)
    listed = {day: line for line, day in read.items() if day} | {day: f"{day} {name}" for day, name in named}
    return "\n".join([listed[day] for day in sorted(listed)] + [line for line, day in read.items() if not day])


def _day_by_line(text: str) -> dict[str, date | None]:
    lines = [line.strip(" \t,;") for line in text.splitlines()]
    written = [line for line in lines if line]
    order = days.order(start for line in written for start in _starts(line))
    return {line: _day(line, order) for line in written}


def _day(line: str, order: str) -> date | None:
    return next((day for start in _starts(line) if (day := days.day(start, order))), None)


def _starts(line: str) -> Iterator[str]:
    """The line's first three words, as in 25 December 2026, two or one of them: a day may be any."""
    words = line.replace(",", " ").replace(";", " ").replace("\t", " ").split()
    return (" ".join(words[:count]) for count in (3, 2, 1))
