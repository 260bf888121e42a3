"""What people do in a browser."""

from django.test import Client
from playwright.sync_api import expect

from tests.makers import PASSWORD, make_rep, make_submission, make_team, this_month


def team_of_fourteen():
    """North in its second month, and the rep of it who can sign in."""
    team = make_team("North")
    reps = [make_rep(team, f"Rep {number}", total=40 + number, login=number == 7) for number in range(14)]
    for rep in reps:
        make_submission(rep, 38, month=this_month(team.organization) - 1)
    return team, reps[7]


def sign_in(page, member):
    """With the cookie of somebody who has typed their password already, ending on the member's own page."""
    browser = Client()
    browser.force_login(member.user)
    here = {"domain": "127.0.0.1", "path": "/"}
    page.context.add_cookies([{"name": name, "value": found.value} | here for name, found in browser.cookies.items()])
    page.goto("/")


def sign_in_by_form(page, member):
    """The same with the password."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(member.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("/")


def paste(page, text):
    """What stands on LinkedIn's page, to be read and not yet stored."""
    page.goto("/submit/")
    page.get_by_label("Paste it here").fill(text)
    page.get_by_role("button", name="Check").click()


def tab_to(page, target):
    """Presses Tab until the target has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} cannot be reached by Tab")


def pair(manager, screen, name="Hall"):
    """The screen shows a code, the manager follows its QR code and names the place; ends with the slides."""
    screen.goto("/display/")
    code = screen.locator(".pair-code").inner_text().replace("-", "")
    manager.goto(f"/displays/pair/?code={code}")
    manager.get_by_label("Name").fill(name)
    manager.get_by_role("button", name="Pair this screen").click()
    manager.wait_for_url("/displays/*/")
    expect(screen.locator(".slide:visible")).to_have_count(1)
