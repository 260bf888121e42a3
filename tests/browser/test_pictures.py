"""A picture of LinkedIn's page, read in the browser: only words leave it."""

import os
from pathlib import Path
from urllib.parse import parse_qs

from playwright.sync_api import expect

from teams.rules.paste.picture import MOST_BYTES
from tests.browser.chromium import ROOT
from tests.browser.steps import sign_in

FOLDER = Path(os.environ.get("PICTURES", ROOT / "tests/samples/pictures"))
"""With PICTURES the soak reads those of another folder, with their truth.json, and writes their words.json."""
CARD = ROOT / "tests/samples/pictures/11_crop_score_card.png"
HOLDS = 20_000
"""Milliseconds for a machine that has other things to do; alone it takes two seconds."""


def test_a_picture_becomes_the_form_and_never_leaves_the_device(world, new_visitor):
    page = new_visitor()
    sign_in(page, world.ada)
    page.goto("/submit/")
    requests = []
    page.on("request", lambda request: requests.append(request))
    page.get_by_label("Or take a picture of it").set_input_files(CARD)
    expect(page.get_by_text("Read: 53.")).to_be_visible(timeout=HOLDS)

    fields = [page.get_by_label(label).input_value() for label in ("Score", "Establish", "Find the", "Engage", "Build")]
    posts = [request for request in requests if request.method != "GET"]
    sent = [parse_qs(post.post_data) for post in posts]
    assert fields == ["53", "20.973", "6.38", "10.25", "15"]
    assert [(post.url.endswith("/submit/"), sorted(form)) for post, form in zip(posts, sent, strict=True)] == [
        (True, ["csrfmiddlewaretoken", "read", "words"])
    ]
    assert len(sent[0]["words"][0].encode()) <= MOST_BYTES
    expect(page.locator(".picture canvas")).to_be_visible()

    page.get_by_role("button", name="Save this score").click()
    page.wait_for_url("/submit/saved/*/")
    assert world.ada.submissions.latest("pk").source == "picture"
