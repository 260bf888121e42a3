"""A file's bytes as rows of plain cells, after a look at what would make reading it dangerous."""

import io
import json
import re
import sys
import zipfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, suppress
from datetime import date
from decimal import Decimal
from itertools import count, islice
from subprocess import DEVNULL, PIPE, Popen
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.files import delimited, excel_process
from teams.files.csv_escaping import undefused
from teams.files.excel_process import MOST_COLUMNS
from teams.rules.errors import Refused
from teams.rules.sheets.cells import Cell, address
from teams.rules.sheets.kinds import LARGEST_FILE, LOOKED_AT, MOST_ROWS, Layout, Row, guess

LETTERS = ("utf-8", "utf-16", "cp1252")
"""In which a file that waits is looked through for a name."""
LARGEST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 200
"""A sheet of numbers shrinks to a tenth; a bomb to a thousandth."""
MOST_PARTS = 1_000
READER = excel_process.__file__
CHUNK = 1 << 20
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,8})["']""")
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


class Look(NamedTuple):
    """What is seen of a file at first: its sheets' names, one without a name for a text, about how many rows one of
    them has, and the first of these, among which its headings are."""

    sheets: list[str]
    height: int
    rows: list[Row]


def look(content: bytes, sheet: int = 0) -> Look:
    """A first look at a sheet; no rows where there is no such sheet. Refused where the file cannot be read."""
    if not content.startswith(b"PK"):
        return Look([""], content.count(b"\n") + 1, _first(delimited.rows_of(content)))
    with closing(_said_of(content, sheet)) as lines:
        names, height = next(lines)
        return Look(names, int(height), _first(map(_cells, count(1), lines)))


def rows_of(content: bytes, sheet: int = 0) -> Iterator[Row]:
    """Each row with its number, counted as spreadsheets do. Refused beyond 100,000 rows or 500 columns."""
    rows = _excel_rows(content, sheet) if content.startswith(b"PK") else delimited.rows_of(content)
    return _numbered(rows)


def find_layout(content: bytes, file_name: str, remembered: dict[str, str]) -> tuple[int, Layout] | None:
    """The first sheet that looks like one of the three tables, and how it is laid out; None where none does."""
    looked = look(content)
    for sheet in range(len(looked.sheets)):
        layout = guess((look(content, sheet) if sheet else looked).rows, file_name, remembered)
        if layout:
            return sheet, layout
    return None


def _first(rows: Iterable[list[Cell]]) -> list[Row]:
    return list(islice(_numbered(rows), 2 * LOOKED_AT))


def _numbered(rows: Iterable[list[Cell]]) -> Iterator[Row]:
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS + LOOKED_AT:
            raise Refused(_("The file has more than 100,000 rows. Send it in parts."))
        if len(cells) > MOST_COLUMNS:
            raise Refused(
                _("Row %(number)s has more than %(most)s columns. Leave out what is no score.")
                % {"number": number, "most": MOST_COLUMNS}
            )
        yield number, cells


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
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column > MOST_COLUMNS or int(row) > MOST_ROWS + LOOKED_AT


def _excel_rows(content: bytes, sheet: int) -> Iterator[list[Cell]]:
    with closing(_said_of(content, sheet)) as lines:
        next(lines)
        yield from map(_cells, count(1), lines)


def _said_of(content: bytes, sheet: int) -> Iterator[Any]:
    """What the reader says of a workbook, line by line. Refused where it fails or takes too much."""
    command = [sys.executable, "-I", READER, str(sheet)]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}) as reader:  # noqa: S603
        try:
            with suppress(BrokenPipeError), reader.stdin:
                reader.stdin.write(content)
            for line in reader.stdout:
                yield json.loads(line, parse_int=Decimal, parse_float=Decimal)
            if reader.wait():
                raise Refused(NOT_OPENED)
        except ValueError as error:
            raise Refused(NOT_OPENED) from error
        finally:
            reader.kill()


def _cells(number: int, said: Any) -> list[Cell]:
    """A row as the reader says it."""
    if isinstance(said, list):
        return [_cell(value, number, column) for column, value in enumerate(said)]
    return [None] * int(said)


def _cell(said: Any, row: int, column: int) -> Cell:
    if isinstance(said, str):
        return undefused(said.strip()).strip() or None
    if not isinstance(said, list):
        return said
    if isinstance(said[0], str):
        return date.fromisoformat(said[0])
    raise Refused(
        _("Cell %(cell)s holds %(number)s characters. That is no score: empty it.")
        % {"cell": address(row, column), "number": number_format(said[0], force_grouping=True)}
    )


def is_named_in(content: bytes, names: Collection[str]) -> bool:
    """Whether one of the names stands anywhere in a file, whatever its letters are; case does not count."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [book.read(part) for part in book.namelist()]
    words = [name.casefold() for name in names] + [escape(name).casefold() for name in names]
    texts = (part.decode(letters, errors="ignore").casefold() for part in parts for letters in LETTERS)
    return any(word in text for text in texts for word in words)
