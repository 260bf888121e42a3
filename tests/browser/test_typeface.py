"""Which fonts a browser draws names with."""

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from tests.browser.steps import sign_in
from tests.makers import make_rep, make_team

NAMES = [
    "Ifeọma Ịsịchei",
    "Ṣadé Ayọ̀délé",
    "Yıldız Şahin-Öz",
    "Guðrún Þórs",
    "Đặng Thị Phượng",
    "Ɗanjuma Ƙasim",
]
WIDTHS = """
(element) => ["tabular-nums", "normal"].map((figures) => {
  element.style.fontVariantNumeric = figures
  return element.getBoundingClientRect().width
})
"""


@pytest.fixture
def board(live, new_visitor):
    team = make_team("North")
    reps = [make_rep(team, name, total=40 + place, login=place == 0) for place, name in enumerate(NAMES)]
    rank_stale_boards()
    page = new_visitor()
    sign_in(page, reps[0])
    page.goto("/board/north/", wait_until="networkidle")
    return page


def fonts(page, element):
    """The families that the browser draws an element's text with, and whether it got them from us."""
    browser = page.context.new_cdp_session(page)
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    found = browser.send("Runtime.evaluate", {"expression": element})["result"]["objectId"]
    browser.send("DOM.getDocument")
    node = browser.send("DOM.requestNode", {"objectId": found})["nodeId"]
    drawn = browser.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return {(font["familyName"], font["isCustomFont"]) for font in drawn}


def test_a_name_is_drawn_in_one_face_whatever_its_letters(board):
    cells = "[...document.querySelectorAll('tbody a')].filter((link) => link.textContent.trim().includes(' '))"

    drawn = {
        board.evaluate(f"{cells}[{place}].textContent.trim()"): fonts(board, f"{cells}[{place}]")
        for place in range(board.evaluate(f"{cells}.length"))
    }

    assert drawn == {name: {("Inter", True)} for name in NAMES}


def test_figures_of_one_width_do_not_tear_a_name_apart(board):
    name = board.get_by_role("link", name="Yıldız Şahin-Öz").first
    name.evaluate("element => { element.style.display = 'inline-block'; element.style.width = 'max-content' }")

    tabular, plain = name.evaluate(WIDTHS)

    assert tabular == plain > 0
