"""Rows of a text file: its encoding, its separator, its cells."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from teams.files.csv_escaping import csv_text
from teams.files.excel_process import LONGEST_CELL
from teams.rules.errors import Refused
from teams.rules.sheets.cells import Cell

SAMPLE_ROWS = 50
SEPARATORS = "\t;,"
"""In the order in which they win where several fit: a decimal comma must not beat a semicolon."""
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

csv.field_size_limit(LONGEST_CELL)


def rows_of(content: bytes) -> Iterator[list[Cell]]:
    """Each row's cells as texts, None for empty ones; Refused where it is no table of text."""
    text = _text(content)
    separator, body = _separator(text)
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator):
            yield [csv_text(cell.strip()).strip() or None for cell in row]
    except csv.Error as error:
        raise Refused(
            _(
                "This file cannot be read as a table: a cell is longer than 10,000 characters, or a quotation mark "
                "is never closed. Open it in your spreadsheet and save it as xlsx."
            )
        ) from error


def _text(content: bytes) -> str:
    """The file's text: as its mark says, else UTF-8, else UTF-16 without a mark, else Windows-1252."""
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or text.count("\N{REPLACEMENT CHARACTER}") > len(text) / 100:
        raise Refused(_("This is neither a spreadsheet nor a text. Save it as xlsx or csv, and choose that file."))
    return text


def _encoding(content: bytes) -> str:
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    start = content[:2_000]
    if start.count(0) > len(start) / 4:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    return "utf-8"


def _separator(text: str) -> tuple[str, str]:
    """What stands between cells, and the text after Excel's own line that says so."""
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"').lower()
    if said.startswith("sep=") and len(said) == 5:
        return said[4], rest
    if first.rstrip("\r").lower() == "sep=\t":
        return "\t", rest
    return max(SEPARATORS, key=lambda separator: _fit(text, separator)), text


def _fit(text: str, separator: str) -> tuple[int, bool]:
    """How many of the first rows have the commonest number of cells beyond one."""
    counts: Counter[int] = Counter()
    try:
        for row in csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator):
            counts[len(row)] += len(row) > 1
            if counts.total() >= SAMPLE_ROWS:
                break
    except csv.Error:
        return 0, False
    return max(counts.values(), default=0), True
