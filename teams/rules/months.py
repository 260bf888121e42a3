"""The month that everything belongs to, and the working days in it."""

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"(2[01][0-9]{2})-(0[1-9]|1[0-2])")
"""Of the years 2000 to 2199: nothing is reckoned before them or after."""


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, written `2026-11`."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (1 <= self.number <= 12 and 1 <= self.year <= 9999):
            raise ValueError(f"no such month: {self.year}, {self.number}")

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that `day` lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """The month written as `2026-11`; ValueError for anything else."""
        match = _WRITTEN.fullmatch(text)
        if not match:
            raise ValueError(f"a month is written like 2026-11, not {text!r}")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    def __add__(self, months: int) -> "Month":
        year, index = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, index + 1)

    def __sub__(self, months: int) -> "Month":
        return self + -months

    def since(self, other: "Month") -> int:
        """How many months lie between `other` and this one; negative when `other` is later."""
        return (self.year - other.year) * 12 + self.number - other.number

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return date(self.year, self.number, monthrange(self.year, self.number)[1])

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    def days(self) -> list[date]:
        """Every day of the month, in order."""
        return [self.first_day + timedelta(days=n) for n in range(self.last_day.day)]


def days_left(last: date, today: date, first: date = date.min) -> int:
    """The days up to the last one on which something counts, that and today included; before the first, all of them."""
    return max(0, (last - max(today, first)).days + 1)


def months_between(first: Month, last: Month) -> list[Month]:
    """Every month from the first to the last, both included."""
    return [first + n for n in range(last.since(first) + 1)]


def is_working_day(day: date, holidays: Collection[date] = ()) -> bool:
    """Monday to Friday, unless it is a holiday."""
    return day.weekday() < 5 and day not in holidays


def last_working_days(month: Month, count: int, holidays: Collection[date] = ()) -> list[date]:
    """The last `count` working days of the month, in order; fewer where the month has fewer."""
    working = [day for day in month.days() if is_working_day(day, holidays)]
    return working[-count:]
