"""A file's bytes as rows of plain cells, after a look at what would make reading it dangerous."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from math import isfinite
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook

from teams.actions import delimited
from teams.actions.refusals import Refused
from teams.rules.sheets.cells import Cell, address
from teams.rules.sheets.kinds import LARGEST_FILE, LOOKED_AT, MOST_ROWS, Layout, Row, guess

LARGEST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 200
"""A sheet of numbers shrinks to a tenth; a bomb to a thousandth."""
MOST_PARTS = 1_000
MOST_SHEETS = 20
MOST_COLUMNS = 500
CHUNK = 1 << 20
_CELL = re.compile(rb'\br="([A-Z]{1,4})([0-9]{1,8})"')
NOT_OPENED = gettext_lazy(
    "This file cannot be read. Open it in your spreadsheet, save it as xlsx, and choose that file."
)


def check(content: bytes) -> None:
    """Refused, with a sentence, where a file is too large, dangerous or no table. Reads nothing into memory."""
    if not content:
        raise Refused(_("The file is empty."))
    if len(content) > LARGEST_FILE:
        raise Refused(_("The file is larger than 10 MB. Leave out what is no score, or send it in parts."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(_("This is an old Excel file, or one with a password. Save it as xlsx without a password."))
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise Refused(_("This is a picture or a PDF. Export the table as xlsx or csv."))
    if content.startswith(b"PK"):
        _check_zip(content)


def sheets_of(content: bytes) -> list[str]:
    """The names of the sheets that are looked at; one without a name for a text."""
    return _workbook(content).sheet_names[:MOST_SHEETS] if content.startswith(b"PK") else [""]


def top_of(content: bytes, sheet: int = 0) -> list[Row]:
    """The first rows of a sheet, among which its headings are."""
    return list(islice(rows_of(content, sheet), 2 * LOOKED_AT))


def count_rows(content: bytes, sheet: int = 0) -> int:
    """About how many rows there are: what a progress bar needs."""
    if not content.startswith(b"PK"):
        return content.count(b"\n") + 1
    return _workbook(content).get_sheet_by_index(sheet).total_height


def rows_of(content: bytes, sheet: int = 0) -> Iterator[Row]:
    """Each row with its number, counted as spreadsheets do. Refused beyond 100,000 rows or 500 columns."""
    rows = _excel_rows(_workbook(content), sheet) if content.startswith(b"PK") else delimited.rows_of(content)
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS + LOOKED_AT:
            raise Refused(_("The file has more than 100,000 rows. Send it in parts."))
        if len(cells) > MOST_COLUMNS:
            raise Refused(
                _("Row %(number)s has more than %(most)s columns. Leave out what is no score.")
                % {"number": number, "most": MOST_COLUMNS}
            )
        yield number, cells


def find_layout(content: bytes, file_name: str, remembered: dict[str, str]) -> tuple[int, Layout] | None:
    """The first sheet that looks like one of the three tables, and how it is laid out; None where none does."""
    for sheet, _name in enumerate(sheets_of(content)):
        layout = guess(top_of(content, sheet), file_name, remembered)
        if layout:
            return sheet, layout
    return None


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Refused(_("This file grows far too large when it is unpacked. Save the sheet anew as xlsx."))
            if any("vbaproject" in name.lower() for name in names):
                raise Refused(_("This file holds macros. Save it as xlsx, without macros."))
            if "xl/workbook.xml" not in names:
                raise Refused(_("This is no Excel file. Save the table as xlsx or csv."))
            unpacked = sum(_check_part(archive, part) for part in parts)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zipfile.zlib.error):
        raise Refused(NOT_OPENED) from None
    if unpacked > LARGEST_UNPACKED:
        raise Refused(_("This file grows far too large when it is unpacked. Save the sheet anew as xlsx."))


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The part's true size; Refused for a bomb, a document type, or a cell further out than a table goes.

    A single cell at XFD1048576 would make a reader hold all that lies between.
    """
    size, end, is_sheet = 0, b"", part.filename.startswith("xl/worksheets/")
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > LARGEST_UNPACKED or (size > CHUNK and size > MOST_RATIO * max(part.compress_size, 1)):
                raise Refused(_("This file grows far too large when it is unpacked. Save the sheet anew as xlsx."))
            seen = end + chunk
            if part.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in seen or b"<!ENTITY" in seen):
                raise Refused(_("This file defines entities, which no spreadsheet does. Save the sheet anew as xlsx."))
            if is_sheet and any(_is_far(column, row) for column, row in _CELL.findall(seen)):
                raise Refused(_("The table has more than 100,000 rows or 500 columns. Send it in parts."))
            end = chunk[-40:]
    return size


def _is_far(letters: bytes, row: bytes) -> bool:
    column = 0
    for letter in letters:
        column = column * 26 + letter - 64
    return column > MOST_COLUMNS or int(row) > MOST_ROWS + LOOKED_AT


def _workbook(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(NOT_OPENED) from error


def _excel_rows(workbook: CalamineWorkbook, sheet: int) -> Iterator[list[Cell]]:
    """The rows of a sheet from its first on, as the file counts them; formulas give the values last stored."""
    try:
        table = workbook.get_sheet_by_index(sheet)
        left = [None] * (table.start[1] if table.start else 0)  # the reader leaves out empty columns there
        for number, row in enumerate(table.iter_rows(), 1):
            yield left + [_cell(value, number, len(left) + column) for column, value in enumerate(row)]
    except (CalamineError, OSError, ValueError) as error:
        raise Refused(NOT_OPENED) from error


def _cell(value: Any, row: int, column: int) -> Cell:
    if isinstance(value, bool) or value is None or value == "":
        return None
    if isinstance(value, str):
        if len(value) > delimited.LONGEST_CELL:
            raise Refused(
                _("Cell %(cell)s holds %(number)s characters. That is no score: empty it.")
                % {"cell": address(row, column), "number": number_format(len(value), force_grouping=True)}
            )
        return value.strip() or None
    if isinstance(value, int | float):
        return Decimal(str(value)) if isfinite(value) else None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return None if isinstance(value, time | timedelta) else str(value)
