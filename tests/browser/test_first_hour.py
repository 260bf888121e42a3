"""The first hour of an empty site: its first steps, each by its own button, to a filled board that is played on."""

import pytest
from playwright.sync_api import expect

from teams.models import Board, Challenge
from teams.rules.months import Month
from tests.browser.steps import pair

PEOPLE = ["Ada", "Ben", "Cleo", "Dan"]


@pytest.fixture
def sheet(tmp_path):
    """What a team kept until now: last year's months and this one."""

    def sheet(this_month: Month):
        months = [this_month - back for back in (3, 2, 1, 0)]
        rows = [["Name", *months]]
        rows += [[name, *(30 + 10 * number + place for place in range(4))] for number, name in enumerate(PEOPLE)]
        path = tmp_path / "scores.csv"
        path.write_text("\n".join(",".join(map(str, row)) for row in rows))
        return path

    return sheet


def start(page):
    page.goto("/")
    answers = {"organization": "Acme", "team": "North", "name": "Grace", "email": "grace@acme.example"}
    for name, answer in {**answers, "password": "a sentence to remember"}.items():
        page.locator(f"[name={name}]").fill(answer)
    page.get_by_role("button", name="Start").click()


def take(page, step, *, done):
    """Back on Today so many steps are ticked; on to the next by its button."""
    page.goto("/")
    expect(page.locator(".first-steps .done")).to_have_count(done)
    page.get_by_role("link", name=step).click()


def test_an_empty_site_becomes_a_team_that_plays_step_by_step(live, worker, new_visitor, sheet):
    page, screen = new_visitor(), new_visitor()
    start(page)
    expect(page.get_by_role("heading", name="First steps")).to_be_visible()

    take(page, "Paste a list", done=0)
    page.locator("textarea").fill("\n".join(PEOPLE))
    page.get_by_role("button", name="Preview").click()
    page.locator("button[name=add]").click()
    expect(page.get_by_text("New in the team: 4")).to_be_visible()

    take(page, "Import a sheet", done=1)
    this_month = Board.objects.latest("month").month
    page.get_by_label("File", exact=True).set_input_files(sheet(this_month))
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".lead")).to_contain_text("16 readings", timeout=30_000)
    page.get_by_role("button", name="Save 16 readings").click()
    expect(page.get_by_text("16 readings were added")).to_be_visible(timeout=30_000)

    take(page, "Pair a screen", done=2)
    pair(page, screen)

    take(page, "Choose a challenge", done=3)
    page.goto("/challenges/new/?preset=plus-five")
    page.get_by_label("Played for").fill("lunch")
    expect(page.get_by_text("Played for: lunch. Grace owes it to each winner.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("It is sent.")).to_be_visible()

    page.goto("/")
    expect(page.get_by_role("heading", name="First steps")).to_have_count(0)
    expect(page.get_by_text("4 of 4 in")).to_be_visible()
    page.goto("/board/north/")
    expect(page.locator("#standings tbody tr")).to_have_count(4)
    expect(page.locator("#standings tbody tr").first).to_contain_text("Dan")
    assert Challenge.objects.get().stake == "lunch"
