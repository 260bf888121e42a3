"""Every page in a real browser: no accessibility fault in light or dark, no sideways scroll, no complaint."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from axe_playwright_python.sync_playwright import Axe

from teams.actions.boards.ranking import rank_stale_boards
from tests.browser.steps import sign_in
from tests.makers import PASSWORD, make_leave, make_rep, make_submission
from tests.pages.every_page import FOR_STRANGERS, ONCE_CONFIRMED, WITH_A_FACTOR, new_pages_of, pages_of

AXE = Axe().axe_script
EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
WIDTHS = [390, 640, 700]
"""A phone's, half a laptop's, which is the same at 200 %, and where phones end."""
WAYS = [(WIDE, "light"), (NARROW, "dark")]
"""In which one looks at a page."""

UNSEEN = """() => {
  const canvas = getComputedStyle(document.body).backgroundColor;
  const marks = [...document.querySelectorAll("svg :is(.in, .fill, .dot), .share rect")];
  const unseen = marks.filter(mark => getComputedStyle(mark).fill === canvas).map(mark => mark.outerHTML);
  const focus = getComputedStyle(document.activeElement);
  const current = getComputedStyle(document.querySelector(".nav a[aria-current]") ?? document.activeElement);
  if (focus.outlineStyle === "none") unseen.push("the focus");
  if (current.textDecorationLine === "none" && current.outlineStyle === "none") unseen.push("the place");
  return unseen;
}"""
"""What of a page has the colour of its ground, or no sign."""


@pytest.fixture
def people(live, world):
    """The people of the pages' world, in which Ada has two months, and somebody is away or without access."""
    make_submission(world.ada, 55, month=world.month - 1)
    make_leave(make_rep(world.north, "Away"), world.month.first_day, world.month.last_day)
    make_rep(world.north, "Locked out", login=False, no_access_since=world.month.first_day)
    rank_stale_boards()
    return world.people


def faults(page, options):
    """What axe-core finds, as (rule, where)."""
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [(fault["id"], node["html"][:120]) for fault in found for node in fault["nodes"]]


def sideways(page):
    """How many pixels a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def look_at(page, path, ways, widths):
    """Everything that is wrong with a page: its width each way, the rest in some of the ways."""
    page.goto(path)
    wrong = []
    for size, colours in WAYS:
        page.set_viewport_size(size)
        wrong += [(colours, pixels) for pixels in [sideways(page)] if pixels]
        if (size, colours) in ways:
            page.emulate_media(color_scheme=colours)
            wrong += faults(page, EVERYTHING)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        wrong += [(width, pixels) for pixels in [sideways(page)] if pixels]
    return wrong


def opens(page, path):
    """Whether there is something to look at: not where only forms lead to."""
    return "GET" in page.request.fetch(path, method="OPTIONS").headers.get("allow", "")


NOT_TO_STAY_ON = {"/offline/kept/", "/accounts/error/"}
"""One leads on by itself as soon as there is a network; of the other's 401 a browser complains."""


def pages(who, world):
    """The addresses at which somebody looks."""
    return sorted({*FOR_STRANGERS} - NOT_TO_STAY_ON) if who == "stranger" else new_pages_of(who, world)


def looked_at(page, paths, every_way=True):
    """What is wrong with which of the pages, which are looked at in every way and width, or in turns and on a phone."""
    page.context.add_init_script(AXE)
    opened = [path for path in paths if opens(page, path)]
    ways = {path: WAYS if every_way else [WAYS[number % len(WAYS)]] for number, path in enumerate(opened)}
    widths = WIDTHS if every_way else WIDTHS[:1]
    wrong = {path: look_at(page, path, ways[path], widths) for path in opened}
    return {path: faults for path, faults in wrong.items() if faults}


@pytest.mark.parametrize("who", ["stranger", "ada", "grace", "alan"])
@pytest.mark.parametrize("half", [0, 1])  # since tests run side by side
def test_every_page_is_for_everybody_at_every_width(people, world, new_visitor, who, half):
    page = new_visitor(reduced_motion="reduce")  # colours that are still on their way would be judged
    if who != "stranger":
        sign_in(page, people[who])

    assert looked_at(page, pages(who, world)[half::2], every_way=False) == {}


@pytest.mark.soak
@pytest.mark.parametrize("who", ["stranger", "ada", "vera", "grace", "alan"])
def test_every_page_is_for_everybody_in_every_role(people, world, new_visitor, who):
    page = new_visitor(reduced_motion="reduce")
    if who != "stranger":
        sign_in(page, people[who])

    assert looked_at(page, pages(who, world) if who == "stranger" else pages_of(who, world)) == {}


@pytest.mark.soak
def test_the_pages_of_a_second_factor_are_for_everybody_at_every_width(people, world, new_visitor):
    page = new_visitor(reduced_motion="reduce")
    sign_in(page, world.ben)
    page.goto("/accounts/reauthenticate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()

    wrong = looked_at(page, ONCE_CONFIRMED, every_way=False)
    TOTP.activate(world.ben.user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(world.ben.user)
    wrong |= looked_at(page, WITH_A_FACTOR, every_way=False)
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(world.ben.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/authenticate/")
    wrong |= looked_at(page, ["/accounts/second-factor/authenticate/"])

    assert wrong == {}


def test_where_the_system_chooses_the_colours_figures_focus_and_place_are_seen(people, world, new_visitor):
    page = new_visitor(forced_colors="active", reduced_motion="reduce")
    sign_in(page, world.grace)

    unseen = {}
    for path in ("/", f"/board/{world.north.slug}/", "/goals/", f"/team/{world.north.slug}/"):
        page.goto(path)
        page.keyboard.press("Tab")
        unseen[path] = page.evaluate(UNSEEN)

    assert {path: marks for path, marks in unseen.items() if marks} == {}
