"""Every page in a real browser: no accessibility fault in light or dark, no sideways scroll, no complaint."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from axe_playwright_python.sync_playwright import Axe

from teams.actions.boards import rank_stale_boards
from tests.browser.steps import sign_in
from tests.makers import PASSWORD, make_leave, make_rep, make_submission
from tests.pages.every_page import FOR_STRANGERS, ONCE_CONFIRMED, WITH_A_FACTOR, pages_of

AXE = Axe().axe_script
EVERYTHING = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
"""In the dark only colours are others."""
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 800}


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


def look_at(page, path):
    """Everything that is wrong with a page, wide and narrow, light and dark."""
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    page.goto(path)
    page.evaluate(AXE)
    wrong = [("wide", sideways(page)), *faults(page, EVERYTHING)]
    page.emulate_media(color_scheme="dark")
    wrong += faults(page, COLOURS)
    page.set_viewport_size(NARROW)
    wrong += [("narrow", sideways(page)), *faults(page, {"runOnly": ["target-size"], "rules": {}})]
    return [fault for fault in wrong if fault[1] != 0]


def opens(page, path):
    """Whether there is something to look at: not where only forms lead to, and a browser complains about a 404."""
    return page.request.get(path).status == 200


LEAVES = "/offline/kept/"
"""Leads on by itself as soon as there is a network."""
SHARES = {"stranger": 1, "ada": 2, "grace": 4, "alan": 1}
"""In how many tests somebody's pages are looked at, since these run side by side."""


@pytest.mark.parametrize(("who", "share"), [(who, share) for who in SHARES for share in range(SHARES[who])])
def test_every_page_is_for_everybody_at_every_width(people, world, new_visitor, who, share):
    page = new_visitor(reduced_motion="reduce")  # colours that are still on their way would be judged
    if who != "stranger":
        sign_in(page, people[who])
    paths = [*{*FOR_STRANGERS} - {LEAVES}] if who == "stranger" else pages_of(who, world)
    if who == "alan":  # an admin's pages are a manager's, and these
        paths = sorted({*paths} - {*pages_of("grace", world)})

    wrong = {path: look_at(page, path) for path in paths[share :: SHARES[who]] if opens(page, path)}

    assert {path: faults for path, faults in wrong.items() if faults} == {}


def test_the_pages_of_a_second_factor_are_for_everybody_at_every_width(people, world, new_visitor):
    page = new_visitor(reduced_motion="reduce")
    sign_in(page, world.ben)
    page.goto("/accounts/reauthenticate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()

    wrong = {path: look_at(page, path) for path in ONCE_CONFIRMED}
    TOTP.activate(world.ben.user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(world.ben.user)
    wrong |= {path: look_at(page, path) for path in WITH_A_FACTOR}
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(world.ben.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/authenticate/")
    wrong |= {"code": look_at(page, "/accounts/second-factor/authenticate/")}

    assert {path: faults for path, faults in wrong.items() if faults} == {}
