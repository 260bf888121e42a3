"""Texts that a spreadsheet would run as formulas, in a workbook and in a csv, whatever it takes for its separator."""

import re
from collections.abc import Iterable

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula begins with, the wide signs of East Asian keyboards too."""
_BEGINS_A_CELL = re.compile(r"([,;\t|\r\n])(?=[ \u00a0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
"""A separator of cells or rows, in whichever country a csv is opened, before what would begin a formula there."""


def defused(value: object) -> object:
    """A text that begins like a formula gets an apostrophe in front; numbers and other values stay as they are."""
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(DANGEROUS):
        return f"'{value}"
    return value


def csv_line(row: Iterable[object]) -> str:
    """A line of a csv: each text in quotes and defused, also behind each separator in it; numbers and days are bare."""
    return ",".join(map(_cell, row)) + "\r\n"


def _cell(value: object) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = _BEGINS_A_CELL.sub(r"\1'", str(defused(value)))
    return '"' + text.replace('"', '""') + '"' if text else ""
