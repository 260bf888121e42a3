"""Texts that a spreadsheet would run as formulas, in a workbook and in a csv, whatever it takes for its separator.

`defused` and `csv_line` write them, `undefused` and `csv_text` read them as they were.
"""

import re
from collections.abc import Iterable

_FORMULA = "'*[ \u00a0]*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]"
"""How a formula begins, the wide signs of East Asian keyboards too; and what an apostrophe was put before already."""
_BEGINS = re.compile(_FORMULA)
_BEGINS_A_CELL = re.compile(rf"([,;\t|\r\n])(?={_FORMULA})")
"""A separator of cells or rows, in whichever country a csv is opened, before what would begin a formula there."""
_DEFUSED_CELL = re.compile(rf"([,;\t|\r\n])'(?={_FORMULA})")


def defused(value: object) -> object:
    """A text that begins like a formula gets an apostrophe in front; numbers and other values stay as they are."""
    return f"'{value}" if isinstance(value, str) and _BEGINS.match(value) else value


def undefused(text: str) -> str:
    """A text without the apostrophe that defused it; before a letter it belongs to the name, as in 't Hooft."""
    return text[1:] if text.startswith("'") and _BEGINS.match(text, 1) else text


def csv_line(row: Iterable[object]) -> str:
    """A line of a csv: each text in quotes and defused, also behind each separator in it; numbers and days are bare."""
    return ",".join(map(_cell, row)) + "\r\n"


def csv_text(cell: str) -> str:
    """What the text of a cell was before `csv_line` defused it."""
    return _DEFUSED_CELL.sub(r"\1", undefused(cell)) if "'" in cell else cell


def _cell(value: object) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = _BEGINS_A_CELL.sub(r"\1'", str(defused(value)))
    return '"' + text.replace('"', '""') + '"' if text else ""
