"""Tables that could be read in more than one way: read where something proves it, and else asked about."""

from datetime import date
from pathlib import Path

import pytest

from teams.files import spreadsheets
from teams.rules.months import Month
from teams.rules.sheets import days
from teams.rules.sheets.kinds import of_table
from teams.rules.sheets.rows import findings
from tests.actions.imports.test_spreadsheets import read

SAMPLES = Path(__file__).parents[2] / "samples" / "imports"
BOTH_WAYS = "The days can be read in two ways. Say whether the day or the month comes first."


def asked(content):
    """What is asked about a file before anything of it is read."""
    content = content.encode() if isinstance(content, str) else (SAMPLES / content.name).read_bytes()
    return spreadsheets.find_layout(content, "scores.csv", {})[1].missing()


def sample(name):
    return read((SAMPLES / name).read_bytes(), name)


@pytest.mark.parametrize("name", ["days_american_ambiguous.csv", "days_contradict.csv"])
def test_days_that_nothing_proves_or_that_contradict_each_other_are_asked_about(name):
    assert asked(SAMPLES / name) == [BOTH_WAYS]


@pytest.mark.parametrize(
    "text",
    [
        "Name,11/1/2026\nAda,61\n",
        "Name,05/01/2026,12/01/2026\nAda,60,61\n",
        "Name,Month,Score\nAda,11/1/2026,61\n",
        "Name,Date,Score\nAda,03-04-2026,61\n",
    ],
)
def test_so_are_days_in_headings_and_in_a_column_of_months(text):
    assert asked(text) == [BOTH_WAYS]


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["11/9/2026", "10/26/2026"], "mdy"),
        (["11/9/2026", "26/10/2026"], "dmy"),
        (["11/9/2026"], ""),
        (["10/26/2026", "26/10/2026"], ""),
        (["5/5/2026"], "any"),
        (["11.9.2026"], "any"),
        (["2026-11-09"], "any"),
        (["10/26/2026", date(2026, 9, 11)], "mdy!"),
    ],
)
def test_a_column_proves_its_order_or_does_not(cells, order):
    assert days.order(cells) == order


def test_nothing_is_read_against_the_order_of_its_column():
    assert days.day("26/10/2026", "mdy") is None
    assert days.day("10/26/2026", "dmy") is None
    assert days.day("11/9/2026", "mdy") == date(2026, 11, 9)
    assert days.day("11/9/2026", "") is None


def test_a_real_day_among_texts_in_the_other_order_may_have_been_turned():
    assert days.day(date(2026, 9, 11), "mdy!") is None
    assert days.day(date(2026, 9, 26), "mdy!") == date(2026, 9, 26)


def test_nor_does_it_say_a_month_any_more():
    assert days.month(date(2026, 9, 11), order="mdy!") is None
    assert days.month(date(2026, 9, 26), order="mdy!") == Month(2026, 9)
    assert days.month(date(2026, 9, 11)) == Month(2026, 9)


def test_time_stamps_prove_their_order():
    assert sample("google_form_timestamps.csv") == [
        ("D2", "Ada Lovelace", date(2026, 10, 26), 61),
        ("D3", "Ben Example", date(2026, 11, 2), 40),
    ]


def test_a_month_over_rank_and_score_takes_the_score():
    assert sample("month_over_rank_and_score.xlsx") == [
        ("C3", "Ada Lovelace", "2026-10", 61),
        ("E3", "Ada Lovelace", "2026-11", 60),
        ("C4", "Ben Example", "2026-10", 40),
        ("E4", "Ben Example", "2026-11", 66),
    ]


def test_a_month_over_pillars_takes_them_and_their_total():
    content = (SAMPLES / "month_over_pillars.xlsx").read_bytes()
    sheet, layout = spreadsheets.find_layout(content, "scores.xlsx", {})
    row = next(cells for number, cells in spreadsheets.rows_of(content, sheet) if number > layout.header)

    found = list(findings(3, row, layout, date(2026, 11, 30)))

    assert [(str(one.month), one.total, [int(points) for points in one.pillars.values()]) for one in found] == [
        ("2026-10", 61, [17, 12, 10, 22]),
        ("2026-11", 63, [17, 12, 10, 24]),
    ]


@pytest.mark.parametrize(
    ("below", "cell"), [("Change,SSI", "C3"), ("Target,Actual", "C3"), ("Score,Rank", "B3"), ("Ziel,Ist", "C3")]
)
def test_whatever_else_stands_below_a_month_is_not_its_score(below, cell):
    scores = {"B3": "61,2", "C3": "2,61"}[cell]

    assert read(f"Name,Oct 2026,\n,{below}\nAda,{scores}\n".encode()) == [(cell, "Ada", "2026-10", 61)]


