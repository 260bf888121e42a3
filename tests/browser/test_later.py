"""What stands below the fold is fetched when somebody scrolls there, and is a link where no script runs."""

from playwright.sync_api import expect

from teams.models import Goal
from tests.browser.steps import sign_in


def cancel_goals(world):
    Goal.objects.update(cancelled_on=world.acme.today())


def test_past_goals_and_challenges_come_when_somebody_scrolls_to_them(world, new_visitor):
    cancel_goals(world)
    page = new_visitor(viewport={"width": 1200, "height": 120})
    sign_in(page, world.ada)

    page.goto("/goals/")
    expect(page.get_by_role("link", name="Past goals")).to_be_attached()
    page.get_by_role("heading", name="Past").scroll_into_view_if_needed()
    expect(page.get_by_role("region", name="Past goals")).to_contain_text("cancelled on")
    page.goto("/challenges/")
    page.get_by_role("heading", name="Over").scroll_into_view_if_needed()
    expect(page.get_by_role("region", name="Over")).to_contain_text("Last time")


def test_without_a_script_they_are_pages_behind_a_link(world, new_visitor):
    cancel_goals(world)
    page = new_visitor(java_script_enabled=False)
    sign_in(page, world.ada)

    page.goto("/goals/")
    page.get_by_role("link", name="Past goals").click()
    expect(page.get_by_role("region", name="Past goals")).to_contain_text("cancelled on")
    page.goto("/challenges/")
    page.get_by_role("link", name="Challenges that are over").click()
    expect(page.get_by_role("main")).to_contain_text("Last time")
