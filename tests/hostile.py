"""Files that nobody should send: made to break whoever reads them, to fill the memory, or to take for ever.

tests/awkward.py has those that people really have.
"""

import csv
import io
import re
import zipfile
from datetime import date
from random import Random
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook
from openpyxl.chart import BarChart

from tests.awkward import PLAIN, PLAIN_XLSX, SHEET, saved, xlsx, zipped
from tests.pages.naughty import as_bytes

SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK, TEXTS, STYLES = "xl__workbook.xml", "xl__sharedStrings.xml", "xl__styles.xml"
SHEET_TAG = '<sheet name="a" sheetId="1"/>'
ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def sheet(rows, before="", encoding="utf-8"):
    """A workbook of one sheet with these rows, as XML."""
    head = f'<?xml version="1.0" encoding="{encoding}"?><worksheet {SPACE}>{before}'
    text = f"{head}<sheetData>{rows}</sheetData></worksheet>"
    return zipped(PLAIN_XLSX, **{SHEET: text.encode(encoding, "surrogatepass")})


def cell(inside, kind="n"):
    """A list of one score, in which something stands."""
    row = "".join(f'<c t="inlineStr"><is><t>{word}</t></is></c>' for word in ("Name", "Date", "Score"))
    one = "".join(f'<c s="{style}" t="{kind}"><v>{inside}</v></c>' for style in (1, 0))
    ada = f'<c t="inlineStr"><is><t>Ada</t></is></c>{one}'
    styles = zipfile.ZipFile(io.BytesIO(xlsx(["Day"], [date(2026, 10, 5)]).content)).read("xl/styles.xml")
    return zipped(xlsx(["Name"]), **{SHEET: sheet_xml(f"<row>{row}</row><row>{ada}</row>"), STYLES: styles})


def sheet_xml(rows):
    return f"<worksheet {SPACE}><sheetData>{rows}</sheetData></worksheet>".encode()


def far(reference):
    """Two cells that are as far from each other as a table goes, and one attribute that says so."""
    return sheet(f"{ONE}<row><c {reference}><v>1</v></c></row>")


def chart():
    """A sheet that is a picture, before the one with the table."""
    book = Workbook()
    for row in (["Name", "Oct 2026"], ["Ada", 61]):
        book.active.append(row)
    book.create_chartsheet("Picture", 0).add_chart(BarChart())
    return saved(book)


