"""A picture of LinkedIn's page, read in the browser: only words leave it."""

import base64
import json
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

from teams.rules.paste.picture import MOST_BYTES, SCORES, read, seen
from tests.browser.steps import sign_in
from tests.page_pictures import FOLDER, MARKED, READ_ANEW, differing, truth

CARD = FOLDER / "11_crop_score_card.png"
COPY = """
async (base64) => {
  const blob = new Blob([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt())], {type: "image/png"})
  await navigator.clipboard.write([new ClipboardItem({"image/png": blob})])
}
"""
"""Puts a picture on the clipboard."""
PATIENCE = 60_000
"""Milliseconds for a machine that has other things to do; alone it takes two seconds."""


@pytest.fixture
def page(world, new_visitor):
    page = new_visitor()
    sign_in(page, world.ada)
    page.goto("/submit/")
    return page


def choose(page, picture):
    page.get_by_label("Or take a picture of it").set_input_files(picture)


def drop(page, picture):
    """Drag a file over the page and let go of it: a browser that nobody stops opens it instead."""
    session = page.context.new_cdp_session(page)
    dragged = {"items": [], "files": [str(picture)], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": step, "x": 300, "y": 300, "data": dragged})


def paste(page, picture):
    """Press Ctrl+V with a picture on the clipboard, as after a screenshot."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(COPY, base64.b64encode(picture.read_bytes()).decode())
    page.get_by_label("Paste it here").press("Control+v")


def test_a_picture_becomes_the_form_and_never_leaves_the_device(page, world):
    requests = []
    page.on("request", lambda request: requests.append(request))
    choose(page, CARD)
    expect(page.get_by_text("Read: 53.")).to_be_visible(timeout=PATIENCE)

    fields = [page.get_by_label(label).input_value() for label in ("Score", "Establish", "Find the", "Engage", "Build")]
    posts = [request for request in requests if request.method != "GET"]
    (form,) = [parse_qs(post.post_data) for post in posts]
    assert fields == ["53", "20.973", "6.38", "10.25", "15"]
    assert ([post.url[-8:] for post in posts], sorted(form)) == (["/submit/"], ["csrfmiddlewaretoken", "read", "words"])
    assert len(form["words"][0].encode()) <= MOST_BYTES
    expect(page.locator(".picture canvas")).to_be_visible()

    page.get_by_role("button", name="Save this score").click()
    page.wait_for_url("/submit/saved/*/")
    assert world.ada.submissions.latest("pk").source == "picture"


@pytest.mark.parametrize("hand_over", [drop, paste])
def test_a_picture_is_dropped_or_pasted_as_well(page, hand_over):
    hand_over(page, CARD)

    expect(page.get_by_text("Read: 53.")).to_be_visible(timeout=PATIENCE)
    assert page.get_by_label("Score").input_value() == "53"
    assert page.get_by_label("Paste it here").input_value() == ""
    assert page.url.endswith("/submit/")


def test_what_is_no_picture_is_answered_with_the_ways_that_remain(page):
    choose(page, {"name": "page.png", "mimeType": "image/png", "buffer": b"no picture"})

    expect(page.get_by_text("This picture could not be read here.")).to_be_visible()


@pytest.mark.soak
@pytest.mark.parametrize("name", sorted(path.name for path in READ_ANEW.iterdir() if path.suffix in (".png", ".jpg")))
def test_each_picture_is_read_anew_and_nothing_wrong_is_unmarked(page, name):
    with page.expect_request(lambda request: request.method == "POST", timeout=PATIENCE) as request:
        choose(page, READ_ANEW / name)
    words = parse_qs(request.value.post_data)["words"][0]
    expect(page.locator("[data-when=done]")).to_be_visible(timeout=PATIENCE)

    reading, expected = read(seen(words)), truth(READ_ANEW)[name]
    wrong = {field for field in differing(reading, expected) if getattr(reading, field) is not None}
    assert wrong - reading.unsure == set()
    assert name in MARKED or differing(reading, {field: expected[field] for field in SCORES}) == set()
    assert json.loads(words).keys() == {"words", "closer"}
