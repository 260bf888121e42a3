"""A passkey, in a browser that has a key of its own: adding it, and signing in with nothing else."""

import pytest
from playwright.sync_api import expect

from tests.makers import PASSWORD

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(new_visitor):
    """A browser with a key."""
    page = new_visitor()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    return page


@pytest.fixture
def site(web):
    """The site by its host's name: keys know no bare addresses."""
    return web.replace("127.0.0.1", "localhost")


def test_a_passkey_signs_in_without_a_password(world, page, site):
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Email").fill(world.ada.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{site}/accounts/second-factor/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto(f"{site}/accounts/second-factor/webauthn/")
    expect(page.get_by_text("My laptop")).to_be_visible()
    page.context.clear_cookies()

    page.goto(f"{site}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/")
    expect(page.locator(".account summary")).to_contain_text("Ada")
