"""Opens an Excel file in a process of its own: whatever a file does to its reader, only that process ends.

The file comes by standard input. Out go lines of JSON: first what is known of the workbook and of the sheet that was
asked for, then the sheet's rows. A cell is a text, a number, `[day]`, or `[length]` where a text is too long; a row
that is too wide is its width.

What the library gives nothing for comes as the text that the spreadsheet shows, so that somebody hears of it: errors
as `#REF!`, truths as `TRUE`, times as `61:00:00`, percents as `100%`, and a formula without its result as `=A1+1`.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import IO, Any
from xml.parsers import expat

from python_calamine import CalamineSheet, CalamineWorkbook, SheetVisibleEnum

MOST_SHEETS = 20
MOST_COLUMNS = 500
LONGEST_CELL = 10_000
LONGEST_NAME = 100
VISIBLE = [SheetVisibleEnum.Visible, SheetVisibleEnum.Hidden, SheetVisibleEnum.VeryHidden]
TRUE = ("1", "true", "on")
ROW = re.compile(rb"<(?:\w+:)?row\b")
NUMBER = re.compile(rb"""\br\s*=\s*["'](\d{1,7})["']""")
HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true|on)["']""")
COLUMN = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
NO_WIDTH = re.compile(rb"""\bwidth\s*=\s*["']0(?:\.0*)?["']""")
EDGES = re.compile(rb"""\b(min|max)\s*=\s*["'](\d{1,5})["']""")
MOST_BEFORE_ROWS = 1 << 20
"""Bytes of a sheet's part that are looked through for its columns, which stand before its rows."""
VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b")
NO_CHARACTER = {0: "\N{REPLACEMENT CHARACTER}"}
"""NUL, which no database holds."""
CHUNK = 1 << 16
PERCENT = "%"
"""The mark of a cell whose number is shown as a percentage."""
PERCENT_FORMATS = {"9", "10"}
"""The numbers of Excel's own formats 0% and 0.00%."""
IN_QUOTES = re.compile(r'"[^"]*"|\\.|\[[^\[\]]*\]')
SPECIAL = re.compile(rb"""<(?:\w+:)?f\b|\bt\s*=\s*["']e["']""")
"""A formula or an error, in the XML of a sheet."""
Marks = dict[int, str]
"""By their column, from 0, the texts of a row's errors and formulas without results, and where percents are."""


def main(number: int) -> None:
    """Write what a sheet holds; ends otherwise than with 0 where that cannot be read."""
    file = io.BytesIO(sys.stdin.buffer.read())
    book = CalamineWorkbook.from_filelike(file)
    names = [name[:LONGEST_NAME].translate(NO_CHARACTER) for name in book.sheet_names[:MOST_SHEETS]]
    sheet = book.get_sheet_by_index(number) if number < len(names) else None
    archive = zipfile.ZipFile(file)
    states = [sheet.visible for sheet in book.sheets_metadata[: len(names)]]
    overview = {"names": names, "hidden": [VISIBLE.index(state) for state in states]}
    _say(overview | {"height": sheet.total_height if sheet else 0} | _looks_of(archive, number))
    if sheet:
        _say_rows(sheet, marks_of(archive, number))
    sys.stdout.flush()


def _looks_of(archive: zipfile.ZipFile, number: int) -> dict[str, Any]:
    """Which sheet was open when a workbook was saved, whether it counts days from 1904, what a sheet hides."""
    parts = _parts(archive)
    views = _elements(archive, parts, "xl/workbook.xml", "workbookView")
    settings = _elements(archive, parts, "xl/workbook.xml", "workbookPr")
    active = views[0].get("activeTab", "") if views else ""
    part, hidden, columns = parts.get(_part_of(archive, parts, number)), [], []
    if part:
        with archive.open(part) as stream:
            columns = _hidden_columns(stream.read(MOST_BEFORE_ROWS))
        with archive.open(part) as stream:
            hidden = list(_hidden(stream))
    return {
        "open": int(active) if active.isdecimal() else 0,
        "since_1904": any(each.get("date1904") in TRUE for each in settings),
        "hidden_rows": hidden,
        "hidden_columns": columns,
    }


