"""A file's bytes as rows of plain cells, after a look at what would make reading it dangerous."""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape
from itertools import count, islice
from typing import Any, NamedTuple, TypeVar

from teams.files import delimited, encodings, excel_process
from teams.files.csv_escaping import undefused
from teams.files.excel_process import MOST_COLUMNS
from teams.files.limited import started
from teams.rules.errors import Refused
from teams.rules.people.spellings import finder_of
from teams.rules.sentences import Sentence
from teams.rules.sheets.cells import Cell, address
from teams.rules.sheets.kinds import LARGEST_FILE, LOOKED_AT, MOST_ROWS, Layout, Row, guess
from teams.rules.sheets.left_out import title_of_others, without_hidden

LETTERS = ("utf-8", "utf-16", *encodings.NAMES)
"""In which a file that waits is looked through for a name."""
LARGEST_UNPACKED = 150 * 1024 * 1024
MOST_RATIO = 200
"""A sheet of numbers shrinks to a tenth; a bomb to a thousandth."""
MOST_PARTS = 1_000
READER = excel_process.__file__
Cells = TypeVar("Cells", list[Cell], list[Cell] | None)
CHUNK = 1 << 20
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,4})([0-9]{1,8})["']""")
_EMPTY = re.compile(rb"[^<>]*(?:/>|>\s*</)")
"""What follows the address of a cell that is only formatted."""
LONGEST_TAG = 200
"""Bytes of a cell's tag that may stand where two pieces of a part meet."""
NOT_OPENED = Sentence("This file cannot be read. Open it in your spreadsheet, save it as xlsx, and choose that file.")
OLD_EXCEL = Sentence("This is an old Excel file, or one with a password. Save it as xlsx without a password.")
NO_EXCEL = Sentence("This is no Excel file. Save the table as xlsx or csv.")
GROWS = Sentence("This file grows far too large when it is unpacked. Save the sheet anew as xlsx.")
DEFINES_ENTITIES = Sentence("This file defines entities, which no spreadsheet does. Save the sheet anew as xlsx.")
FAR_OUT = Sentence("The table has more than 100,000 rows or 500 columns. Send it in parts.")


def check(content: bytes) -> None:
    """Refused, with a sentence, where a file is too large, dangerous or no table. Reads nothing into memory."""
    if not content:
        raise Refused(Sentence("The file is empty."))
    if len(content) > LARGEST_FILE:
        raise Refused(Sentence("The file is larger than 10 MB. Leave out what is no score, or send it in parts."))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(OLD_EXCEL)
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        raise Refused(Sentence("This is a picture or a PDF. Export the table as xlsx or csv."))
    if content.startswith(b"PK"):
        _check_zip(content)


class Look(NamedTuple):
    """What is seen of a file at first: its sheets' names, one without a name for a text, about how many rows one of
    them has, and the first of these, among which its headings are.

    `hidden` are the sheets that are not shown, `hidden_rows` and `hidden_columns` those of this one, which are read all
    the same here; `commas` stand between the cells of a text.
    """

    sheets: list[str]
    height: int
    rows: list[Row]
    open: int = 0
    hidden: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    since_1904: bool = False
    commas: bool = False
    hidden_columns: frozenset[int] = frozenset()

    def in_order(self) -> list[int]:
        """The sheets in the order in which somebody wants them: the open one, those that are shown, the hidden ones."""
        return sorted(range(len(self.sheets)), key=lambda sheet: (sheet in self.hidden, sheet != self.open, sheet))


def look(content: bytes, sheet: int = 0, encoding: str = "") -> Look:
    """A first look at a sheet; no rows where there is no such sheet. Refused where the file cannot be read."""
    if not content.startswith(b"PK"):
        rows = _first(delimited.rows_of(content, encoding))
        return Look([""], content.count(b"\n") + 1, rows, commas=delimited.has_commas(content, encoding))
    with closing(_said_of(content, sheet)) as lines:
        book = next(lines)
        rows = _first(map(_cells, count(1), lines))
    hidden = frozenset(sheet for sheet, state in enumerate(book["hidden"]) if state)
    hidden_rows, hidden_columns = (frozenset(map(int, book[name])) for name in ("hidden_rows", "hidden_columns"))
    seen_book = Look(
        book["names"], int(book["height"]), rows, int(book["open"]), hidden, hidden_rows, book["since_1904"]
    )
    return seen_book._replace(hidden_columns=hidden_columns)


def rows_of(content: bytes, sheet: int = 0, encoding: str = "") -> Iterator[Row]:
    """The number and the cells of each row of a sheet or a text file that is not hidden; numbers are the file's.

    Refused, while it is read, beyond 100,000 rows or 500 columns.
    """
    rows = _excel_rows(content, sheet) if content.startswith(b"PK") else delimited.rows_of(content, encoding)
    return ((number, cells) for number, cells in _numbered(rows) if cells is not None)


