"""A month from a spreadsheet: nine people's scores by one paste and some Tabs, in one page."""

import pytest
from playwright.sync_api import expect

from teams.models import Submission
from tests.browser.steps import sign_in
from tests.makers import make_manager, make_organization, make_rep, make_team, this_month

NAMES = ["Ada", "Ben", "Cleo", "Dora", "Emil", "Finn", "Gwen", "Hugo", "Ida"]
PASTE = """
(field, text) => {
  const clipboardData = new DataTransfer()
  clipboardData.setData("text", text)
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}))
}
"""
"""As the browser tells it when somebody presses Ctrl and V; tests have no clipboard of their own."""


@pytest.fixture
def north(live):
    team = make_team("North", make_organization())
    for name in NAMES:
        make_rep(team, name, login=False)
    return team


@pytest.fixture
def grace(north, new_visitor):
    """The manager, on the team's page."""
    page = new_visitor()
    sign_in(page, make_manager(north))
    page.goto("/team/north/")
    return page


def totals():
    return dict(Submission.objects.values_list("member__name", "total"))


def field(page, name, column="Score"):
    return page.get_by_role("row", name=name).get_by_role("textbox", name=column)


def paste(page, name, text):
    field(page, name).focus()
    field(page, name).evaluate(f"(field) => ({PASTE})(field, {text!r})")


def test_nine_scores_by_a_paste_and_by_tab_in_one_page(north, grace):
    grace.get_by_role("link", name="Enter scores").click()
    paste(grace, "Ada", "61\t15,5\t15,5\t15\t15\n55\n40\n70\n33\n81\n")
    expect(field(grace, "Ada", "Professional brand")).to_have_value("15,5")
    expect(field(grace, "Finn")).to_have_value("81")

    field(grace, "Gwen").focus()
    for total in ("52", "sixty", "47"):
        grace.keyboard.type(total)
        for _ in range(5):
            grace.keyboard.press("Tab")
    grace.get_by_role("button", name="Save the scores").click()
    expect(grace.get_by_text("8 scores are saved.")).to_be_visible()
    expect(grace.get_by_text("1 row is not saved yet")).to_be_visible()
    expect(field(grace, "Hugo")).to_be_focused()
    expect(field(grace, "Hugo")).to_have_value("sixty")
    field(grace, "Hugo").fill("60")
    grace.keyboard.press("Enter")
    grace.wait_for_url(f"/team/north/{this_month(north.organization)}/")

    assert totals() == dict(zip(NAMES, [61, 55, 40, 70, 33, 81, 52, 60, 47], strict=True))


def test_names_beside_the_scores_find_their_rows_in_any_order(north, grace):
    grace.get_by_role("link", name="Enter scores").click()

    paste(grace, "Ada", "Name\tBrand\tSSI\nIda\t12,5\t47\nNobody\t1\t99\nBen\t15\t55")

    expect(grace.get_by_text("Filled in: 2 people.")).to_be_visible()
    expect(grace.get_by_role("listitem").filter(has_text="Nobody")).to_be_visible()
    expect(field(grace, "Ida", "Professional brand")).to_have_value("12,5")
    expect(field(grace, "Ben")).to_have_value("55")
    assert totals() == {}
    grace.get_by_role("button", name="Save the scores").click()
    expect(grace.get_by_text("2 scores are saved.")).to_be_visible()
    assert totals() == {"Ben": 55, "Ida": 47}


def test_on_a_phone_each_is_a_card_and_without_a_script_a_form(north, new_visitor):
    phone = new_visitor(viewport={"width": 360, "height": 760}, java_script_enabled=False)
    sign_in(phone, make_manager(north))
    phone.goto(f"/team/north/{this_month(north.organization)}/scores/")

    field(phone, "Ada").fill("61")
    box = field(phone, "Ada", "Relationships").bounding_box()
    phone.get_by_role("button", name="Save the scores").click()

    assert box["x"] + box["width"] <= 360
    assert box["width"] > 60
    expect(phone.get_by_text("1 score is saved.")).to_be_visible()
    assert totals() == {"Ada": 61}
