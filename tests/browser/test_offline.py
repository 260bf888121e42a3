"""The site on a phone without a network: a typed score is kept for whom it is, who is asked, and sent once."""

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


def save_what_is_filled_in(page, total):
    cut(page, off=False)
    expect(page.get_by_text("It is filled in below")).to_be_visible()
    expect(page.get_by_label("Score")).to_have_value(str(total))
    page.get_by_role("button", name="Save this score").click()
    expect(page.locator(".count-up")).to_have_text(str(total))


KEPT = """
caches.open("outbox").then(async (outbox) => Promise.all((await outbox.keys()).map(async (key) =>
  [key.url.slice(location.origin.length), await (await outbox.match(key)).text()])))
"""
"""What the phone keeps to be sent: addresses, and what was typed."""


def kept(page):
    return [tuple(each) for each in page.evaluate(KEPT)]


def totals():
    return list(Submission.objects.values_list("total", flat=True))


def test_a_score_typed_without_a_network_is_kept_and_sent_once(phone):
    cut(phone, off=True)
    phone.goto("/")
    expect(phone.get_by_role("heading", name="There is no connection")).to_be_visible()
    type_score(phone, 61, "Keep this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()
    before = totals()

    save_what_is_filled_in(phone, 61)
    phone.goto("/submit/")

    assert (before, totals()) == ([], [61])
    assert kept(phone) == []


def test_a_network_that_goes_while_a_score_is_typed_loses_nothing(phone):
    phone.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 58, "Save this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()

    save_what_is_filled_in(phone, 58)

    assert (totals(), kept(phone)) == ([58], [])


def test_what_is_kept_names_whom_it_is_for_and_holds_no_token(phone, ada):
    phone.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 58, "Save this score")

    expect(phone.get_by_text("It is kept for: Ada")).to_be_visible()
    [(address, values)] = kept(phone)
    assert address.startswith(f"/submit/?for={ada.pk}&on=")
    assert "total=58" in values
    assert "csrf" not in values


def test_what_is_kept_can_be_thrown_away(phone):
    phone.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 58, "Save this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()

    cut(phone, off=False)
    phone.get_by_role("button", name="Delete it").click()
    expect(phone.get_by_text("waits on this device")).to_be_hidden()

    assert (totals(), kept(phone)) == ([], [])


def test_another_score_that_is_saved_leaves_the_kept_one(phone):
    """Only what was sent is forgotten."""
    phone.goto("/submit/")
    other = phone.context.new_page()
    other.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 58, "Save this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()
    phone.close()

    other.context.set_offline(False)
    type_score(other, 61, "Save this score")
    expect(other.locator(".count-up")).to_have_text("61")

    expect(other.get_by_text("waits on this device")).to_be_visible()
    assert totals() == [61]


def test_what_a_rule_refuses_comes_back_with_what_was_typed(phone):
    phone.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 580, "Save this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()

    cut(phone, off=False)
    expect(phone.get_by_label("Score")).to_have_value("580")
    phone.get_by_role("button", name="Save this score").click()
    expect(phone.get_by_text("The score is a whole number from 0 to 100")).to_be_visible()

    expect(phone.get_by_label("Score")).to_have_value("580")
    assert totals() == []


def test_what_somebody_else_typed_on_the_same_phone_waits_for_them(phone, ada):
    ben = make_rep(ada.memberships.get().team, "Ben")
    phone.goto("/submit/")
    cut(phone, off=True)
    type_score(phone, 61, "Save this score")
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
    phone.get_by_role("link", name="Look at it and save it").click()
    save_what_is_filled_in(phone, 61)

    assert (as_ben, list(Submission.objects.values_list("member", "total"))) == ([], [(ada.pk, 61)])


def names_kept(page):
    return page.evaluate("[localStorage.me, localStorage.name]")


@pytest.mark.parametrize("how", ["signed out", "erased"])
def test_nobody_is_named_once_their_session_is_over(phone, ada, how):
    phone.goto("/")
    before = names_kept(phone)
    if how == "signed out":
        phone.locator("details.account summary").click()
        phone.get_by_role("button", name="Sign out").click()
    else:
        User.objects.filter(pk=ada.user_id).delete()
        phone.goto("/")
    expect(phone.get_by_role("heading", name="Sign in")).to_be_visible()
    after = names_kept(phone)
    cut(phone, off=True)
    phone.goto("/")
    type_score(phone, 61, "Keep this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()

    assert (before, after) == ([str(ada.pk), "Ada"], [None, None])
    assert phone.get_by_text("It is kept for").count() == 0


def test_what_is_typed_in_an_older_tab_names_nobody_who_signed_in_since(phone, ada):
    ben = make_rep(ada.memberships.get().team, "Ben")
    phone.goto("/submit/")
    other = phone.context.new_page()
    sign_in(other, ben)
    other.goto("/")
    cut(phone, off=True)

    type_score(phone, 58, "Save this score")
    expect(phone.get_by_role("heading", name="Your score is kept")).to_be_visible()

    assert names_kept(phone) == [str(ben.pk), "Ben"]
    assert phone.get_by_text("It is kept for").count() == 0
    assert [address.partition("&")[0] for address, _ in kept(phone)] == [f"/submit/?for={ada.pk}"]


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


OFFER = """
() => {
  const offer = new Event("beforeinstallprompt", {cancelable: true})
  offer.prompt = () => { window.prompted = offer.defaultPrevented }
  dispatchEvent(offer)
}
"""
"""What a browser does that can install the site; one without a screen never does."""


def test_installing_is_offered_only_where_the_browser_can(phone):
    phone.goto("/me/")
    button = phone.get_by_role("button", name="Install on this device")

    expect(button).to_be_hidden()
    phone.evaluate(OFFER)
    button.click()

    assert phone.evaluate("window.prompted") is True
