"""Cells that hold no number are said with their address, and what a comma split is never believed."""

from datetime import date, time, timedelta
from pathlib import Path

import pytest

from teams.actions.imports import intake, reading
from teams.files import spreadsheets
from teams.rules.sheets.rows import findings
from tests.awkward import PLAIN_XLSX, SHEET, xlsx, zipped
from tests.makers import make_admin, make_organization, make_team, this_month

SAMPLES = Path(__file__).parents[2] / "samples" / "imports"
TODAY = date(2026, 11, 30)
BEYOND = (
    "“5” stands beyond the last heading. If a comma of the row is a decimal comma, the number needs quotation marks."
)


def read(content, name="scores.xlsx"):
    """What each cell of a file says, as (cell, name, total) or (cell, name, problem)."""
    spreadsheets.check(content)
    sheet, layout = spreadsheets.find_layout(content, name, {})
    return [
        (one.cell, one.name, str(one.problem) or one.total)
        for number, cells in spreadsheets.rows_of(content, sheet)
        if number > layout.header
        for one in findings(number, cells, layout, TODAY)
    ]


def sample(name):
    return read((SAMPLES / name).read_bytes(), name)


def rows(*cells):
    """A workbook with names and Oct 2026, from the XML of the cells of the second column."""
    texts = [("Name", '<c r="B1" t="inlineStr"><is><t>Oct 2026</t></is></c>')]
    texts += [(f"Rep {row}", cell) for row, cell in enumerate(cells, 2)]
    lines = "".join(
        f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{name}</t></is></c>{cell}</row>'
        for row, (name, cell) in enumerate(texts, 1)
    )
    return zipped(PLAIN_XLSX, **{SHEET: f"<worksheet><sheetData>{lines}</sheetData></worksheet>".encode()})


def no_score(text):
    return f"“{text}” is not a score. Write a number from 0 to 100."


def no_result(text):
    return f"“{text}” is a formula without its result. Open the file in your spreadsheet and save it."


def test_an_error_is_a_row_to_correct():
    assert sample("formula_errors.xlsx") == [
        ("B2", "Ada Lovelace", no_score("#REF!")),
        ("B3", "Ben Example", 40),
    ]


def test_a_formula_without_its_result_is_one_too():
    assert sample("formulas_without_values.xlsx") == [
        ("B2", "Ada Lovelace", no_result("=60+1")),
        ("B3", "Ben Example", no_result("=40")),
    ]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', no_score("#DIV/0!")),
        ('<c t="e"><v>#NAME?</v></c>', no_score("#NAME?")),
        ('<c r="B2"><f>A1</f><v></v></c>', no_result("=A1")),
        ('<c r="B2"><f t="shared" si="0"/><v/></c>', no_result("=…")),
        ('<c r="B2" t="b"><v>1</v></c>', no_score("TRUE")),
        ('<c r="B2"><f>60+1</f><v>61</v></c>', 61),
    ],
)
def test_so_is_whatever_else_has_no_value(cell, says):
    assert read(rows(cell)) == [("B2", "Rep 2", says)]


@pytest.mark.parametrize("cell", ['<c r="B2" t="e"><v>#N/A</v></c>', '<c r="B2" t="str"><f>""</f><v></v></c>', "<c/>"])
def test_what_says_that_there_is_nothing_stays_nothing(cell):
    assert read(rows(cell)) == []


def test_times_are_no_scores():
    content = xlsx(["Name", "Oct 2026"], ["Ada", timedelta(hours=61)], ["Ben", time(6, 1)]).content

    assert read(content) == [("B2", "Ada", no_score("61:00:00")), ("B3", "Ben", no_score("06:01:00"))]


def test_a_reading_that_no_longer_counted_when_it_was_exported_stays_out():
    assert sample("own_export_withdrawn.csv") == [("E3", "Ben Example", 40)]


def test_an_error_is_nobodys_name():
    assert read(b"Name,Oct 2026\n#REF!,61\n#BEZUG!,40\n", "a.csv") == [
        ("A2", "", "“#REF!” is an error of your spreadsheet. Write whose score this is."),
        ("A3", "", "“#BEZUG!” is an error of your spreadsheet. Write whose score this is."),
    ]


def test_a_hundred_percent_is_a_hundred():
    assert sample("hundred_percent.xlsx") == [("B2", "Ada Lovelace", 61), ("B3", "Ben Example", 100)]


@pytest.mark.parametrize(("number", "shape", "says"), [(1, "0.0 %", 100), (0.07, "0%", 7), (1, '0 "%"', 1)])
def test_a_percentage_is_whatever_its_cell_shows(number, shape, says):
    def shown(sheet):
        sheet["B2"].number_format = shape

    assert read(xlsx(["Name", "Oct 2026"], ["Ada", number], change=shown).content) == [("B2", "Ada", says)]


