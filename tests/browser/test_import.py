"""Moving in: a sheet of fourteen reps and twelve months, from the file to a filled board, by clicks."""

import re
import time

import openpyxl
import pytest
from playwright.sync_api import expect

from teams.models import Submission
from tests.browser.steps import sign_in
from tests.makers import make_admin, make_organization, make_team, this_month

NAMES = ["Ada", "Ben", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kai", "Lea", "Max", "Nia"]


@pytest.fixture
def sheet(live, tmp_path):
    """What hangs on the wall, as a workbook: a title, real dates above, a totals row."""
    team = make_team("North", make_organization())
    months = [this_month(team.organization) - back for back in reversed(range(12))]
    book = openpyxl.Workbook()
    book.active.append(["Our SSI"])
    book.active.merge_cells("A1:F1")
    book.active.append([])
    book.active.append(["Rep", *(month.first_day for month in months)])
    for number, name in enumerate(NAMES):
        book.active.append([name, *(20 + 3 * number + place for place in range(12))])
    book.active.append(["Average", *(40 + place for place in range(12))])
    book.save(tmp_path / "wall.xlsx")
    return team, tmp_path / "wall.xlsx"


def test_a_sheet_of_fourteen_reps_and_twelve_months_ends_on_a_filled_board(sheet, worker, new_visitor):
    team, path = sheet
    page = new_visitor()
    sign_in(page, make_admin(team.organization))
    began = time.monotonic()

    page.goto("/team/north/")
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".lead")).to_contain_text("168 readings. 14 new members", timeout=30_000)
    page.get_by_role("button", name="Save 168 readings").click()
    expect(page.get_by_text("168 readings were added")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="See the board").click()

    expect(page.locator("#standings tbody tr").first).to_contain_text("Nia")
    expect(page.locator("#standings tbody tr")).to_have_count(14)
    expect(page).to_have_url(re.compile("/board/north/"))
    assert time.monotonic() - began < 120
    assert Submission.objects.filter(source="import", day_unknown=True).count() == 168