def _parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The parts of a workbook by their names as the standard has them."""
    return {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}


def _hidden_columns(start: bytes) -> list[int]:
    """The hidden columns, from 0, that a sheet's part names before its rows; one without a width is hidden, too."""
    hidden: set[int] = set()
    for column in COLUMN.finditer(start.partition(b"<sheetData")[0]):
        edges = {name: int(value) for name, value in EDGES.findall(column[1])}
        if len(edges) == 2 and (HIDDEN.search(column[1]) or NO_WIDTH.search(column[1])):
            hidden |= set(range(edges[b"min"] - 1, min(edges[b"max"], MOST_COLUMNS)))
    return sorted(hidden)


def _hidden(stream: IO[bytes]) -> Iterator[int]:
    """The numbers of hidden rows with a value, from a sheet's part read bit by bit."""
    rest, number, is_first = b"", 0, True
    while True:
        chunk = stream.read(CHUNK)
        rows = ROW.split(rest + chunk)
        rest = rows.pop() if chunk else b""
        for row in rows[is_first:]:
            attributes, _, cells = row.partition(b">")
            match = NUMBER.search(attributes)
            number = int(match[1]) if match else number + 1
            if HIDDEN.search(attributes) and VALUE.search(cells):
                yield number
        is_first = is_first and not rows
        if not chunk:
            return


def _say_rows(sheet: CalamineSheet, marks: Iterator[tuple[int, Marks]]) -> None:
    """The rows from the file's first on; formulas give the values last stored."""
    left = [None] * (sheet.start[1] if sheet.start else 0)  # the reader leaves out empty columns there
    marked, marks_there = next(marks, (0, {}))
    for number, row in enumerate(sheet.iter_rows(), 1):
        while 0 < marked < number:
            marked, marks_there = next(marks, (0, {}))
        width = len(left) + len(row)
        if width > MOST_COLUMNS:
            _say(width)
        else:
            cells = left + [_plain(value) for value in row]
            _say(_with_marks(cells, marks_there) if marked == number else cells)


def _with_marks(cells: list[Any], marks: Marks) -> list[Any]:
    """A row with the texts of its marks, wherever the library gave nothing; and with its percents."""
    cells += [None] * (max(marks) + 1 - len(cells))
    for column, mark in marks.items():
        if mark == PERCENT:
            value = cells[column]
            if isinstance(value, int | float):
                cells[column] = f"{(Decimal(repr(value)) * 100).normalize():f}%"
        elif cells[column] in (None, ""):
            cells[column] = mark[:LONGEST_CELL].translate(NO_CHARACTER)
    return cells


def _plain(value: Any) -> Any:
    """A cell in JSON; nothing where there is no value."""
    if isinstance(value, str):
        return value.translate(NO_CHARACTER) if len(value) <= LONGEST_CELL else [len(value)]
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return value if isfinite(value) else None
    if isinstance(value, date):
        return [(value.date() if isinstance(value, datetime) else value).isoformat()]
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    return None


def marks_of(archive: zipfile.ZipFile, number: int) -> Iterator[tuple[int, Marks]]:
    """The rows of a sheet that have marks, from 1, in their order; looked for only where it has anything of the kind.

    The XML is read in pieces, so that a row is forgotten when the next is read.
    """
    parts = _parts(archive)
    part = parts.get(_part_of(archive, parts, number))
    if part is None:
        return
    styles = _percent_styles(archive, parts)
    with archive.open(part) as stream:
        if not _is_special(stream, styles):
            return
    rows = _Rows(styles)
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            rows.parser.Parse(chunk)
            yield from rows.taken()
    rows.parser.Parse(b"", True)
    yield from rows.taken()


