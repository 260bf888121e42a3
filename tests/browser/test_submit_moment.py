"""A rep on a phone, in twenty seconds: paste, look, save, and the moment after."""

import time

import pytest
from playwright.sync_api import expect

from teams.actions.boards.ranking import rank_stale_boards
from tests.browser.steps import paste, sign_in
from tests.makers import make_organization, make_rep, make_submission, make_team, this_month

PHONE = {"viewport": {"width": 360, "height": 760}, "has_touch": True, "is_mobile": True}
PAGE = """Current Social Selling Index
63 out of 100
18.5 | Establish your professional brand
14.25 | Find the right people
10.75 | Engage with insights
19.5 | Build relationships
"""
SHOWN = """
() => {
  const count = document.querySelector(".count-up")
  const running = count.getAnimations({subtree: true}).length
  return [running, getComputedStyle(count, "::after").visibility]
}
"""


@pytest.fixture
def ada(live):
    team = make_team("North", make_organization())
    ada = make_rep(team, "Ada", login=True)
    for back in (1, 2, 3):
        make_submission(ada, 55, month=this_month(team.organization) - back)
    make_rep(team, "Ben", total=66, login=False)
    rank_stale_boards()
    return ada


def submit(page):
    paste(page, PAGE)
    page.get_by_role("button", name="Save this score").click()
    page.wait_for_url("/submit/saved/*/")


def test_a_rep_gets_a_month_in_on_a_phone_and_sees_what_it_means(ada, new_visitor):
    phone = new_visitor(**PHONE)
    sign_in(phone, ada)
    began = time.monotonic()

    submit(phone)

    expect(phone.locator(".count-up")).to_have_text("63")
    assert time.monotonic() - began < 20
    for said in ("Saved for", "+8 since", "Your best month", "2nd of 2 in North", "Next: Ben with 66, 3 points ahead."):
        expect(phone.get_by_text(said)).to_be_visible()
    phone.get_by_role("link", name="Correct").click()
    phone.get_by_label("Score", exact=True).fill("64")
    phone.get_by_label("Establish your professional brand").fill("19,5")
    phone.get_by_role("button", name="Save the correction").click()
    expect(phone.get_by_text("Next: Ben with 66, 2 points ahead.")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_what_was_read_is_saved_without_scrolling(ada, new_visitor):
    phone = new_visitor(**PHONE)
    sign_in(phone, ada)

    paste(phone, PAGE)

    button = phone.get_by_role("button", name="Save this score").bounding_box()
    assert button["y"] + button["height"] < phone.locator(".nav").bounding_box()["y"]
    assert phone.evaluate("scrollY") == 0


@pytest.mark.parametrize(("motion", "moves"), [("no-preference", True), ("reduce", False)])
def test_the_score_counts_up_only_for_those_who_want_motion(ada, new_visitor, motion, moves):
    page = new_visitor(reduced_motion=motion)
    sign_in(page, ada)
    submit(page)

    running, overlay = page.evaluate(SHOWN)

    assert (running > 0, overlay) == (moves, "visible" if moves else "hidden")
    expect(page.locator(".count-up")).to_have_css("color", "rgb(17, 22, 19)")
    assert page.evaluate(SHOWN) == [0, "hidden"]


def test_without_a_script_it_is_a_plain_page(ada, new_visitor):
    page = new_visitor(java_script_enabled=False)
    sign_in(page, ada)

    submit(page)

    expect(page.locator(".count-up")).to_have_text("63")
    expect(page.get_by_role("link", name="See the board")).to_be_visible()
