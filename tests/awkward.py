"""Files as people really have them, each named for its trap: what it holds and what must be read from it.

`Case(file, readings)`: the readings are (cell, name, month or day, total), a problem stands as
(cell, name, None, None); or `refusal`, a part of the sentence with which the file is refused.
"""

import io
import random
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import openpyxl

SAMPLE = Path(__file__).with_name("samples") / "sales_navigator.csv"
ADA_AND_BEN = [("B2", "Ada", "2026-10", 61), ("B3", "Ben", "2026-10", 40)]
PLAIN = "Name,Oct 2026\nAda,61\nBen,40\n"


@dataclass(frozen=True)
class Case:
    content: bytes
    readings: list = field(default_factory=lambda: ADA_AND_BEN)
    refusal: str = ""
    name: str = "scores.csv"


def csv(text, readings=ADA_AND_BEN, encoding="utf-8", **fields):
    return Case(text.encode(encoding), readings, **fields)


def xlsx(*rows, readings=ADA_AND_BEN, change=None, sheets=(), **fields):
    book = openpyxl.Workbook()
    for title in sheets:
        book.create_sheet(title, 0)
    for row in rows:
        book.worksheets[-1].append(row)
    if change:
        change(book.worksheets[-1])
    return Case(saved(book), readings, **({"name": "scores.xlsx"} | fields))


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(case, **parts):
    """The same workbook with other or more parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(case.content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = {name.replace("__", "/"): content for name, content in parts.items()}
        for part in old.infolist():
            if part.filename not in names:
                new.writestr(part.filename, old.read(part))
        for name, content in names.items():
            new.writestr(name, content)
    return stream.getvalue()


def refused(content, sentence, name="scores.xlsx"):
    return Case(content, [], sentence, name)


def headed(heading):
    return csv(f"Name,{heading}\nAda,61\nBen,40\n")


def merged(sheet):
    sheet.insert_rows(1, 2)
    sheet["A1"] = "SSI of the North team"
    sheet.merge_cells("A1:B1")


def month_over_year(sheet):
    sheet.insert_rows(1)
    sheet["B1"] = 2026
    sheet.merge_cells("B1:C1")


PLAIN_XLSX = xlsx(["Name", "Oct 2026"], ["Ada", 61], ["Ben", 40])
SHEET = "xl__worksheets__sheet1.xml"
LIST = "Name,Date,Score\nAda,2026-10-05,61\nBen,2026-10-06,40\n"
LISTED = [("C2", "Ada", date(2026, 10, 5), 61), ("C3", "Ben", date(2026, 10, 6), 40)]
LATE = [("B5", "Ada", "2026-10", 61), ("B6", "Ben", "2026-10", 40)]
MOVED = [("B4", "Ada", "2026-10", 61), ("B5", "Ben", "2026-10", 40)]

CASES = {
    "plain": csv(PLAIN),
    "utf-8 with a mark": csv(PLAIN, encoding="utf-8-sig"),
    "utf-16": csv(PLAIN, encoding="utf-16"),
    "utf-16 without a mark": csv(PLAIN, encoding="utf-16-le"),
    "utf-16 the other way round": csv(PLAIN, encoding="utf-16-be"),
    "windows-1252": csv(
        "Name,Oct 2026\nZoë,61\nJosé,40\n",
        [("B2", "Zoë", "2026-10", 61), ("B3", "José", "2026-10", 40)],
        encoding="cp1252",
    ),
    "semicolons": csv(PLAIN.replace(",", ";")),
    "tabs": csv(PLAIN.replace(",", "\t"), name="scores.tsv"),
    "semicolons and decimal commas": csv("Name;Okt 2026\nAda;60,5\nBen;39,6\n"),
    "excel says the separator": csv("sep=;\n" + PLAIN.replace(",", ";")),
    "line ends of an old mac": csv(PLAIN.replace("\n", "\r")),
    "line ends of windows": csv(PLAIN.replace("\n", "\r\n")),
    "percent signs": csv("Name,Oct 2026\nAda,61 %\nBen,40%\n"),
    "out of a hundred": csv("Name,Oct 2026\nAda,61/100\nBen,40 / 100\n"),
    "month as 2026-10": headed("2026-10"),
    "month as 10/2026": headed("10/2026"),
    "month as octobre 2026": headed("octobre 2026"),
    "month as Oct-26": headed("Oct-26"),
    "month as outubro de 2026": headed("outubro de 2026"),
    "month as Oktober 26": headed("Oktober 26"),
    "month as a number": headed("202610"),
    "month as SSI Oct 2026": headed("SSI Oct 2026"),
    "month as its first day": headed("01.10.2026"),
    "months the american way": csv(
        "Name,09/13/2026,10/01/2026\nAda,60,61\n",
        [("B2", "Ada", date(2026, 9, 13), 60), ("C2", "Ada", date(2026, 10, 1), 61)],
    ),
    "real dates above": xlsx(["Name", date(2026, 10, 1)], ["Ada", 61], ["Ben", 40]),
    "dates that lost their format": xlsx(["Name", 46296], ["Ada", 61], ["Ben", 40]),
    "the year stands above the months": xlsx(
        ["Name", "Sep", "Oct"],
        ["Ada", 60, 61],
        change=month_over_year,
        readings=[("B3", "Ada", "2026-09", 60), ("C3", "Ada", "2026-10", 61)],
    ),
    "title rows merged above": xlsx(["Name", "Oct 2026"], ["Ada", 61], ["Ben", 40], change=merged, readings=MOVED),
    "title rows in a text": csv("SSI of the North team\n\n\n" + PLAIN, LATE),
    "no heading above the names": csv(
        ",Sep 2026,Oct 2026\nAda,,61\nBen,,40\n", [("C2", "Ada", "2026-10", 61), ("C3", "Ben", "2026-10", 40)]
    ),
    "blank rows": csv(
        "Name,Oct 2026\n\nAda,61\n\n,\nBen,40\n", [("B3", "Ada", "2026-10", 61), ("B6", "Ben", "2026-10", 40)]
    ),
    "people twice": csv(PLAIN + "Ada,62\n", [*ADA_AND_BEN, ("B4", "Ada", "2026-10", 62)]),
    "people twice under two spellings": csv(
        'Name,Oct 2026\nZoë Doe,61\n"DOE, ZOE",40\n',
        [("B2", "Zoë Doe", "2026-10", 61), ("B3", "ZOE DOE", "2026-10", 40)],
    ),
    "the headings are repeated on every page": csv(
        PLAIN + "Name,Oct 2026\nCy,30\n",
        [*ADA_AND_BEN, ("B4", "Name", None, None), ("B5", "Cy", "2026-10", 30)],
    ),
    "a sum below every group": csv(
        PLAIN + "Subtotal,51\nCy,30\nTotal,131\n",
        [*ADA_AND_BEN, ("B5", "Cy", "2026-10", 30)],
    ),
    "a column of averages at the end": csv(
        "Name,Sep 2026,Oct 2026,Average\nAda,60,61,60.5\n", [("B2", "Ada", "2026-09", 60), ("C2", "Ada", "2026-10", 61)]
    ),
    "spaces that do not break": csv(
        "Name\N{NO-BREAK SPACE},Oct\N{NO-BREAK SPACE}2026\nAda\N{NO-BREAK SPACE},61\nBen,40\n"
    ),
    "quotation marks inside names": csv(
        'Name,Oct 2026\n"Ada ""Countess"" L.",61\n', [("B2", 'Ada "Countess" L.', "2026-10", 61)]
    ),
    "a line break inside a name": csv('Name,Oct 2026\n"Ada\nLovelace",61\n', [("B2", "Ada Lovelace", "2026-10", 61)]),
    "full width digits": csv("Name,Oct 2026\nAda,６１\nBen,40\n"),
    "a utf-16 list with tabs, as excel saves unicode text": csv(
        LIST.replace(",", "\t"), LISTED, encoding="utf-16", name="scores.txt"
    ),
    "a totals row": csv(PLAIN + "Total,101\nDurchschnitt,50.5\n"),
    "people called like sums": csv(
        "Name,Oct 2026\nMax,61\nSuma,40\n", [("B2", "Max", "2026-10", 61), ("B3", "Suma", "2026-10", 40)]
    ),
    "dashes for nothing": csv(PLAIN + "Cy,-\nDi,n/a\nEd,–\n"),
    "last name first": csv('Name,Oct 2026\n"Doe, Jane",61\n', [("B2", "Jane Doe", "2026-10", 61)]),
    "two columns of names": csv("First name,Last name,Oct 2026\nJane,Doe,61\n", [("C2", "Jane Doe", "2026-10", 61)]),
    "columns nobody asked for": csv(
        "Region,Name,Phone,Oct 2026\nN,Ada,555,61\nS,Ben,556,40\n",
        [("D2", "Ada", "2026-10", 61), ("D3", "Ben", "2026-10", 40)],
    ),
    "the table begins at column c": xlsx(
        [None, None, "Name", "Oct 2026"], [None, None, "Ada", 61], readings=[("D2", "Ada", "2026-10", 61)]
    ),
    "the table is on the second sheet": xlsx(["Name", "Oct 2026"], ["Ada", 61], ["Ben", 40], sheets=["Read me"]),
    "numbers as texts": xlsx(
        ["Name", "Oct 2026"],
        ["Ada", "61"],
        ["Ben", "'40"],
        readings=[("B2", "Ada", "2026-10", 61), ("B3", "Ben", None, None)],
    ),
    "a score above a hundred": csv(
        "Name,Oct 2026\nAda,610\nBen,40\n", [("B2", "Ada", None, None), ("B3", "Ben", "2026-10", 40)]
    ),
    "a negative score": csv("Name,Oct 2026\nAda,-61\n", [("B2", "Ada", None, None)]),
    "a word for a score": csv("Name,Oct 2026\nAda,sixty\n", [("B2", "Ada", None, None)]),
    "a share for a score": xlsx(["Name", "Oct 2026"], ["Ada", 0.61], readings=[("B2", "Ada", None, None)]),
    "a score of nobody": csv("Name,Oct 2026\n,61\n", [("A2", "", None, None)]),
    "a name without end": csv(f"Name,Oct 2026\n{'A' * 101},61\n", [("A2", "", None, None)]),
    "a month that has not begun": csv("Name,Dec 2026\nAda,61\n", [("B2", "Ada", None, None)]),
    "a formula with its value stored": Case(
        zipped(
            PLAIN_XLSX,
            **{
                SHEET: """<?xml version="1.0"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Oct 2026</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>Ada</t></is></c><c r="B2"><f>60+1</f><v>61</v></c></row>
