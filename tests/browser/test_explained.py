"""What a word means, on a tap: by keyboard, without JavaScript, and with a way to the help page."""

import pytest
from playwright.sync_api import expect

from teams.actions.boards.ranking import rank_stale_boards
from tests.browser.steps import sign_in, team_of_fourteen

QUARTER = "The first quarter of the places: of eight people the first two, and whoever is level with them."


@pytest.fixture
def rep(live):
    _, rep = team_of_fourteen()
    rank_stale_boards()
    return rep


@pytest.mark.parametrize("scripts", [True, False])
def test_the_top_quarter_is_explained_by_keyboard_with_scripts_and_without(rep, new_visitor, scripts):
    page = new_visitor(java_script_enabled=scripts)
    sign_in(page, rep)
    page.goto("/board/north/")
    said = page.get_by_text(QUARTER)
    expect(said).to_be_hidden()

    page.get_by_role("button", name="What is the top quarter?").press("Enter")
    expect(said).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()

    page.get_by_role("button", name="What is the top quarter?").press("Enter")
    page.get_by_role("link", name="More in Help").press("Enter")
    page.wait_for_url("/help/#top-quarter")
