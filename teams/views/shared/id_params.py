"""The ids that addresses and forms name, and whatever else stands in their place."""

from collections.abc import Iterable

LONGEST = 18
"""Digits that every id of the database has room for."""


def number(text: str) -> int | None:
    """The id that a text is; None where it is no such number."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None


def numbers(texts: Iterable[str]) -> list[int]:
    """The ids among some texts."""
    return [value for value in map(number, texts) if value is not None]