def test_a_decimal_comma_without_quotes_is_noticed():
    assert sample("decimal_comma_unquoted.csv") == [
        ("C2", "Ada Lovelace", BEYOND),
        ("C3", "Ben Example", BEYOND.replace("5", "6")),
    ]


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Name,Sep 2026,Oct 2026\nAda,60,5,61\n", ["D2"]),
        ("Name,Sep 2026,Oct 2026\nAda,60,5,\n", ["D2"]),
        ("Name,Date,Score\nAda,2026-10-05,60,5\n", ["D2"]),
        ("Team North\n\nName,Oct 2026\nAda,60,5\n", ["C4"]),
        ("Name,Sep 2026,Oct 2026,\nAda,60,61,\n", ["B2", "C2"]),
        ("Name,Oct 2026\nAda,61,,\n", ["B2"]),
        ("Name,Oct 2026\nAda,61,asked twice\n", ["B2"]),
        ("Name;Oct 2026\nAda;60,5\n", ["B2"]),
    ],
)
def test_so_is_one_that_pushes_an_empty_cell_out_and_nothing_else(text, cells):
    assert [cell for cell, _, _ in read(text.encode(), "scores.csv")] == cells


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


def imported(team, text):
    """A text that was read."""
    upload = intake.receive(team, make_admin(team.organization), "scores.csv", text.encode())
    reading.read(upload.pk)
    return upload


def test_a_one_among_shares_is_a_share_of_all_until_somebody_says_that_it_is_a_score(team):
    month = this_month(team.organization)
    upload = imported(team, f"Name,{month - 1},{month}\nAda,1,0.61\nBen,1,1\nCy,2,1.0\n")
    rows = upload.rows.order_by("pk").values_list("cell", "total", "action", "text")
    assert list(rows) == [
        ("B2", 1, "member", ""),
        ("C2", None, "error", "0.61"),
        ("B3", 1, "member", ""),
        ("C3", None, "error", "1"),
        ("B4", 2, "member", ""),
        ("C4", None, "error", "1"),
    ]

    reading.mend(upload, upload.rows.get(cell="C3").pk, "1")

    assert upload.rows.get(cell="C3").total == 1


def test_a_name_that_is_a_formula_is_asked_about(team):
    upload = imported(team, f'Name,{this_month(team.organization)}\n"=Sheet2!A5",61\n')

    assert list(upload.people.values_list("name", "choice")) == [("=Sheet2!A5", "ask")]


def test_points_of_a_part_are_no_score_and_a_share_is_no_points():
    assert read(b"Name,Oct 2026\nAda,24/25\nBen,61/100\n") == [
        ("B2", "Ada", "“24/25” is not a score. Write a number from 0 to 100."),
        ("B3", "Ben", 61),
    ]
    assert read(b"Name,Date,Score,Brand\nAda,2026-10-20,61,20%\nBen,2026-10-20,61,20/25\n") == [
        ("D2", "Ada", "“20%” is not a part of a score. Write a number from 0 to 25."),
        ("C3", "Ben", 61),
    ]


@pytest.mark.parametrize("headings", ["Name,Sep 2026,Oct 2026", "Name,Oct 2026,Sep 2026", "Name,Score,Notes,Month"])
def test_a_digit_behind_a_score_may_be_its_fraction(headings):
    rows = "Ada,60,5,2026-10\n" if "Score" in headings else "Ada,60,5\n"

    assert read(f"{headings}\n{rows}".encode()) == [
        ("C2", "Ada", "“60” and “5” may be one number with a comma. If they are two, write 5.0 here.")
    ]


@pytest.mark.parametrize("scores", ["60,5.0", "12,9", "60,61", "9,5", "40,60", "60,50"])
def test_two_scores_stay_two_where_nothing_else_is_likely(scores):
    assert [
        cell for cell, _, says in read(f"Name,Sep 2026,Oct 2026\nAda,{scores}\n".encode()) if says in range(101)
    ] == [
        "B2",
        "C2",
    ]


@pytest.mark.parametrize(
    ("headings", "row", "whole", "rest"),
    [
        ("Name,Sep 2026,Oct 2026", "Ada,60,25", "60", "25"),
        ("Name,Sep 2026,Oct 2026", "Ada,39,75", "39", "75"),
        ("Name,Sep 2026,Oct 2026", "Ada,60,05", "60", "05"),
        ("Name,Aug 2026,Sep 2026,Oct 2026", "Ada,60,61,25", "61", "25"),
        ("Name,Score,Notes,Month", "Ada,60,25,2026-10", "60", "25"),
        ("Name,Score,Notes,Month", "Ada,60,125,2026-10", "60", "125"),
    ],
)
def test_so_may_two_digits_that_are_no_likely_score_after_it(headings, row, whole, rest):
    [(_, _, says)] = read(f"{headings}\n{row}\n".encode(), "scores.csv")

    assert says == f"“{whole}” and “{rest}” may be one number with a comma. If they are two, write {rest}.0 here."


@pytest.mark.parametrize("text", ["Name;Sep 2026;Oct 2026\nAda;60;5\n", "Name\tSep 2026\tOct 2026\nAda\t60\t25\n"])
def test_where_no_commas_part_the_cells_none_was_a_decimal_comma(text):
    assert [cell for cell, _, says in read(text.encode(), "scores.csv") if says in range(101)] == ["B2", "C2"]


def test_a_day_that_a_spreadsheet_may_have_turned_is_said_to_be_such():
    rows = [["Name", "Date", "Score"], ["Ada", "10/26/2026", 61], ["Ben", date(2026, 9, 11), 40]]

    assert read(xlsx(*rows).content) == [
        ("C2", "Ada", 61),
        (
            "B3",
            "Ben",
            "Day and month of 2026-09-11 may have changed places on the way here. Write the right day, like "
            "2026-11-24.",
        ),
    ]
