"""Today by who looks: what is for managers only, and what it costs."""

import pytest

from teams.actions.boards.ranking import rank_stale_boards
from tests.makers import make_challenge, make_rep

pytestmark = pytest.mark.django_db


def test_nobody_sees_who_moved_or_is_missing_in_a_team_they_do_not_manage(world, browse):
    pages = {who: browse(world.people[who]).get("/").context for who in ("ada", "vera", "sue")}

    assert {who: context["movers"] for who, context in pages.items()} == {"ada": [], "vera": [], "sue": []}
    assert {who: len(context["managed_months"]) for who, context in pages.items()} == {"ada": 0, "vera": 0, "sue": 1}
    assert [person for each in pages["ada"]["months"] for person in each.named] == []


def test_duels_of_others_are_not_on_ones_today(world, browse):
    duel = make_challenge(world.north, world.ben, kind="highest", opponent=world.ada, title="Ben against Ada")

    shown = {
        who: duel.pk in [card.challenge.pk for card in browse(world.people[who]).get("/").context["challenges"]]
        for who in ("ada", "ben", "grace", "vera")
    }

    assert shown == {"ada": True, "ben": True, "grace": False, "vera": False}


@pytest.mark.parametrize("who", ["ada", "grace", "alan", "vera"])
def test_today_costs_eight_queries_at_most(world, browse, django_assert_max_num_queries, who):
    browser = browse(world.people[who])
    browser.get("/")

    with django_assert_max_num_queries(8):
        browser.get("/")


def test_today_costs_the_same_for_many_people_goals_and_challenges(world, browse, django_assert_num_queries):
    browser = browse(world.grace)
    browser.get("/")
    for number in range(5):
        make_rep(world.north, f"Rep {number}", total=40 + number)
        make_challenge(world.north, world.grace, title=f"Challenge {number}")
    rank_stale_boards()

    with django_assert_num_queries(7):
        browser.get("/")
