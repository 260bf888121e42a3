"""Thanks from the page of a colleague to the board and the wall, in a real browser."""

from playwright.sync_api import expect

from tests.browser.steps import sign_in
from tests.makers import make_manager, make_organization, make_rep, make_team


def test_a_rep_thanks_another_on_a_phone_who_has_it_on_the_board_until_a_manager_takes_it_down(live, new_visitor):
    team = make_team("North", make_organization())
    ben, ada, grace = make_rep(team, "Ben", total=40), make_rep(team, "Ada", total=50), make_manager(team)
    at_ben, at_ada, at_grace = new_visitor(viewport={"width": 390, "height": 800}), new_visitor(), new_visitor()
    for visitor, member in ((at_ben, ben), (at_ada, ada), (at_grace, grace)):
        sign_in(visitor, member)

    at_ben.goto(f"/reps/{ada.pk}/")
    at_ben.get_by_role("link", name="Say thanks").click()
    expect(at_ben.get_by_label("To")).to_have_value(str(ada.pk))
    at_ben.get_by_label("What for").fill("for the intro at Globex")
    at_ben.get_by_role("button", name="Say thanks").click()
    expect(at_ben.locator("#messages")).to_contain_text("Ada has your thanks.")

    at_ada.goto("/")
    waits = at_ada.get_by_role("region", name="Waits for you")
    expect(waits).to_contain_text("Ben thanks you: “for the intro at Globex”")
    waits.get_by_role("link", name="Open thanks").click()
    at_ada.get_by_role("button", name="Show it on the board").click()
    expect(at_ada.get_by_text("on the board", exact=True)).to_be_visible()

    at_grace.goto("/board/north/")
    thanks = at_grace.get_by_role("region", name="Thanks")
    expect(thanks).to_contain_text("for the intro at Globex")
    thanks.get_by_role("button", name="Take it down").click()
    expect(at_grace.locator("#messages")).to_contain_text("Taken down.")
    expect(at_grace.get_by_text("for the intro at Globex")).to_have_count(0)
