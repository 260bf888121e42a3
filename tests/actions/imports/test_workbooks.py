"""A workbook is read as its reader last saw it: what was open first, and nothing that is hidden without a word."""

import io
import zipfile
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from teams.actions.imports import tabs
from teams.files import excel_process, spreadsheets
from teams.models import Import
from teams.rules.errors import Refused
from tests.actions.imports.test_spreadsheets import read
from tests.awkward import PLAIN_XLSX, saved, zipped
from tests.makers import make_admin, make_organization, make_team

SAMPLES = Path(__file__).parents[2] / "samples" / "imports"
LIST = [["Name", "Score"], ["Ada", 61]]


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


def workbook(*sheets, active=0, hidden=(), very_hidden=()):
    """A workbook of (name, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.sheet_state = "hidden" if name in hidden else "veryHidden" if name in very_hidden else "visible"
        for row in rows:
            sheet.append(row)
    book.active = active
    return saved(book)


def sheet(score, month="Oct 2026"):
    return [["Name", month], ["Ada", score]]


def tabs_of(team, content, name="scores.xlsx"):
    upload = Import(team=team, by=make_admin(team.organization), file_name=name, content=content)
    return tabs.tabs_of(upload)


@pytest.mark.parametrize(
    ("name", "readings"),
    [
        ("hidden_sheet.xlsx", [("B2", "Ada Lovelace", "2026-11", 61)]),
        ("hidden_rows_of_a_filter.xlsx", [("B2", "Ada Lovelace", "2026-11", 61)]),
        ("1904_list.xlsx", [("C2", "Ada Lovelace", date(2026, 10, 5), 61)]),
        ("1904_dates_formatted.xlsx", [("C2", "Ada Lovelace", date(2026, 10, 5), 61)]),
        ("backslashes_in_zip.xlsx", [("B2", "Ada Lovelace", "2026-11", 61)]),
        ("styled_cell_far_down.xlsx", [("B2", "Ada Lovelace", "2026-11", 61)]),
        ("no_cell_references.xlsx", [("B2", "Ada Lovelace", "2026-10", 61)]),
    ],
)
def test_a_workbook_as_people_have_it_is_read(name, readings):
    assert read((SAMPLES / name).read_bytes(), name) == readings


def test_the_tab_that_was_open_comes_first_and_hidden_ones_last(team):
    content = workbook(
        *(("Archive", sheet(11)), ("Old", sheet(12)), ("Data", sheet(13)), ("Scores", sheet(61))),
        active=3,
        hidden=["Archive"],
        very_hidden=["Data"],
    )

    found = tabs_of(team, content)

    assert [(tab.name, tab.chosen, tab.layout["hidden"]) for tab in found] == [
        ("Scores", True, False),
        ("Old", True, False),
        ("Archive", False, True),
        ("Data", False, True),
    ]


def test_a_hidden_tab_is_read_where_no_other_is_a_table(team):
    content = workbook(("Cover", [["Our scores"]]), ("Scores", sheet(61)), hidden=["Scores"])

    assert [(tab.name, tab.chosen) for tab in tabs_of(team, content)] == [("Cover", False), ("Scores", True)]


def test_a_hidden_tab_is_not_read_while_the_one_that_is_shown_must_be_asked_about(team):
    content = workbook(("Scores", LIST), ("Archive", sheet(11)), hidden=["Archive"])

    assert [(tab.name, tab.chosen) for tab in tabs_of(team, content)] == [("Scores", True), ("Archive", False)]


@pytest.mark.parametrize(
    ("file", "names", "months"),
    [
        ("scores.xlsx", ["Oct 2026", "Nov 2026"], ["2026-10", "2026-11"]),
        ("scores.xlsx", ["2026-10", "2026-11"], ["2026-10", "2026-11"]),
        ("scores.xlsx", ["Oct 26", "Nov 26"], ["2026-10", "2026-11"]),
        ("SSI_2026.xlsx", ["Oktober", "November"], ["2026-10", "2026-11"]),
        ("scores.xlsx", ["Oktober", "November"], [None, None]),
        ("SSI 2025-26.xlsx", ["Oktober", "November"], [None, None]),
        ("scores.xlsx", ["Nov 16", "Nov 23"], [None, None]),
    ],
)
def test_one_sheet_a_month_takes_the_month_from_its_name(team, file, names, months):
    found = tabs_of(team, workbook(*((name, LIST) for name in names)), file)

    assert [tab.layout["month"] for tab in found] == months
    assert [bool(tabs.layout_of(tab).missing()) for tab in found] == [month is None for month in months]


def test_days_in_a_list_win_over_the_name_of_its_sheet(team):
    rows = [["Name", "Date", "Score"], ["Ada", date(2026, 9, 28), 61]]

    assert [tab.layout["month"] for tab in tabs_of(team, workbook(("Oct 2026", rows)))] == [None]


def test_headings_that_lost_their_format_are_counted_from_1904_too():
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(["Name", 46296 - 1462])
    book.active.append(["Ada", 61])

    assert read(saved(book), "scores.xlsx") == [("B2", "Ada", "2026-10", 61)]


def test_hidden_rows_are_counted_and_what_is_left_out_is_named(team):
    book = openpyxl.Workbook()
    for row in [["Name", "Oct 2026", "Plan", "Bonus"], *([f"Rep {n}", n, "free", n] for n in range(1, 30))]:
        book.active.append(row)
    for number in (3, 5, 31):
        book.active.row_dimensions[number].hidden = True

    (tab,) = tabs_of(team, saved(book))

    assert tab.layout["hidden_rows"] == {"count": 2, "first": [3, 5]}
    assert tabs.unused(tab) == ["D (Bonus)"]


def test_hidden_columns_give_no_figures_and_are_named(team):
    book = openpyxl.Workbook()
    for row in [["Name", "E-mail", "Sep 2026", "Oct 2026", "Score", "Nov 2026"], ["Ada", "ada@x.org", 60, 61, 7, 62]]:
        book.active.append(row)
    for letter in "BCDE":
        book.active.column_dimensions[letter].hidden = True

    (tab,) = tabs_of(team, saved(book))

    assert tab.layout["columns"] == {"0": "name", "1": "email", "5": "2026-11"}
    assert tabs.unused(tab, hidden=True) == ["C (Sep 2026)", "D (Oct 2026)", "E (Score)"]
    assert tabs.unused(tab) == []


def test_a_column_without_a_width_is_hidden_too():
    columns = b'<cols><col min="2" max="3" width="0"/><col width="9.1" max="4" min="4"/></cols><sheetData/>'

    assert excel_process._hidden_columns(columns) == [1, 2]


def test_of_two_columns_of_scores_the_one_that_is_shown_counts(team):
    book = openpyxl.Workbook()
    for row in [["Name", "Oct 2026", "Oct 2026"], ["Ada", 60, 61]]:
        book.active.append(row)
    book.active.column_dimensions["B"].hidden = True

    assert read(saved(book), "scores.xlsx") == [("C2", "Ada", "2026-10", 61)]


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("Name,augusti 2026,hösten 2026\nAda,59,61\n", ["C (hösten 2026)"]),
        ("Name,Oct 2026,,Name,Oct 2026\nAda,61,,Ben,40\n", ["E (Oct 2026)"]),
        ("Name,Oct 2026,Nov 2026,Total\nAda,61,62,123\n", ["D (Total)"]),
        ("Name,Oct 2026,\nAda,61,3\n", ["C"]),
        ("Name,Oct 2026,Plan\nAda,61,free\n", []),
    ],
)
def test_columns_with_numbers_that_are_not_read_are_named(team, text, unused):
    (tab,) = tabs_of(team, text.encode(), "scores.csv")

    assert tabs.unused(tab) == unused


@pytest.mark.parametrize("name", ["XL/Workbook.xml", "xl\\workbook.xml"])
def test_parts_are_known_in_other_capitals_and_with_backslashes(name):
    changed = {part: part if part != "xl/workbook.xml" else name for part in parts(PLAIN_XLSX.content)}

    assert read(renamed(PLAIN_XLSX.content, changed), "scores.xlsx") == PLAIN_XLSX.readings


def test_a_workbook_with_parts_of_other_names_is_not_called_no_workbook():
    changed = {part: part.replace("workbook.xml", "book.xml") for part in parts(PLAIN_XLSX.content)}

    with pytest.raises(Refused, match="Open it in your spreadsheet, save it as xlsx"):
        spreadsheets.check(renamed(PLAIN_XLSX.content, changed))


@pytest.mark.parametrize("cell", ['<c r="XFD1048576" s="1"/>', '<c r="XFD1048576" s="1"></c>', '<c r="A999999"/>'])
def test_a_cell_far_out_that_is_only_formatted_does_no_harm(cell):
    content = with_row(cell)

    assert read(content, "scores.xlsx") == PLAIN_XLSX.readings


@pytest.mark.parametrize("between", [0, (1 << 20) - 900])
def test_a_value_far_out_is_refused_wherever_it_stands_in_its_part(between):
    filling = Random(1).randbytes(between // 2).hex()
    for spaces in range(0, 300, 25):
        content = with_row(f'<!--{filling}{" " * spaces}--><c r="XFD1048576" s="1"><v>1</v></c>')
        with pytest.raises(Refused, match="more than 100,000 rows or 500 columns"):
            spreadsheets.check(content)


def parts(content):
    return zipfile.ZipFile(io.BytesIO(content)).namelist()


def renamed(content, names):
    """The same workbook with its parts under other names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(names[part], old.read(part))
    return stream.getvalue()


def with_row(cell):
    """The plain workbook with one row more."""
    part = "xl/worksheets/sheet1.xml"
    text = zipfile.ZipFile(io.BytesIO(PLAIN_XLSX.content)).read(part).decode()
    row = text.replace("</sheetData>", f"<row>{cell}</row></sheetData>")
    return zipped(PLAIN_XLSX, **{part.replace("/", "__"): row})