@pytest.mark.parametrize("below", ["Trend,Wish", "Score,SSI"])
def test_where_none_or_two_may_be_the_score_it_is_asked_about(below):
    assert asked(f"Name,Oct 2026,\n,{below}\nAda,1,2\n") == ["Columns B, C may mean the same. Say which one counts."]


def test_two_columns_of_one_month_are_asked_about():
    assert asked(SAMPLES / "month_twice.csv") == ["Columns B, C may mean the same. Say which one counts."]


def test_a_second_table_beside_the_first_is_not_mixed_into_it():
    assert read(b"Name,Oct 2026,,Name,Oct 2026\nAda,61,,Ben,40\n") == [("B2", "Ada", "2026-10", 61)]


def test_columns_of_days_are_readings_of_these_days():
    assert sample("weekly_columns.csv") == [
        ("B2", "Ada Lovelace", date(2026, 11, 2), 60),
        ("C2", "Ada Lovelace", date(2026, 11, 9), 61),
        ("D2", "Ada Lovelace", date(2026, 11, 16), 61),
        ("E2", "Ada Lovelace", date(2026, 11, 23), 62),
    ]


@pytest.mark.parametrize("first", ["Ada,61,3", "Ada,-,-", "Ada,on leave,sick"])
def test_the_first_row_below_a_month_is_no_heading_where_it_is_somebody(first):
    content = f"Name,Oct 2026,\n{first}\nBen,40,1\n".encode()

    assert spreadsheets.find_layout(content, "scores.csv", {})[1].header == 1


@pytest.mark.parametrize("who", ["Name", "Rep", "Mitarbeiter"])
def test_nobody_gets_the_scores_of_a_second_table_beside_the_first(who):
    assert read(f"Name,Oct 2026,,{who},Nov 2026\nAda,61,,Ben,40\n".encode()) == [("B2", "Ada", "2026-10", 61)]


def test_nor_those_of_a_second_table_below_it():
    content = b"Name,Oct 2026\nAda,61\n\nName,Nov 2026\nBen,40\n"
    sheet, layout = spreadsheets.find_layout(content, "scores.csv", {})

    rows = list(of_table(spreadsheets.rows_of(content, sheet), layout))

    found = [each for number, cells in rows[1:] for each in findings(number, cells, layout, date(2026, 11, 30))]
    assert [(each.cell, each.name, each.total, each.problem[:28]) for each in found] == [
        ("B2", "Ada", 61, ""),
        ("A4", "", None, "Another table begins here. I"),
    ]


@pytest.mark.parametrize(
    ("layout", "again"),
    [
        ("Name,Oct 2026", "Name,Oct 2026"),
        ("Name,Oct 2026", "Name,Oct"),
        ("Name,Date,Score", "Name,Date,Score"),
        ("Name,Date,Score", "Name,,"),
    ],
)
def test_headings_that_are_repeated_on_every_page_end_no_table(layout, again):
    content = f"{layout}\nAda,2026-10-05,61\n{again}\nBen,2026-10-05,40\n".encode()
    sheet, found = spreadsheets.find_layout(content, "scores.csv", {})

    assert len(list(of_table(spreadsheets.rows_of(content, sheet), found))) == 4


@pytest.mark.parametrize("below", ["2 Nov,9 Nov", "Nov 2,Nov 9", "02.11.2026,09.11.2026", "2026-11-02,2026-11-09"])
def test_days_below_a_month_are_readings_of_these_days(below):
    assert read(f"Name,November 2026,\n,{below}\nAda,60,61\n".encode()) == [
        ("B3", "Ada", date(2026, 11, 2), 60),
        ("C3", "Ada", date(2026, 11, 9), 61),
    ]


def test_a_month_that_stands_over_each_of_its_columns_is_one_month():
    assert read(b"Name,Oct 2026,Oct 2026,Nov 2026,Nov 2026\n,Rank,Score,Rank,Score\nAda,1,61,2,60\n") == [
        ("C3", "Ada", "2026-10", 61),
        ("E3", "Ada", "2026-11", 60),
    ]


def test_a_day_without_its_year_is_no_month_of_another_year():
    assert [reading[2:] for reading in read(b"Name,Date,Score\nAda,Nov 16,61\n")] == [(None, None)]


@pytest.mark.parametrize("written", ["10/26/2026, 3:05:12 PM", "2026-10-26T08:00:00+02:00", "26/10/2026 15:05"])
def test_a_time_behind_a_day_does_no_harm(written):
    readings = read(f'Name,Date,Score\nAda,"{written}",61\n'.encode())

    assert readings == [("C2", "Ada", date(2026, 10, 26), 61)]