def _is_special(stream: Any, styles: set[str]) -> bool:
    """Whether there may be an error, a formula or a percent in a sheet; in UTF-16 there may."""
    styled = "|".join(map(re.escape, sorted(styles)))
    percent = re.compile(rf"""\bs\s*=\s*["'](?:{styled})["']""".encode()) if styles else None
    end = b""
    while chunk := stream.read(1 << 20):
        seen = end + chunk
        if b"\0" in seen[:100] or SPECIAL.search(seen) or (percent and percent.search(seen)):
            return True
        end = chunk[-40:]
    return False


class _Rows:
    """The marks of rows, as a parser of XML comes upon them."""

    def __init__(self, percent_styles: set[str]) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._percent_styles = percent_styles
        self._done: list[tuple[int, Marks]] = []
        self._row, self._column = 0, -1
        self._marks: Marks = {}
        self._kind, self._is_percent, self._inside = "", False, ""
        self._texts: dict[str, str] = {}

    def taken(self) -> list[tuple[int, Marks]]:
        """The rows that are complete, each once."""
        done, self._done = self._done, []
        return done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag if ":" not in tag else tag.rpartition(":")[2]
        if name == "row":
            row = attributes.get("r", "")
            self._row = int(row) if row.isdecimal() else self._row + 1
            self._column, self._marks = -1, {}
        elif name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._column = column_of(letters) if letters else self._column + 1
            self._kind, self._is_percent = attributes.get("t", "n"), attributes.get("s") in self._percent_styles
            self._texts = {}
        elif name == "f" or (name == "v" and (self._kind == "e" or self._texts)):
            self._inside, self._texts[name] = name, ""

    def _text(self, text: str) -> None:
        if self._inside and len(self._texts[self._inside]) <= LONGEST_CELL:
            self._texts[self._inside] += text

    def _end(self, tag: str) -> None:
        name = tag if ":" not in tag else tag.rpartition(":")[2]
        if name == "v" or name == "f":
            self._inside = ""
        elif name == "c" and 0 <= self._column < MOST_COLUMNS:
            value, formula = self._texts.get("v", ""), self._texts.get("f")
            if self._kind == "e":
                self._marks[self._column] = value
            elif formula is not None and not value and self._kind != "str":
                self._marks[self._column] = f"={formula or '…'}"
            elif self._is_percent and self._kind == "n":
                self._marks[self._column] = PERCENT
        elif name == "row" and self._marks:
            self._done.append((self._row, self._marks))


def column_of(letters: str) -> int:
    """The number of a column, from 0: A to Z, AA, AB …"""
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _part_of(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], number: int) -> str:
    """The name of the part that holds a sheet, as the workbook and its list of relations say."""
    sheets = _elements(archive, parts, "xl/workbook.xml", "sheet")
    if number >= len(sheets):
        return ""
    wanted = next((value for name, value in sheets[number].items() if name.rpartition(":")[2] == "id"), None)
    relations = _elements(archive, parts, "xl/_rels/workbook.xml.rels", "Relationship")
    target = next((one.get("Target", "") for one in relations if one.get("Id") == wanted), "").replace("\\", "/")
    return (target.removeprefix("/") if target.startswith("/") else f"xl/{target}").lower()


def _percent_styles(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> set[str]:
    """The numbers of the styles in which a number is shown as a percentage."""
    formats = _elements(archive, parts, "xl/styles.xml", "numFmt")
    written = {one.get("numFmtId", "") for one in formats if PERCENT in IN_QUOTES.sub("", one.get("formatCode", ""))}
    styles = _elements(archive, parts, "xl/styles.xml", "xf", "cellXfs")
    return {str(place) for place, one in enumerate(styles) if one.get("numFmtId") in PERCENT_FORMATS | written}


def _elements(
    archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], part: str, tag: str, inside: str = ""
) -> list[dict[str, str]]:
    """The attributes of each element of a part, of those within another if one is named; none where it is missing."""
    attributes_of_elements: list[dict[str, str]] = []
    around: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        around.append(name.rpartition(":")[2])
        if around[-1] == tag and (not inside or inside in around):
            attributes_of_elements.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: around.pop()
    if part in parts:
        parser.Parse(archive.read(parts[part]), True)
    return attributes_of_elements


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
