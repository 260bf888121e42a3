"""Targets, changes and ranks beside scores: never taken for one, wherever the table says what they are."""

from datetime import date

import pytest

from teams.rules.sheets.kinds import guess
from teams.rules.sheets.names import may_be_sums
from teams.rules.sheets.no_scores import other_title
from teams.rules.sheets.rows import findings


def read(*lines):
    """What is asked about a table, or what its rows say."""
    rows = [(number, [cell or None for cell in line.split(",")]) for number, line in enumerate(lines, 1)]
    layout = guess(rows)
    if layout.missing():
        return layout.missing()
    found = [
        one for number, cells in rows[layout.header :] for one in findings(number, cells, layout, date(2026, 11, 30))
    ]
    return [(one.cell, one.problem.partition(" If ")[0] or one.total) for one in found]


@pytest.mark.parametrize(
    "labels", [",Target,,Actual,", ",Ziel 2026,,Ist,", ",Objectifs,,SSI,", ",Delta,,Score,", ",Industry rank,,Total,"]
)
def test_months_under_a_label_of_targets_are_none_of_scores(labels):
    assert read(labels, "Name,Sep 2026,Oct 2026,Oct 2026,Nov 2026", "Ada,70,71,61,63") == [("D3", 61), ("E3", 63)]


def test_months_under_a_pillar_are_its_points():
    assert read(",SSI,,Brand,", "Name,Sep 2026,Oct 2026,Sep 2026,Oct 2026", "Ada,60,61,17,18") == [
        ("B3", 60),
        ("C3", 61),
    ]


@pytest.mark.parametrize("label", ["Target", "Ziel", "Objectif", "Plan", "Δ", "Change", "Rank", "Industry average"])
def test_a_row_that_says_so_is_asked_about(label):
    assert read("Name,KPI,Oct 2026,Nov 2026", f"Ada,{label},7,7", "Ben,SSI,61,62") == [
        ("B2", f"“{label}” stands in this row."),
        ("C3", 61),
        ("D3", 62),
    ]


def test_so_is_one_of_a_pillar_and_not_a_department_of_that_name():
    problem = "“People” stands in this row."

    assert read("Name,KPI,Oct 2026", "Ada,People,17") == [("B2", problem)]
    assert read("Name,Department,Oct 2026", "Ada,People,61") == [("C2", 61)]


@pytest.mark.parametrize("sign", ["+/- {}", "# {}", "∆ {}", "Δ {}", "{} ±", "% {}", "{} ▲▼"])
def test_so_are_columns_with_a_sign_of_it_in_their_heading(sign):
    assert read(f"Name,Nov 2026,{sign.format('Oct 2026')}", "Ada,61,3") == [("B2", 61)]
    assert read(f"Name,Date,Score,{sign.format('SSI 1')}", "Ada,2026-11-02,61,3") == [("C2", 61)]


def test_an_arrow_beside_name_only_says_how_the_rows_are_sorted():
    assert read("Name ▲,Nov 2026", "Ada,61") == [("B2", 61)]


@pytest.mark.parametrize(
    ("tab", "above", "says"),
    [
        ("Targets", [], "Targets"),
        ("SSI Ziele 2026", [], "SSI Ziele 2026"),
        ("Plan", [["SSI Scores"]], "Plan"),
        ("Δ", [], "Δ"),
        ("Network rank", [], "Network rank"),
        ("Industry average 2026", [], "Industry average 2026"),
        ("Sheet1", [["Objectifs T4"], [None]], "Objectifs T4"),
        ("Sheet1", [[None, "Budget FY26"]], "Budget FY26"),
        ("Sheet1", [["New connections 2026"]], "New connections 2026"),
        ("Posts per month", [], "Posts per month"),
        ("Brand 2026", [], "Brand 2026"),
        ("Sheet1", [["Establish your professional brand"]], "Establish your professional brand"),
        ("Brand", [], ""),
        ("Sales team", [], ""),
        ("Sheet1", [["Goal for everybody: 70"]], ""),
        ("Sheet1", [["Target", 70]], ""),
        ("Sheet1", [["Our SSI, 2026"]], ""),
        ("Actual", [], ""),
        ("Planet team", [], ""),
    ],
)
def test_a_title_may_say_that_a_table_holds_no_scores(tab, above, says):
    assert other_title(tab, "ssi.xlsx", above, has_months=True) == says


@pytest.mark.parametrize(
    ("file_name", "tab", "says"),
    [
        ("ssi_targets.csv", "", "ssi_targets.csv"),
        ("Ziele.xlsx", "Tabelle1", "Ziele.xlsx"),
        ("Ziele.xlsx", "Ist", ""),
        ("scores and goals.csv", "", ""),
        ("rank.csv", "", ""),
    ],
)
def test_so_may_the_name_of_a_file(file_name, tab, says):
    assert other_title(tab, file_name, [], has_months=True) == says


def test_ranks_beside_a_column_of_scores_are_no_doubt():
    assert other_title("Ranking", "", [], has_months=False) == ""
    assert other_title("Targets", "", [], has_months=False) == "Targets"


@pytest.mark.parametrize(
    "name", ["Plan", "Delta", "Δ", "∆", "Soll", "Ist", "Budget 2026", "Gap to target", "Ranking", "12", "Ada & Ben"]
)
def test_a_line_of_them_is_nobody(name):
    assert may_be_sums(name)
