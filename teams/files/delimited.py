"""Rows of a text file: its encoding, its separator, its cells."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from teams.files.csv_escaping import csv_text
from teams.files.encodings import encoding_of
from teams.files.excel_process import LONGEST_CELL
from teams.rules.errors import Refused
from teams.rules.sentences import Sentence
from teams.rules.sheets.cells import Cell

NO_TABLE = Sentence("This is neither a spreadsheet nor a text. Save it as xlsx or csv, and choose that file.")
SAMPLE_ROWS = 50
SEPARATORS = "\t;,"
"""In the order in which they win where several fit: a decimal comma must not beat a semicolon."""
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")

csv.field_size_limit(LONGEST_CELL)


def rows_of(content: bytes, encoding: str = "") -> Iterator[list[Cell]]:
    """Each row's cells as texts, None for empty ones; Refused where it is no table of text.

    Without an encoding the most likely one is taken.
    """
    text = _text(content, encoding)
    separator, body = _separator(text)
    try:
        for row in csv.reader(io.StringIO(body, newline=""), delimiter=separator):
            yield [csv_text(cell.strip()).strip() or None for cell in row]
    except csv.Error as error:
        raise Refused(
            Sentence(
                "This file cannot be read as a table: a cell is longer than 10,000 characters, or a quotation mark "
                "is never closed. Open it in your spreadsheet and save it as xlsx."
            )
        ) from error


def has_commas(content: bytes, encoding: str = "") -> bool:
    """Whether commas stand between the cells of a text."""
    return _separator(_text(content, encoding))[0] == ","


def _text(content: bytes, encoding: str) -> str:
    """The file's text; what is broken in it is a sign of its own. Refused where it is none."""
    text = content.decode(encoding or encoding_of(content), errors="replace")
    if "\0" in text or len(CONTROLS.findall(text)) > len(text) / 100:
        raise Refused(NO_TABLE)
    return text


def _separator(text: str) -> tuple[str, str]:
    """What stands between cells, and the text after Excel's own line that says so."""
    first, _, rest = text.partition("\n")
    first_cell = first.strip().strip('"').lower()
    if first_cell.startswith("sep=") and len(first_cell) == 5:
        return first_cell[4], rest
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