def packed(*parts, **options):
    """A zip of (name, content)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content, **options)
    return stream.getvalue()


def lying(content):
    """The same zip, with sizes in its directory that are none."""
    return re.sub(rb"(PK\x01\x02.{20}).{4}", lambda found: found[1] + b"\x10\0\0\0", content, flags=re.DOTALL)


def hidden():
    """A bomb behind a directory of its own, before the one that an honest reader sees."""
    bomb = zipped(PLAIN_XLSX, **{SHEET: sheet_xml(f'{ONE}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')})
    return bomb + PLAIN_XLSX.content


BOOKS = {
    "opposite corners": lambda: far('r="SF100000"'),
    "a corner in single quotes": lambda: far("r='XFD1048576'"),
    "a corner with spaces": lambda: far('r = "XFD1048576"'),
    "a corner in small letters": lambda: far('r="xfd1048576"'),
    "a row without end": lambda: sheet(ONE + '<row r="4294967295"><c><v>1</v></c></row>'),
    "cells without a place": lambda: sheet("<row>" + "<c><v>1</v></c>" * 2_000 + "</row>" + ONE),
    "row 0": lambda: sheet('<row r="0"><c r="A0"><v>1</v></c></row>'),
    "a place that is none": lambda: sheet('<row r="1"><c r="1A"><v>1</v></c></row>'),
    "a place of many letters": lambda: sheet(f'<row r="1"><c r="{"A" * 30}{"9" * 30}"><v>1</v></c></row>'),
    "rows in any order": lambda: sheet('<row r="5"><c r="C5"><v>1</v></c></row>' + ONE),
    "a size that is none": lambda: sheet(ONE, '<dimension ref="A1:XFD1048576"/>'),
    "a size the wrong way round": lambda: sheet(ONE, '<dimension ref="Z9:A1:Q"/>'),
    "a shared text that is not there": lambda: sheet('<row r="1"><c r="A1" t="s"><v>99999999999</v></c></row>'),
    "a shared text before the first": lambda: sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'),
    "a style that is not there": lambda: sheet('<row r="1"><c r="A1" s="999999"><v>1</v></c></row>'),
    "a kind of cell that is none": lambda: sheet('<row r="1"><c r="A1" t="zz"><v>1</v></c></row>'),
    "more shared texts than there are": lambda: zipped(
        PLAIN_XLSX, **{TEXTS: f'<sst {SPACE} count="99999999999" uniqueCount="99999999999"/>'.encode()}
    ),
    "tags in tags": lambda: sheet('<row r="1"><c r="A1" t="inlineStr"><is>' + "<r>" * 50_000),
    "in utf-16": lambda: sheet(ONE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', encoding="utf-16"),
    "an entity from elsewhere": lambda: zipped(
        PLAIN_XLSX, **{SHEET: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + sheet_xml("&b;")}
    ),
    "entities of entities": lambda: zipped(
        PLAIN_XLSX,
        **{TEXTS: b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><sst>&b;</sst>'},
    ),
    "an entity that nobody defined": lambda: sheet('<row><c t="inlineStr"><is><t>&nobody;</t></is></c></row>'),
    "NUL by number": lambda: sheet('<row><c t="inlineStr"><is><t>a&#0;b</t></is></c></row>'),
    "fifty thousand sheets": lambda: zipped(
        PLAIN_XLSX,
        **{BOOK: f"<workbook {SPACE}><sheets>{SHEET_TAG * 50_000}</sheets></workbook>".encode()},
    ),
    "NUL as workbooks write it": lambda: workbook([["Name\0", "Oct 2026"], ["A_x0000_da", "61"]], name="a_x0000_b"),
    "a sheet that is a picture": chart,
    "a workbook of nothing": lambda: packed(("xl/workbook.xml", b"")),
    "parts on the way out": lambda: zipped(PLAIN_XLSX, **{"..__..__..__etc__cron.d__us": b"x", "C:\\us.exe": b"x"}),
    "a workbook in a workbook": lambda: zipped(PLAIN_XLSX, **{"xl__embeddings__one.xlsx": PLAIN_XLSX.content}),
    "a workbook that is its own part": lambda: packed(("xl/workbook.xml", PLAIN_XLSX.content)),
    "the same part twice": lambda: hidden(),
    "sizes that lie": lambda: lying(PLAIN_XLSX.content),
    "compressed in a way of its own": lambda: packed(("xl/workbook.xml", b"a" * 99), compress_type=zipfile.ZIP_LZMA),
    "an open document": lambda: packed(("mimetype", "application/vnd.oasis.opendocument.spreadsheet")),
    "another file's end": lambda: PLAIN_XLSX.content + b"PK\x05\x06" + b"\xff" * 18,
}  # fmt: skip
for value in ["-1", "0", "60", "2958466", "1e10", "1e308", "-1e308", "NaN", "inf", "1e-320", "x", "", "9" * 400]:
    BOOKS[f"the number {value[:9]}"] = lambda value=value: cell(value)
for value in ["1899-01-01", "0000-00-00", "99999-12-31", "9999-12-31T99:99:99", "P1D", "PT99999999999H", "-5", ""]:
    BOOKS[f"the day {value}"] = lambda value=value: cell(value, "d")
for value in ["#REF!", "#N/A", "#WHAT!"]:
    BOOKS[f"the error {value}"] = lambda value=value: cell(value, "e")
for value in ["1", "7", "true"]:
    BOOKS[f"the truth {value}"] = lambda value=value: cell(value, "b")

LARGE_BOOKS = {
    "a million cells in a row, and one far below": lambda: sheet(
        f'<row>{"<c><v>1</v></c>" * 1_000_000}</row>{"<row/>" * 99_000}<row><c><v>1</v></c></row>'
    ),
    "ten million cells": lambda: sheet(f"<row>{'<c><v>1</v></c>' * 400}</row>" * 24_000),
    "seven million shared texts": lambda: zipped(
        PLAIN_XLSX, **{TEXTS: f"<sst {SPACE}>{'<si><t>ab</t></si>' * 7_000_000}</sst>".encode()}
    ),
    "tags in tags without end": lambda: sheet('<row r="1"><c r="A1" t="inlineStr"><is>' + "<r>" * 20_000_000),
    "a megabyte of a name": lambda: cell("a" * 1_000_000, "str"),
    "a hundred thousand rows of five hundred": lambda: sheet(
        "".join(f"<row>{'<c/>' * 499}<c><v>1</v></c></row>" for _ in range(60_000))
    ),
}  # fmt: skip

NINES, SPACES, MARKS = "9" * 5_000, " " * 4_900, "a" + "\u0315\u0300\u0323" * 3_300
LISTED = "Name,Date,Score,Note\nAda,{0},61,\nBen,{0},40,\n"
PAGES = {
    "a month of nines": f"Name,Jan {NINES} 5\nAda,61\n",
    "a year of nines": f"Name,11 {NINES}\nAda,61\n",
    "a day of nines": f"Name,1/{NINES}/2026,3/1/2026\nAda,61,62\n",
    "days of spaces": LISTED.format(f"1{SPACES}1{SPACES}x"),
    "days of nines": LISTED.format(f"jan {NINES} {NINES[:900]}"),
    "headings of accents": f"Name,Oct 2026,{MARKS},{MARKS},{MARKS}\nAda,61\n",
    "accents for a score": f"Name,Oct 2026\nAda,{MARKS}\n",
    "an address of dots": f"Name,E-mail,Oct 2026\nAda,a@{'.' * 9_900}@,61\n",
    "an address that is too long": f"Name,E-mail,Oct 2026\nAda,{'a' * 300}@example.com,61\n",
    "an address that is longer than a name": f"E-mail,Oct 2026\n{'a' * 200}@example.com,61\n",
    "a hundred thousand columns": "Name," + "Oct 2026," * 100_000 + "\nAda\n",
    "a cell of a megabyte": f"Name,Oct 2026\n{'a' * 1_000_000},61\n",
    "quotation marks without end": '"' * 100_001,
    "a quotation mark in the middle": 'Na"me,Oct 2026\nA"d"a,"61"x\n',
    "line ends of every kind": "Name,Oct 2026\r\nAda,61\rBen,40\n\rCy,3\x0b\x0c\x1c\x85\u2028Di,4\n",
    "nothing but separators": ",;\t" * 10_000,
    "nothing but ends": "\r\n" * 100_000,
    "a score of every digit": "Name,Oct 2026\nAda,٦١\nBen,६१\nCy,²\nDi,𝟞𝟙\nEd,Ⅻ\n",
}
FILES = {
    "NUL": b"Name,Oct 2026\nA\0da,61\n",
    "half a character": b"Name,Oct 2026\nA\xed\xa0\x80da,61\n",
    "half a character in utf-16": "Name,Oct 2026\nA\ud83dda,61\n".encode("utf-16", "surrogatepass"),
    "an odd byte of utf-16": PLAIN.encode("utf-16") + b"\0",
    "a mark of utf-16 and nothing": b"\xff\xfe",
    "a mark of utf-8 and nothing": b"\xef\xbb\xbf",
    "a mark of utf-32": PLAIN.encode("utf-32"),
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + PLAIN.encode(),
    "a mark that lies": b"\xff\xfe" + PLAIN.encode(),
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
    "a page": b"<!doctype html><table><tr><td>Name<td>Oct 2026<tr><td>Ada<td>61</table>",
    "a program": b"\x7fELF" + bytes(range(256)) * 9,
    "compressed": b"\x1f\x8b\x08" + bytes(range(256)) * 9,
    "the start of a zip": b"PK",
}


def random_files(random: Random, many: int):
    """Bytes, tables and workbooks in which bytes were changed, cut out or doubled."""
    seeds = [PLAIN.encode(), PLAIN.encode("utf-16"), LISTED.format("2026-10-05").encode(), PLAIN_XLSX.content]
    for number in range(many):
        content = bytearray(random.choice([*seeds, PLAIN_XLSX.content, random.randbytes(random.randint(1, 900))]))
        for _ in range(random.randint(1, 9)):
            place, length = random.randrange(len(content) or 1), random.randint(0, 40)
            content[place : place + random.choice([0, length])] = random.randbytes(random.choice([0, 1, length]))
        yield f"random {number}", bytes(content)


def table(rows, encoding="utf-8", separator=","):
    """Rows as a text file."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return as_bytes(stream.getvalue()) if encoding == "utf-8" else stream.getvalue().encode(encoding, "replace")


