"""Every awkward file is read or refused with a sentence; nothing makes the readers fail."""

import io
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teams.files import spreadsheets
from teams.rules.errors import Refused
from teams.rules.sheets.rows import findings
from tests.awkward import CASES, saved

TODAY = date(2026, 11, 23)


def read(content, name="scores.csv"):
    """What a file says, as (cell, name, month or day, total); None where it is no table."""
    spreadsheets.check(content)
    found = spreadsheets.find_layout(content, name, {})
    if found is None:
        return None
    sheet, layout = found
    return [
        (
            each.cell,
            each.name,
            None if each.problem else str(each.month) if each.day_unknown else each.taken_on,
            each.total,
        )
        for number, cells in spreadsheets.rows_of(content, sheet)
        if number > layout.header
        for each in findings(number, cells, layout, TODAY)
    ]


def test_there_are_at_least_forty_awkward_files():
    assert len(CASES) >= 40


@pytest.mark.parametrize("name", CASES)
def test_an_awkward_file_is_read_or_refused(name):
    case = CASES[name]

    if case.refusal:
        with pytest.raises(Refused, match=case.refusal):
            read(case.content, case.name)
    else:
        assert (read(case.content, case.name) or []) == case.readings


def test_every_number_of_a_sales_navigator_export_is_kept():
    content = CASES["sales navigator"].content
    sheet, layout = spreadsheets.find_layout(
        content, "Sales_Navigator_Usage_Reporting_2025-01-01_to_2025-01-30.csv", {}
    )
    first = next(
        f for n, cells in spreadsheets.rows_of(content, sheet) if n > 1 for f in findings(n, cells, layout, TODAY)
    )

    assert (first.email, first.taken_on, first.total, [str(v) for v in first.pillars.values()]) == (
        "ana@example.com",
        date(2025, 1, 30),
        52,
        ["21.050", "6.500", "9.500", "15.000"],
    )


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(alphabet="Nameoct 2026\",;\t\n1é'=", max_size=300).map(str.encode)))
def test_whatever_the_bytes_are_they_are_read_or_refused(content):
    with suppress(Refused):
        read(content)


CELL = st.one_of(
    st.none(),
    st.text(max_size=20).filter(lambda text: text.isprintable()),
    st.integers(-5, 200),
    st.floats(),
    st.dates(),
)


@settings(max_examples=12, deadline=None)  # each opens a process
@given(st.lists(st.lists(CELL, max_size=5), max_size=6))
def test_whatever_stands_in_a_workbook_is_read_or_refused(rows):
    book = openpyxl.Workbook()
    book.active.append(["Name", "Oct 2026", "Sep 2026"])
    for row in rows:
        book.active.append([None if isinstance(c, float) and c != c else c for c in row])

    assert all(total is None or 0 <= total <= 100 for _, _, _, total in read(saved(book)))


@pytest.mark.parametrize("cut", [10, 100, 1000, 3000])
def test_a_workbook_cut_short_is_refused(cut):
    with pytest.raises(Refused):
        read(CASES["title rows merged above"].content[:cut])


@pytest.mark.soak
def test_a_hundred_thousand_rows_are_read_one_by_one():
    text = io.StringIO()
    text.write("Name,Oct 2026\n")
    for number in range(99_999):
        text.write(f"Rep {number},{number % 101}\n")

    assert len(read(text.getvalue().encode())) == 99_999


@pytest.mark.parametrize("said", ["Zoë O'Brien", "O'BRIEN, ZOE", "zoe.obrien@example.org", "Obrien Zoë"])
def test_a_file_that_names_somebody_is_known_however_it_spells_them(said):
    book = openpyxl.Workbook()
    book.active.append([said, 61])

    for content in (f"Name,Score\n{said},61\n".encode(), f"{said};61".encode("utf-16"), saved(book)):
        assert spreadsheets.is_named_in(content, ["Zoë O'Brien"])
        assert not spreadsheets.is_named_in(content, ["Zo Brien", "Brienne Zoë"])