</sheetData></worksheet>"""
            },
        ),
        [("B2", "Ada", "2026-10", 61)],
        name="scores.xlsx",
    ),
    "a name like a formula": csv('Name,Oct 2026\n"=HYPERLINK(""x"")",61\n', [("B2", '=HYPERLINK("x")', "2026-10", 61)]),
    "a list": csv(LIST, LISTED),
    "a list with days of excel": xlsx(
        ["Name", "Date", "Score"],
        ["Ada", datetime(2026, 10, 5, 9, 30), 61],
        ["Ben", date(2026, 10, 6), 40],
        readings=LISTED,
    ),
    "a list with german days": csv("Name;Datum;Punkte\nAda;05.10.2026;61\nBen;6.10.26;40\n", LISTED),
    "a list with american days": csv(
        "Name,Date,Score\nAda,10/5/2026,61\nBen,10/26/2026,40\n",
        [("C2", "Ada", date(2026, 10, 5), 61), ("C3", "Ben", date(2026, 10, 26), 40)],
    ),
    "a list with months": csv(
        "Name,Month,Score\nAda,2026-10,61\nBen,Oct 2026,40\n",
        [("C2", "Ada", "2026-10", 61), ("C3", "Ben", "2026-10", 40)],
    ),
    "a list of pillars without total": csv(
        "Name,Date,Brand,People,Insights,Relationships\nAda,2026-10-05,20,15,11,14.5\n",
        [("C2", "Ada", date(2026, 10, 5), 61)],
    ),
    "a list with a day in the future": csv("Name,Date,Score\nAda,2026-12-05,61\n", [("B2", "Ada", None, None)]),
    "a list with a day that never was": csv("Name,Date,Score\nAda,2026-02-30,61\n", [("B2", "Ada", None, None)]),
    "a list without a day in one row": csv(
        "Name,Date,Score\nAda,,61\nBen,2026-10-06,40\n",
        [("B2", "Ada", None, None), ("C3", "Ben", date(2026, 10, 6), 40)],
    ),
    "sales navigator": Case(
        SAMPLE.read_bytes(),
        [("X2", "Ana Example", date(2026, 10, 30), 52), ("X3", "Ben Example", date(2026, 10, 30), 18)],
        name="Sales_Navigator_Usage_Reporting_2026-10-01_to_2026-10-30.csv",
    ),
    "a quotation mark never closed": refused(b'Name,Oct 2026\n"Ada,61\n' + b"x" * 20_000, "never closed", "a.csv"),
    "a cell of ten megabytes": refused(b"Name,Oct 2026\nAda," + b"6" * 10_000_000, "10,000 characters", "a.csv"),
    "a file of eleven megabytes": refused(b"Name,Oct 2026\n" * 800_000, "larger than 10 MB", "a.csv"),
    "an empty file": refused(b"", "empty", "a.csv"),
    "a picture": refused(b"\x89PNG\r\n", "picture", "a.csv"),
    "noise": refused(random.Random(1).randbytes(5_000), "neither", "a.csv"),
    "an old excel file": refused(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
    "a zip that is no workbook": refused(b"PK\x03\x04 no", "cannot be read"),
    "a zip bomb": refused(zipped(PLAIN_XLSX, **{SHEET: b" " * 40_000_000}), "unpacked"),
    "a zip of a thousand parts": refused(zipped(PLAIN_XLSX, **{f"part{n}": b"" for n in range(1_001)}), "unpacked"),
    "macros": refused(zipped(PLAIN_XLSX, xl__vbaProject__bin=b"", **{"xl__vbaProject.bin": b""}), "macros"),
    "entities": refused(zipped(PLAIN_XLSX, **{SHEET: b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'}), "entities"),
    "a cell at the end of the world": refused(
        zipped(
            PLAIN_XLSX,
            **{SHEET: b'<worksheet><sheetData><row><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'},
        ),
        "more than 100,000 rows",
    ),
    "a cell of ten megabytes in a workbook": refused(
        zipped(
            PLAIN_XLSX,
            **{
                SHEET: b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                b'<sheetData><row r="1">'
                b'<c r="A1" t="inlineStr"><is><t>'
                + random.Random(2).randbytes(5_000_000).hex().encode()
                + b"</t></is></c></row></sheetData></worksheet>"
            },
        ),
        "10,000,000 characters",
    ),
    "a broken sheet": refused(zipped(PLAIN_XLSX, **{SHEET: b"<worksheet><sheetData><row r="}), "cannot be read"),
    "a letter": refused(b"Dear Grace,\nhere is nothing.\n", "", "letter.csv"),
}