def workbook(rows, name="Sheet"):
    """Rows of texts as a workbook, whatever characters they hold."""
    body = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>' for text in row)
        + "</row>"
        for row in rows
    )
    book = zipfile.ZipFile(io.BytesIO(PLAIN_XLSX.content)).read("xl/workbook.xml").decode()
    named = re.sub(r'<sheet ([^>]*)name="[^"]*"', lambda found: f"<sheet {found[1]}name={quoteattr(name)}", book)
    worksheet = f"<worksheet {SPACE}><sheetData>{body}</sheetData></worksheet>"
    return zipped(PLAIN_XLSX, **{SHEET: as_bytes(worksheet), BOOK: as_bytes(named)})


def with_text(text):
    """(file name, content) of files in which a text stands at every place that is read."""
    named = as_bytes(text).decode(errors="replace")
    csv_name = "scores.csv"
    yield csv_name, table([["Name", "Oct 2026"], [text, text]])
    yield csv_name, table([[text, "Name", "Oct 2026"], [text, "Ada", "61"]])
    yield csv_name, table([["Name", text], ["Ada", "61"]])
    yield csv_name, table([["Name", "Date", "Score", "Note"], ["Ada", text, text, text]], "utf-16")
    yield csv_name, as_bytes(f"Name,Oct 2026\n{text},61\n")
    yield csv_name, as_bytes(f"sep={text}\nName,Oct 2026\nAda,61\n")
    yield csv_name, table([["Name", "Oct 2026"], [text, "61"]], "cp1252", ";")
    yield f"{named}.csv", PLAIN.encode()


def workbooks_with_text(text):
    """The same for workbooks, whose reader costs a process each."""
    yield "scores.xlsx", workbook([["Name", "Oct 2026"], [text, text]], name=text)
    yield f"{as_bytes(text).decode(errors='replace')}.xlsx", workbook([["Name", text], ["Ada", "61"]])