def find_layout(content: bytes, file_name: str, remembered: dict[str, str]) -> tuple[int, Layout] | None:
    """The first sheet that looks like one of the three tables, and how it is laid out; None where none does.

    One that is called Targets, or the like, comes last.
    """
    first, doubtful = look(content), None
    for sheet in first.in_order():
        looked = look(content, sheet) if sheet else first
        layout = guess(looked.rows, file_name, remembered, since_1904=looked.since_1904)
        if layout:
            title = title_of_others(looked.rows, layout, looked.sheets[sheet])
            layout = replace(without_hidden(layout, looked.hidden_columns), commas=looked.commas, other_title=title)
            if not title:
                return sheet, layout
            doubtful = doubtful or (sheet, layout)
    return doubtful


def _first(rows: Iterable[list[Cell]]) -> list[Row]:
    return list(islice(_numbered(rows), 2 * LOOKED_AT))


def _numbered(rows: Iterable[Cells]) -> Iterator[tuple[int, Cells]]:
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS + LOOKED_AT:
            raise Refused(Sentence("The file has more than 100,000 rows. Send it in parts."))
        if cells is not None and len(cells) > MOST_COLUMNS:
            raise Refused(
                Sentence(
                    "Row %(number)s has more than %(most)s columns. Leave out what is no score.",
                    number=number,
                    most=MOST_COLUMNS,
                )
            )
        yield number, cells


def _check_zip(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {_path(part) for part in parts}
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise Refused(GROWS)
            if any("vbaproject" in name for name in names):
                raise Refused(Sentence("This file holds macros. Save it as xlsx, without macros."))
            if "xl/workbook.xml" not in names:
                is_excel = any(name.startswith("xl/") for name in names)
                raise Refused(NOT_OPENED if is_excel else NO_EXCEL)
            unpacked = sum(_check_part(archive, part) for part in parts)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise Refused(NOT_OPENED) from None
    if unpacked > LARGEST_UNPACKED:
        raise Refused(GROWS)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """The part's true size; Refused for a bomb, a document type, or a cell further out than a table goes.

    A single value at XFD1048576 would make a reader hold all that lies between.
    """
    size, end, path = 0, b"", _path(part)
    is_sheet = path.startswith("xl/worksheets/")
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > LARGEST_UNPACKED or (size > CHUNK and size > MOST_RATIO * max(part.compress_size, 1)):
                raise Refused(GROWS)
            window = end + chunk
            if path.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                raise Refused(DEFINES_ENTITIES)
            end = window[-LONGEST_TAG:]
            if is_sheet and _has_far_value(window, len(window) - len(end)):
                raise Refused(FAR_OUT)
    if is_sheet and _has_far_value(end, len(end)):
        raise Refused(FAR_OUT)
    return size


def _path(part: zipfile.ZipInfo) -> str:
    """A part's name as the standard has it: some programs write backslashes, or other capitals."""
    return part.filename.replace("\\", "/").lower()


def _has_far_value(window: bytes, most: int) -> bool:
    """Whether a cell whose address begins before `most` holds something further out than a table goes."""
    return any(
        match.start() < most and _is_far(*match.groups()) and not _EMPTY.match(window, match.end())
        for match in _CELL.finditer(window)
    )


def _is_far(letters: bytes, row: bytes) -> bool:
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column > MOST_COLUMNS or int(row) > MOST_ROWS + LOOKED_AT


def _excel_rows(content: bytes, sheet: int) -> Iterator[list[Cell] | None]:
    """The rows of a sheet, None for those that are hidden."""
    with closing(_said_of(content, sheet)) as lines:
        hidden = frozenset(map(int, next(lines)["hidden_rows"]))
        for number, line_cells in enumerate(lines, 1):
            yield None if number in hidden else _cells(number, line_cells)


def _said_of(content: bytes, sheet: int) -> Generator[Any, None, None]:
    """What the reader says of a workbook, line by line. Refused where it fails or takes too much."""
    with started(READER, str(sheet)) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
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


def _cells(number: int, line_cells: Any) -> list[Cell]:
    """A row as the reader says it."""
    if isinstance(line_cells, list):
        return [_cell(value, number, column) for column, value in enumerate(line_cells)]
    return [None] * int(line_cells)


def _cell(raw_value: Any, row: int, column: int) -> Cell:
    if isinstance(raw_value, str):
        return undefused(raw_value.strip()).strip() or None
    if not isinstance(raw_value, list):
        return raw_value
    if isinstance(raw_value[0], str):
        return date.fromisoformat(raw_value[0])
    raise Refused(
        Sentence(
            "Cell %(cell)s holds %(number)s characters. That is no score: empty it.",
            cell=address(row, column),
            number=int(raw_value[0]),
        )
    )


def is_named_in(content: bytes, names: Collection[str]) -> bool:
    """Whether one of the names stands anywhere in a file, however it is spelled and whatever the file's letters are."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [book.read(part) for part in book.namelist()]
    patterns = [finder_of(name) for name in names]
    texts = (unescape(part.decode(letters, errors="ignore")) for part in parts for letters in LETTERS)
    return any(pattern.search(text) for text in texts for pattern in patterns)
