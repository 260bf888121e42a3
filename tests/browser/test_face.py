"""A picture of oneself, chosen on a phone and at a desk, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.steps import sign_in, team_of_fourteen
from tests.pictures import HOSTILE, photograph

PICTURE = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
DRAWING = {"name": "me.svg", "mimeType": "image/svg+xml", "buffer": HOSTILE["a drawing"]()}
WIDTH = "picture => picture.decode().then(() => picture.naturalWidth)"


@pytest.mark.parametrize(
    "options",
    [{"viewport": {"width": 320, "height": 640}}, {"java_script_enabled": False}],
    ids=["phone", "no scripts"],
)
def test_a_picture_that_somebody_chooses_stands_beside_their_name(live, new_visitor, options):
    _, rep = team_of_fourteen()
    page = new_visitor(**options)
    sign_in(page, rep)
    page.goto("/me/")

    page.get_by_label("Picture", exact=True).set_input_files(DRAWING)
    page.get_by_role("button", name="Save the picture").click()
    expect(page.locator(".errorlist")).to_have_text("This is a drawing (SVG). Save it as PNG, and choose that file.")

    page.get_by_label("Picture", exact=True).set_input_files(PICTURE)
    page.get_by_role("button", name="Save the picture").click()
    expect(page.get_by_text("Your picture is saved.")).to_be_visible()
    page.locator(".face.large").scroll_into_view_if_needed()
    assert page.locator(".face.large img").evaluate(WIDTH) == 400

    page.goto(f"/reps/{rep.pk}/")
    assert page.locator("h1 .face img").evaluate(WIDTH) == 400

    page.goto("/me/")
    page.get_by_role("button", name="Remove my picture").click()
    expect(page.get_by_text("The picture is removed.")).to_be_visible()
    expect(page.locator("main .face")).to_have_attribute("data-letters", "R7")
    expect(page.locator("main .face img")).to_have_count(0)


def test_a_picture_that_does_not_come_leaves_the_letters(live, new_visitor):
    _, rep = team_of_fourteen()
    page = new_visitor()
    page.route("**/face/**", lambda route: route.fulfill(status=200, content_type="image/webp", body=b"none"))
    rep.face = "0123456789abcdef"
    rep.save()
    sign_in(page, rep)

    page.goto(f"/reps/{rep.pk}/")

    face = page.locator("h1 .face")
    assert face.locator("img").evaluate("picture => picture.naturalWidth") == 0
    assert face.evaluate("face => getComputedStyle(face, '::before').content") == '"R7"'
    expect(face).to_be_visible()
