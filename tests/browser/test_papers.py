"""What is made to be printed: a report on one sheet of either paper, certificates on a landscape sheet each."""

import re

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.months.closing import close_month
from teams.models import Board
from tests.browser.steps import sign_in
from tests.makers import make_goal, make_rep, make_submission

A4, LETTER = (595, 842), (612, 792)
MARGIN = "12mm"
"""What browsers leave free by default is about as much."""


@pytest.fixture
def closed(world):
    """North's last month with eight reps, a history of a year and two goals, closed."""
    month = world.month - 1
    reps = [world.ada, world.ben, *(make_rep(world.north, f"Rep Number {n}", login=False) for n in range(6))]
    for back in range(12):
        for number, rep in enumerate(reps):
            make_submission(rep, 80 - 3 * number - (3 + number % 2) * back, month=month - back)
    rank_stale_boards()
    for target in (60, 70):
        make_goal(world.north, target, started_on=month.first_day, due_on=world.month.last_day)
    board = Board.objects.get(team=world.north, month=month)
    close_month(board.pk, world.acme.closes(month))
    return board


def sheets(pdf):
    """The whole points of each sheet of a PDF of Chromium's, as (width, height)."""
    boxes = re.findall(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf, re.DOTALL)
    return [(int(float(width)), int(float(height))) for width, height in boxes]


@pytest.mark.parametrize(("paper", "size"), [("A4", A4), ("Letter", LETTER)])
def test_a_report_is_one_sheet_and_a_certificate_one_across(world, closed, new_visitor, paper, size):
    page = new_visitor()
    sign_in(page, world.grace)
    margin = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN)

    page.goto(f"/board/north/{closed.month}/report/")
    report = page.pdf(format=paper, margin=margin)
    page.goto(f"/board/north/{closed.month}/certificates/")
    certificates = page.locator(".certificate").count()
    printed = page.pdf(format=paper, prefer_css_page_size=True)

    assert sheets(report) == [size]
    assert certificates > 3
    assert sheets(printed) == [size[::-1]] * certificates
