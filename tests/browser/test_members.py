"""The list of members in a browser: its menus by keyboard and without scripts, its search as one types."""

from playwright.sync_api import expect

from teams.actions.boards.ranking import rank_stale_boards
from tests.browser.steps import sign_in, team_of_fourteen
from tests.makers import make_manager, make_rep

PHONE = {"width": 390, "height": 760}


def rows(page):
    return page.get_by_role("list", name="Members").get_by_role("listitem")


def test_on_a_phone_without_scripts_somebody_is_deactivated_by_keyboard_and_back(live, new_visitor):
    team, rep = team_of_fourteen()
    page = new_visitor(viewport=PHONE, java_script_enabled=False)
    sign_in(page, make_manager(team))
    page.goto("/team/north/")

    page.locator("summary", has_text=f"Actions for {rep}").press("Enter")
    page.get_by_role("button", name="Deactivate").press("Enter")
    expect(rows(page)).to_have_count(14)
    page.get_by_role("button", name="Undo").press("Enter")

    expect(page.get_by_text(f"{rep} is back, as if nothing had been.")).to_be_visible()
    expect(rows(page)).to_have_count(15)


def test_without_scripts_everybody_is_ticked_by_a_link_and_gets_a_plan(live, new_visitor):
    team, _ = team_of_fourteen()
    page = new_visitor(viewport=PHONE, java_script_enabled=False)
    sign_in(page, make_manager(team))
    page.goto("/team/north/")

    page.get_by_role("link", name="Tick everybody").click()
    page.get_by_label("LinkedIn plan").select_option("Sales Navigator")
    page.get_by_role("button", name="Set the plan").click()

    expect(rows(page).filter(has_text="Sales Navigator")).to_have_count(15)


def test_the_list_follows_what_is_typed_and_the_address_too(live, new_visitor):
    team, _ = team_of_fourteen()
    for number in range(14, 24):
        make_rep(team, f"Rep {number}", login=False)
    rank_stale_boards()
    page = new_visitor()
    sign_in(page, make_manager(team))
    page.goto("/team/north/")

    page.get_by_placeholder("Name or e-mail").press_sequentially("rep 23")

    expect(rows(page)).to_have_count(1)
    expect(page).to_have_url("/team/north/?q=rep%2023")
    page.reload()
    expect(rows(page)).to_contain_text(["Rep 23"])
