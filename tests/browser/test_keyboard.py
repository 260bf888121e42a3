"""The main stories by the keyboard alone: everything is reached by Tab, is seen when it is, and Enter is enough."""

import re

import pytest
from playwright.sync_api import expect

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Challenge, Goal
from tests.browser.steps import tab_to
from tests.makers import make_challenge, make_manager, make_organization, make_rep, make_team

STOPS = """
() => {
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
  return stops.filter((stop) => stop.checkVisibility() && stop.type !== "hidden").length
}
"""
HIDDEN = """
() => {
  const stop = document.activeElement
  const box = stop.getBoundingClientRect()
  const [x, y] = [box.x + box.width / 2, Math.min(box.y + box.height / 2, box.y + 40)]
  const seen = document.elementFromPoint(x, y)
  const isMarked = getComputedStyle(stop).outlineStyle !== "none"
  return isMarked && seen && (stop.contains(seen) || seen.contains(stop)) ? null : stop.outerHTML.slice(0, 120)
}
"""
"""What has the focus, where that is not marked, or lies outside the window or under something else."""


@pytest.fixture
def north(live):
    """A team of two reps and their manager."""
    team = make_team("North", make_organization())
    make_rep(team, "Ada", total=50)
    make_rep(team, "Ben", total=40)
    rank_stale_boards()
    return make_manager(team, "Grace")


@pytest.fixture
def page_of(new_visitor, browse, base_url):
    """Opens a page in a browser in which somebody is signed in."""

    def page_of(member, path, **options):
        page = new_visitor(reduced_motion="reduce", **options)
        [cookie] = browse(member).cookies.values()
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": base_url}])
        page.goto(path)
        return page

    return page_of


def colleague(manager, name):
    return manager.organization.members.select_related("user").get(name=name)


def press(page, role, name):
    tab_to(page, page.get_by_role(role, name=name, exact=True).first)
    page.keyboard.press("Enter")


def type_into(page, label, text):
    tab_to(page, page.get_by_label(label, exact=True))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type(text)


def test_enter_reads_a_challenge_back_and_enter_sends_it(north, page_of):
    page = page_of(north, "/challenges/")
    press(page, "link", "New challenge")
    type_into(page, "Played for", "lunch")

    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Send it")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#messages")).to_contain_text("It is sent.")
    assert Challenge.objects.get().stake == "lunch"


def test_an_invitation_is_answered(north, page_of):
    ada = colleague(north, "Ada")
    challenge = make_challenge(ada.memberships.get().team, north)

    page = page_of(ada, f"/challenges/{challenge.pk}/")
    press(page, "button", "I am in")

    expect(page.locator("#messages")).to_contain_text("In. Good luck.")
    assert challenge.entries.filter(member=ada, answer="accepted").exists()


def test_a_goal_is_set_and_a_refused_one_says_why_where_the_focus_is(north, page_of):
    page = page_of(colleague(north, "Ada"), "/goals/")
    press(page, "link", "New goal of my own")
    type_into(page, "Target", "much")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Target")).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    expect(page.locator("#meaning .warning")).to_be_focused()
    page.keyboard.press("Shift+Tab")

    type_into(page, "Target", "60")
    page.keyboard.press("Enter")

    expect(page.locator("#messages")).to_contain_text("The goal is set.")
    assert Goal.objects.get().target == 60


def test_the_boards_tabs_and_months_are_walked(north, page_of):
    page = page_of(colleague(north, "Ada"), "/board/north/")
    press(page, "link", "Most improved")
    expect(page.locator(".tabs [aria-current]")).to_have_text("Most improved")
    tab_to(page, page.locator(".months [rel=prev]"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/board/north/\d{4}-\d\d/$"))
    tab_to(page, page.locator(".months [rel=next]"))
    page.keyboard.press("Enter")

    press(page, "link", "Ben")

    expect(page.get_by_role("heading", level=1)).to_have_text("Ben")


def test_a_manager_goes_to_a_rep_and_back(north, page_of):
    page = page_of(north, "/")
    press(page, "link", "Team")
    press(page, "link", "Ada")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada")

    press(page, "link", "Team")

    expect(page.get_by_role("heading", level=1)).to_have_text("North")


@pytest.mark.parametrize("path", ["/team/north/", "/challenges/new/"])
def test_whatever_has_the_focus_is_seen_on_a_phone_too(north, page_of, path):
    page = page_of(north, path, viewport={"width": 390, "height": 640})

    hidden = []
    for _ in range(page.evaluate(STOPS)):
        page.keyboard.press("Tab")
        hidden.append(page.evaluate(HIDDEN))

    assert [stop for stop in hidden if stop] == []
