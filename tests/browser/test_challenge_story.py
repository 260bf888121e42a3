"""The founding idea, by hand: "lunch on me for whoever gains 5 points by month end", from the idea to the lunch."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import Challenge
from tests.browser.steps import sign_in
from tests.makers import days_ago, make_manager, make_organization, make_rep, make_submission, make_team


@pytest.fixture
def people(live):
    """Grace, who manages North, and its reps Ada and Ben with yesterday's scores."""
    team = make_team("North", make_organization("Acme"))
    found = make_manager(team, "Grace"), make_rep(team, "Ada"), make_rep(team, "Ben")
    for rep, total in zip(found[1:], (40, 50), strict=True):
        make_submission(rep, total, taken_on=days_ago(team.organization, 1))
    rank_stale_boards()
    return found


@pytest.fixture
def opens(browser, base_url):
    """Opens a browser of one's own for somebody, signed in."""
    contexts = []

    def opens(member, **options):
        contexts.append(browser.new_context(base_url=base_url, **options))
        page = contexts[-1].new_page()
        page.set_default_timeout(15_000)
        sign_in(page, member)
        return page

    yield opens
    for context in contexts:
        context.close()


def accept(page):
    page.get_by_role("link", name="Challenges", exact=True).click()
    page.get_by_role("button", name="I am in").click()
    expect(page.get_by_text("In. Good luck.")).to_be_visible()


def submit(page, total):
    page.goto("/submit/")
    page.get_by_label("Score", exact=True).fill(str(total))
    page.get_by_role("button", name="Save this score").click()
    page.wait_for_url("/submit/saved/*/")
    page.get_by_role("link", name="Today").last.click()
    page.wait_for_url("/")


def test_lunch_on_me_for_whoever_gains_five_points_by_month_end(people, opens):
    grace, ada, ben = (opens(member) for member in people)

    grace.goto("/challenges/new/?preset=plus-five")
    grace.get_by_label("Played for").fill("lunch")
    grace.get_by_label("Only readings with evidence count").uncheck()
    expect(grace.get_by_text("Played for: lunch. Grace owes it to each winner.", exact=True)).to_be_visible()
    grace.get_by_role("button", name="Send it").click()
    expect(grace.get_by_text("It is sent.")).to_be_visible()

    for rep, total in ((ada, 45), (ben, 54)):
        accept(rep)
        submit(rep, total)
    expect(ada.get_by_text("You made it")).to_be_visible()
    expect(ben.get_by_text("You need 1 point more")).to_be_visible()

    call_command("settle", "--as-of", (Challenge.objects.get().ends_on + timedelta(days=3)).isoformat())

    ben.goto("/board/north/")
    expect(ben.get_by_text("Won by Ada")).to_be_visible()
    grace.goto("/debts/")
    expect(grace.get_by_text("Lunch to Ada")).to_be_visible()
    ada.goto("/debts/")
    ada.get_by_role("button", name="I got it").click()
    expect(ada.get_by_text("Settled.", exact=True)).to_be_visible()
    grace.goto("/debts/")
    expect(grace.get_by_text("Lunch to Ada")).to_have_count(0)


def paste(page, parts):
    """LinkedIn's page with these four pillars, as somebody copies it, read and saved."""
    names = (
        "Establish your professional brand",
        "Find the right people",
        "Engage with insights",
        "Build relationships",
    )
    pillars = "\n".join(f"{points} | {name}" for points, name in zip(parts, names, strict=True))
    page.goto("/submit/")
    page.locator("#id_pasted").fill(f"Current Social Selling Index\n{sum(parts)} out of 100\n\n{pillars}")
    page.locator("button[name=read]").click()
    page.get_by_role("button", name="Save this score").click()
    page.wait_for_url("/submit/saved/*/")


def test_a_duel_for_a_coffee_that_only_a_pasted_page_or_the_managers_word_wins(people, opens):
    grace, ada, ben = (opens(member) for member in people)
    grace.goto("/team/north/")
    make_rep(people[1].memberships.get().team, "Carl", login=False)

    ada.goto("/challenges/new/duel/")
    expect(ada.get_by_role("option", name="Carl (cannot sign in yet)")).to_be_disabled()
    ada.get_by_label("Against").select_option("Ben")
    ada.get_by_label("Who wins").select_option("Who is highest")
    ada.get_by_label("Played for").fill("coffee")
    expect(ada.get_by_text("Played for: coffee. Whoever loses owes it to the winner.", exact=True)).to_be_visible()
    ada.get_by_role("button", name="Send it").click()
    expect(ada.get_by_text("It is sent.")).to_be_visible()

    duel = f"/challenges/{Challenge.objects.get().pk}/"
    ben.goto(duel)
    expect(ben.get_by_text("A score that you only type does not count")).to_be_visible()
    ben.get_by_role("button", name="I am in").click()
    expect(ben.get_by_text("In. Good luck.")).to_be_visible()
    paste(ada, (11, 12, 13, 14))
    submit(ben, 60)
    ben.goto(duel)
    expect(ben.get_by_text("needs a paste, a picture or a word of your manager")).to_be_visible()

    call_command("settle", "--as-of", (Challenge.objects.get().ends_on + timedelta(days=3)).isoformat())

    ben.goto(duel)
    expect(ben.get_by_text("Left out, as only typed")).to_be_visible()
    expect(ben.get_by_text("Coffee, Ben to Ada")).to_be_visible()


def test_the_same_is_made_without_javascript(people, opens):
    page = opens(people[0], java_script_enabled=False)
    page.goto("/challenges/new/?preset=plus-five")
    page.get_by_label("Played for").fill("lunch")

    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Send it").click()

    expect(page.get_by_text("It is sent.")).to_be_visible()
