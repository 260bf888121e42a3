"""A team goes on without LinkedIn: its manager lets it play for meetings, and a rep enters theirs."""

from playwright.sync_api import expect

from tests.browser.steps import sign_in
from tests.makers import make_counter, make_manager, make_organization, make_rep, make_team


def test_a_challenge_about_what_the_team_counts_asks_for_no_evidence(live, new_visitor):
    north = make_team("North", make_organization())
    grace = make_manager(north)
    make_counter(north, grace, {make_rep(north, "Ada"): 7}, playable=True)
    page = new_visitor()
    sign_in(page, grace)
    page.goto("/challenges/new/")
    evidence = page.get_by_label("Only readings with evidence count")
    expect(evidence).to_be_visible()

    page.get_by_label("On", exact=True).select_option(label="Meetings")

    expect(evidence).to_be_hidden()
    expect(page.get_by_label("How much")).to_have_value("5")


def test_a_manager_lets_the_team_play_for_it_and_a_rep_who_enters_a_figure_is_on_its_board(live, new_visitor):
    north = make_team("North", make_organization())
    ada, ben, grace = make_rep(north, "Ada"), make_rep(north, "Ben", login=False), make_manager(north)
    make_counter(north, grace, {ben: 7})
    manager, rep = new_visitor(), new_visitor()

    sign_in(manager, grace)
    manager.goto("/team/north/figures/")
    manager.get_by_role("link", name="Meetings").click()
    manager.get_by_role("button", name="Let the team play for it").click()
    expect(manager.get_by_role("heading", name="The team plays for it")).to_be_visible()

    sign_in(rep, ada)
    rep.get_by_role("link", name="Enter them").click()
    rep.get_by_label("Meetings").fill("9")
    rep.get_by_role("button", name="Save", exact=True).click()

    expect(rep.get_by_role("region", name="Your place")).to_contain_text("You are 1st with 9.")
    expect(rep.get_by_role("row", name="Ben")).to_contain_text("7")
    manager.get_by_role("link", name="See the board").click()
    expect(manager.get_by_role("row", name="Ada")).to_contain_text("9")
