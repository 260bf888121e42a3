"""Pages at widths between a phone's and a laptop's, and with German's long words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Member
from teams.tasks import notice_moments
from tests.browser.steps import sign_in, team_of_fourteen
from tests.makers import (
    accept,
    make_challenge,
    make_goal,
    make_import,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    this_month,
)
from tests.pages.every.test_languages import speaking

BROKEN = """
() => [...document.querySelectorAll(".standings .name a")].flatMap(({firstChild: text}) => {
  const broken = [], range = document.createRange()
  for (const {0: word, index} of text.data.matchAll(/\\S+/g)) {
    range.setStart(text, index)
    range.setEnd(text, index + word.length)
    if (range.getClientRects().length > 1) broken.push(word)
  }
  return broken
})
"""
"""The words of names on the board that go on in another line."""
HIDDEN = "[...document.querySelectorAll('.scroll')].map(({scrollWidth, clientWidth}) => scrollWidth - clientWidth)"

MARGINS = """
button => {
  const words = document.createRange()
  words.selectNodeContents(button.firstChild)
  const inner = words.getBoundingClientRect(), outer = button.getBoundingClientRect()
  return [inner.left - outer.left, outer.right - inner.right]
}
"""
"""What is left free before and after a button's words."""

FOUR_MOMENTS = """
() => {
  const moments = document.querySelector(".moments")
  for (let more = 0; more < 3; more++) moments.append(moments.firstElementChild.cloneNode(true))
  const distinct = side => new Set([...moments.children].map(each => each[side])).size
  return ["offsetLeft", "offsetTop", "offsetWidth"].map(distinct)
}
"""
"""In how many columns and rows four moments stand, and how many widths they have."""


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


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_names_on_the_board_break_between_words_only(live, new_visitor, language):
    team = make_team("North")
    for place, name in enumerate(["Henrik Lindqvist", "Robin Castellano", "Grace Nakamura"]):
        make_rep(team, name, total=70 - place, login=False)
    ada = make_rep(team, "Siobhán O'Sullivan", total=60)
    rank_stale_boards()
    page = new_visitor()
    sign_in(page, speaking(ada, language))
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"/board/north/{this_month(team.organization)}/")

    assert page.locator(".standings .name a").count() == 4
    assert page.evaluate(BROKEN) == []


def test_the_pages_of_a_team_stand_in_one_row_on_a_laptop(live, new_visitor):
    page = new_visitor()
    sign_in(page, make_manager(make_team("North")))
    page.set_viewport_size({"width": 1280, "height": 800})

    page.goto("/team/north/")

    assert page.locator(".tabs ul").evaluate("row => row.scrollWidth - row.clientWidth") == 0


def test_a_button_has_its_words_in_the_middle(live, new_visitor):
    page = new_visitor()
    sign_in(page, make_rep(make_team("North")))

    page.goto("/goals/")

    left, right = page.get_by_role("link", name="New goal").evaluate(MARGINS)
    assert left == pytest.approx(right, abs=0.5)


def test_four_moments_stand_two_by_two(live, new_visitor):
    team = make_team("North", make_organization(created_at=timezone.now() - timedelta(days=400)))
    ada = make_rep(team, "Ada", total=64)
    for back in (1, 2, 3):
        make_submission(ada, 55, month=this_month(team.organization) - back)
    rank_stale_boards()
    notice_moments()
    page = new_visitor()

    sign_in(page, ada)

    assert page.evaluate(FOUR_MOMENTS) == [2, 2, 1]


@pytest.mark.parametrize("page_of", ["/goals/", "/board/north/{month}/report/"])
def test_the_state_of_a_goal_stands_beside_its_name(live, new_visitor, page_of):
    team = make_team("North")
    make_goal(team, 60, by=make_manager(team))
    page = new_visitor(viewport={"width": 320, "height": 640})
    sign_in(page, make_rep(team, "Ada", total=40))

    page.goto(page_of.format(month=this_month(team.organization)))

    name, state = (page.locator(f".goal {part}").first.bounding_box() for part in ("h3", ".tag"))
    assert name["y"] - 6 < state["y"] < name["y"] + 12


def test_what_is_still_needed_in_a_challenge_is_seen_on_a_phone(live, new_visitor):
    team = make_team("North")
    ada = make_rep(team, "Ada Featherstone")
    accept(make_challenge(team, make_manager(team)), ada)
    page = new_visitor(viewport={"width": 390, "height": 844})
    sign_in(page, ada)
    page.goto("/challenges/")
    page.locator(".challenge").get_by_role("link").first.click()

    heading = page.get_by_role("columnheader", name="Still needed").bounding_box()

    assert heading["x"] + heading["width"] <= 390


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
