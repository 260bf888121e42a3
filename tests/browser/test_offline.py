"""The site on a phone without a network: a typed score is kept, and sent once."""

import re

import pytest
from playwright.sync_api import expect

from teams.models import Submission, User
from tests.browser.steps import sign_in, sign_in_by_form
from tests.makers import make_rep, make_team

READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)"
RENEWED = """
new Promise((done, fail) => {
  setTimeout(() => fail("It stays as it was."), 5000)
  if (navigator.serviceWorker.controller.scriptURL.endsWith("?in=de")) done()
  else navigator.serviceWorker.addEventListener("controllerchange", () => done())
})
"""
"""Until the worker is the one of a page in German."""


@pytest.fixture
def ada(live):
    return make_rep(make_team("North"), "Ada")


@pytest.fixture
def phone(ada, new_visitor):
    """Ada's phone, on which the site is installed."""
    page = new_visitor(viewport={"width": 390, "height": 760})
    sign_in(page, ada)
    page.wait_for_function(READY)
    return page


def type_score(page, total, button):
    page.get_by_label("Score").fill(str(total))
    page.get_by_role("button", name=button).click()


def cut(page, *, off):
    page.context.set_offline(off)


def totals():
    return list(Submission.objects.values_list("total", flat=True))


def test_a_score_typed_without_a_network_is_kept_and_sent_once(phone):
    cut(phone, off=True)
    phone.goto("/")
    expect(phone.get_by_role("heading", name="There is no connection")).to_be_visible()
    type_score(phone, 61, "Keep this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()
    before = totals()

    cut(phone, off=False)
    expect(phone.get_by_text("Stored: 61.")).to_be_visible()
    phone.reload()
    phone.goto("/submit/")

    assert (before, totals()) == ([], [61])


def test_a_network_that_goes_while_a_score_is_typed_loses_nothing(phone):
    phone.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 58, "Store this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()

    cut(phone, off=False)
    expect(phone.get_by_text("Stored: 58.")).to_be_visible()

    assert totals() == [58]


def test_what_a_rule_refuses_comes_back_with_what_was_typed(phone):
    phone.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 580, "Store this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()

    cut(phone, off=False)
    expect(phone.get_by_text("The score is a whole number from 0 to 100")).to_be_visible()

    expect(phone.get_by_label("Score")).to_have_value("580")
    assert totals() == []


def test_what_somebody_else_typed_on_the_same_phone_waits_for_them(phone, ada):
    ben = make_rep(ada.memberships.get().team, "Ben")
    phone.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 61, "Store this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()
    phone.context.clear_cookies()
    cut(phone, off=False)
    phone.wait_for_url(re.compile("/accounts/login/"))

    sign_in_by_form(phone, ben)
    expect(phone.get_by_role("link", name="Submit", exact=True)).to_be_visible()
    as_ben = totals()
    phone.context.clear_cookies()
    phone.goto("/accounts/login/")
    phone.get_by_label("Email").fill(ada.user.email)
    phone.get_by_label("Password").fill("correct horse battery")
    phone.get_by_role("button", name="Sign in", exact=True).click()
    expect(phone.get_by_text("Stored: 61.")).to_be_visible()

    assert (as_ben, list(Submission.objects.values_list("member", "total"))) == ([], [(ada.pk, 61)])


def test_without_a_network_the_phone_speaks_its_members_language(phone, ada):
    User.objects.filter(pk=ada.user_id).update(language="de")
    phone.goto("/")
    phone.evaluate(RENEWED)

    cut(phone, off=True)
    phone.goto("/")

    expect(phone.get_by_role("heading", name="Es gibt keine Verbindung")).to_be_visible()
    expect(phone.get_by_role("button", name="Wert aufheben")).to_be_visible()


def test_the_site_can_be_installed(phone):
    manifest = phone.evaluate("fetch('/manifest.webmanifest').then((answer) => answer.json())")
    sizes = {}
    for icon in manifest["icons"][1:]:
        sizes[icon["src"]] = phone.evaluate(
            "async (src) => { const image = new Image(); image.src = src; await image.decode();"
            " return `${image.naturalWidth}x${image.naturalHeight}` }",
            icon["src"],
        )

    assert (manifest["display"], manifest["start_url"]) == ("standalone", "/")
    assert sizes == {icon["src"]: icon["sizes"] for icon in manifest["icons"][1:]}
