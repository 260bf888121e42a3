"""What somebody has won stands at the top of their Today until they saw it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.submissions import withdraw
from teams.models import Goal, Member, Moment, Team
from teams.rules.moments import SEEN_FOR
from teams.tasks import notice_moments, rank_stale_boards
from tests.makers import make_goal, make_submission, this_month

pytestmark = pytest.mark.django_db


@pytest.fixture
def best(world):
    """Ada's best month, which nobody has looked at yet."""
    for back, total in ((1, 60), (2, 48), (3, 40)):
        make_submission(world.ada, total, month=this_month(world.acme) - back)
    reading = make_submission(world.ada, 71, taken_on=world.acme.today())
    rank_stale_boards()
    notice_moments()
    return reading


def shown(browser):
    return [(each.kind, each.total, each.gain) for each in browser.get("/").context["moments"]]


def test_a_best_month_stands_on_todays_top_and_is_put_away_once_seen(world, browse, best):
    ada = browse(world.ada)

    first, again = shown(ada), shown(ada)
    Moment.objects.update(seen_at=timezone.now() - SEEN_FOR)

    assert first == again == [("best_month", 71, 11)]
    assert shown(ada) == []


def test_asking_for_the_head_of_today_puts_nothing_away(world, browse, best):
    browse(world.ada).head("/")

    assert not Moment.objects.filter(seen_at__isnull=False).exists()


def test_nobody_else_sees_it(world, browse, best):
    assert [shown(browse(who)) for who in (world.ben, world.grace)] == [[], []]


def test_what_is_withdrawn_stands_there_no_more_at_once(world, browse, best):
    withdraw(best, world.ada, "A slip")

    assert shown(browse(world.ada)) == []


def test_a_goal_and_a_podium_say_what_they_are(world, browse):
    goal = make_goal(world.ada, 50, reached_on=world.acme.today(), celebrated_at=timezone.now())
    Moment.objects.create(member=world.ada, team=world.north, kind="goal", goal=goal)

    page = browse(world.ada).get("/").content.decode()

    assert "Your own goal" in page
    assert "Score 50" in page


@pytest.mark.parametrize("setting", ["sees all", "sees no ranks", "nobody sees"])
def test_a_podium_is_for_who_sees_their_own_place(world, browse, best, setting):
    Moment.objects.all().delete()
    board = world.north.boards.get(month=this_month(world.acme))
    Moment.objects.create(member=world.ada, team=world.north, kind="podium", month=board.month)
    type(board).objects.filter(pk=board.pk).update(closed_at=timezone.now(), submitted=3, expected=3)
    if setting == "sees no ranks":
        Member.objects.update(sees_ranks=False)
    elif setting == "nobody sees":
        Team.objects.update(rank_visibility="none")

    kinds = [kind for kind, *_ in shown(browse(world.ada))]

    assert kinds == (["podium"] if setting == "sees all" else [])


def test_a_moment_of_weeks_ago_is_none(world, browse, best):
    Moment.objects.update(noticed_at=timezone.now() - timedelta(days=15))

    assert shown(browse(world.ada)) == []


def test_a_goal_that_is_taken_back_stands_there_no_more(world, browse):
    goal = make_goal(world.ada, 50, reached_on=world.acme.today(), celebrated_at=timezone.now())
    Moment.objects.create(member=world.ada, team=world.north, kind="goal", goal=goal)
    Goal.objects.update(reached_on=None)

    assert shown(browse(world.ada)) == []
