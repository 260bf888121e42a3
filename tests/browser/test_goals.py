"""A goal from the idea to the day it is reached, in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.goals import notice_reached
from tests.browser.steps import sign_in
from tests.makers import make_manager, make_organization, make_rep, make_submission, make_team, this_month


@pytest.fixture
def team(live):
    """Ada and Ben, who had 40 last month, and their manager Grace."""
    team = make_team("North", make_organization())
    for name in ("Ada", "Ben"):
        make_rep(team, name, total=40, month=this_month(team.organization) - 1)
    make_manager(team)
    rank_stale_boards()
    return team


def member(team, name):
    return team.organization.members.select_related("user").get(name=name)


def test_a_goal_is_read_back_while_it_is_typed_set_and_celebrated(team, new_visitor):
    grace, ada = new_visitor(), new_visitor(viewport={"width": 390, "height": 800})
    sign_in(grace, member(team, "Grace"))

    grace.get_by_role("link", name="Goals", exact=True).click()
    grace.get_by_role("link", name="New goal for North").click()
    grace.get_by_label("Target").fill("50")
    meaning = grace.locator("#meaning")
    expect(meaning).to_contain_text("The mean score of North is 50 or more by")
    expect(meaning).to_contain_text("Now it is 40.0, the mean of 2 reps.")
    grace.get_by_label("Target").fill("30")
    expect(meaning).to_contain_text("The mean is 40 already. Choose a higher target.")
    grace.get_by_label("Target").fill("50")
    grace.get_by_role("button", name="Set the goal").click()
    expect(grace.get_by_role("heading", name="Mean score 50")).to_be_visible()

    for name in ("Ada", "Ben"):
        make_submission(member(team, name), 51, taken_on=team.organization.today())
    rank_stale_boards()
    notice_reached(timezone.now() + timedelta(seconds=1))

    sign_in(ada, member(team, "Ada"))
    expect(ada.get_by_text("The goal is reached. Well done, North.")).to_be_visible()
    ada.goto("/board/north/")
    expect(ada.get_by_text("The goal is reached. Well done, North.")).to_be_visible()
