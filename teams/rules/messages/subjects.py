"""What a message is about: by this, and its kind, each reader gets it once."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from teams.rules.months import Month

_MONTH, _WEEK = re.compile(r"\d{4}-\d\d"), re.compile(r"\d{4}-W\d\d")


class Thing(StrEnum):
    """What has an id, and messages about it."""

    CHALLENGE = "challenge"
    GOAL = "goal"
    MOMENT = "moment"
    FORMULA = "formula"
    """A mark on the day on which LinkedIn changed it."""


class About(NamedTuple):
    """One such thing."""

    thing: Thing
    pk: int


@dataclass(frozen=True)
class Subject:
    """A month, a week or a thing, or a thing in a month; `step` tells several messages about the same apart.

    Stored as a text: "2026-11 -3", "2026-W49 7", "2026-11 formula 5", "challenge 7 result 2".
    """

    month: Month | None = None
    week: str = ""
    about: About | None = None
    step: str = ""

    def __str__(self) -> str:
        parts = [self.month, self.week, *(self.about or ()), self.step]
        return " ".join(str(part) for part in parts if part not in (None, ""))

    @classmethod
    def parse(cls, text: str) -> "Subject":
        """The subject that is stored so; what is neither a period nor a thing at its beginning is its step."""
        words = text.split()
        month = Month.parse(words.pop(0)) if words and _MONTH.fullmatch(words[0]) else None
        week = words.pop(0) if words and _WEEK.fullmatch(words[0]) else ""
        about = About(Thing(words.pop(0)), int(words.pop(0))) if words and words[0] in set(Thing) else None
        return cls(month, week, about, " ".join(words))
