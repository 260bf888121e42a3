"""Opens an Excel file in a process of its own: whatever a file does to its reader, only that process ends.

The file comes by standard input. Out go lines of JSON: the names of the sheets with the number of rows of the one
that was asked for, then its rows. A cell is a text, a number, `[day]`, or `[length]` where a text is too long; a row
that is too wide is its width. The process has no settings, no secrets, and only so much memory and time.
"""

import io
import json
import resource
import sys
from datetime import date, datetime
from math import isfinite
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook

MOST_SHEETS = 20
MOST_COLUMNS = 500
LONGEST_CELL = 10_000
LONGEST_NAME = 100
MOST_MEMORY = 512 << 20
"""Bytes: a hundred thousand rows of thirty columns, which is all that 10 MB hold, take half of it."""
MOST_SECONDS = 20
"""Of computing: such a file takes four."""
NO_CHARACTER = {0: "\N{REPLACEMENT CHARACTER}"}
"""NUL, which no database holds."""


def main(number: int) -> None:
    """Write what a sheet holds; ends otherwise than with 0 where that cannot be read."""
    for limit, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    names = [name[:LONGEST_NAME].translate(NO_CHARACTER) for name in book.sheet_names[:MOST_SHEETS]]
    sheet = book.get_sheet_by_index(number) if number < len(names) else None
    _say([names, sheet.total_height if sheet else 0])
    if sheet:
        _say_rows(sheet)
    sys.stdout.flush()


def _say_rows(sheet: CalamineSheet) -> None:
    """The rows from the file's first on; formulas give the values last stored."""
    left = [None] * (sheet.start[1] if sheet.start else 0)  # the reader leaves out empty columns there
    for row in sheet.iter_rows():
        width = len(left) + len(row)
        _say(width if width > MOST_COLUMNS else left + [_plain(value) for value in row])


def _plain(value: Any) -> Any:
    """A cell in JSON; nothing for what is neither a text nor a number nor a day."""
    if isinstance(value, str):
        return value.translate(NO_CHARACTER) if len(value) <= LONGEST_CELL else [len(value)]
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value if isfinite(value) else None
    if isinstance(value, date):
        return [(value.date() if isinstance(value, datetime) else value).isoformat()]
    return None


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
