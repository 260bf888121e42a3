"""Pages at widths between a phone's and a laptop's, and with German's long words."""

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Member
from tests.browser.steps import sign_in, team_of_fourteen
from tests.makers import make_import, make_manager, this_month
from tests.pages.every.test_languages import speaking

HIDDEN = "[...document.querySelectorAll('.scroll')].map(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)"


@pytest.fixture
def german(live, new_visitor):
    """A page of somebody with a long name who manages fourteen reps, and reads German."""
    team, _ = team_of_fourteen()
    manager = make_manager(team, "Bartholomew Featherstonehaugh-Cholmondeley")
    rank_stale_boards()
    page = new_visitor()
    sign_in(page, speaking(manager, "de"))
    return page, team


def test_a_past_month_of_the_board_scrolls_sideways_at_no_width(german):
    page, team = german
    page.goto(f"/board/north/{this_month(team.organization) - 1}/")

    wider = {}
    for width in (320, 390, 480, 600, 640, 660, 700, 720):
        page.set_viewport_size({"width": width, "height": 800})
        wider[width] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert {width: pixels for width, pixels in wider.items() if pixels > 0} == {}


def test_the_members_fit_a_laptop_in_german(german):
    page, _ = german
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("/team/north/")

    assert {pixels for pixels in page.evaluate(HIDDEN) if pixels > 0} == set()


def test_the_rows_of_an_import_fit_a_phone_in_german(german):
    page, team = german
    month = this_month(team.organization)
    manager = Member.objects.get(name__startswith="Bartholomew")
    text = f"Name,Month,Score,Brand,People,Insights,Relationships\nIda Featherstonehaugh,{month},66,20,15,11,12\n"
    upload = make_import(team, manager, text)
    page.set_viewport_size({"width": 390, "height": 780})

    page.goto(f"/imports/{upload.pk}/")

    assert page.get_by_text("die Säulen ergeben 58").is_visible()
    assert {pixels for pixels in page.evaluate(HIDDEN) if pixels > 0} == set()
