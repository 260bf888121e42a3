"""Days as French writes them: "1er novembre", then "2 novembre". Django's formats know English endings only."""

from datetime import date

from django.utils.dateformat import DateFormat
from django.utils.translation import get_language

english = DateFormat.S


def ending(day: DateFormat) -> str:
    """What a format's `S` writes after the day's number: "er" after the first in French, else what Django does."""
    if (get_language() or "").startswith("fr"):
        return "er" if isinstance(day.data, date) and day.data.day == 1 else ""
    return english(day)


def install() -> None:
    """Have every date of this process written so."""
    DateFormat.S = ending  # type: ignore[method-assign, assignment]  # a method in place of another: it is a patch
