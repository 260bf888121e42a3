"""When a number was, or that it is a goal, by the words beside it."""

import re

from teams.rules.paste import words
from teams.rules.paste.tokens import either

_DAY = re.compile(r"(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)|(?<!\d)(\d{1,2})\.(\d{1,2})\.(20\d\d)(?!\d)")
_GOAL = re.compile(rf"(?<![^\W\d_]){either(words.GOALS)}(?![^\W\d_])")
_PAST = re.compile(rf"(?<![^\W\d_]){either(words.PAST)}(?![^\W\d_])")
_NOW = re.compile(rf"(?<![^\W\d_]){either(words.NOW)}(?![^\W\d_])")

Moment = tuple[str, str]


def is_goal(text: str) -> bool:
    """Whether words such as "goal", "max" or "estimated" say that a number is not a score that somebody has."""
    return _GOAL.search(text) is not None


def moment(text: str) -> Moment | None:
    """When the words say that a number was: a day, the past or now; None where they do not."""
    if day := _DAY.search(text):
        year, month, date = day.group(1, 2, 3) if day.group(1) else day.group(6, 5, 4)
        return ("day", f"{year}-{int(month):02}-{int(date):02}")
    if _PAST.search(text):
        return ("told", "0")
    return ("told", "1") if _NOW.search(text) else None
