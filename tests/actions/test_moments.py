"""Moments of winning: noticed once, seconds after the reading was ranked, and quietly gone where they are not so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.challenges.settling import settle_due
from teams.actions.messages.deliveries import deliver
from teams.actions.messages.news import tell_news
from teams.actions.months.closing import close_month
from teams.actions.months.reopening import open_month_again
from teams.actions.submissions import withdraw
from teams.models import Board, Challenge, Delivery, Moment, Source, Team
from teams.rules.messages.delivery import DeliveryState
from teams.rules.messages.hours import next_working_moment
from teams.tasks import notice_moments, rank_stale_boards
from tests.makers import (
    accept,
    days_ago,
    make_challenge,
    make_chat,
    make_goal,
    make_manager,
    make_organization,
    make_recalibration,
    make_rep,
    make_submission,
    make_team,
    this_month,
)

pytestmark = pytest.mark.django_db
LONG_BEFORE = timezone.now() - timedelta(days=400)


@pytest.fixture
def team():
    return make_team("North", make_organization(created_at=LONG_BEFORE))


@pytest.fixture
def ada(team):
    """Who has three months behind her, the best of them with 60."""
    return with_history(make_rep(team, "Ada"), 60, 50, 55)


def with_history(member, *totals):
    for back, total in enumerate(totals, 1):
        make_submission(member, total, month=this_month(member.organization) - back, typed_at=LONG_BEFORE)
    return member


def today(member, total, **fields):
    return make_submission(member, total, taken_on=member.organization.today(), **fields)


def notice():
    """What workers do after a change."""
    rank_stale_boards()
    notice_moments()


def moments(*, holding=True):
    found = Moment.objects.holding() if holding else Moment.objects.all()
    return sorted((moment.member.name, moment.kind) for moment in found)


def told():
    return {str(each.webhook or each.member): each.notice["title"] for each in Delivery.objects.filter(kind="moment")}


def test_a_best_month_is_noticed_once_its_reading_is_ranked_and_however_often_it_is_looked_at(ada):
    today(ada, 64)

    notice()
    first = Moment.objects.get()
    notice()

    assert (first.kind, first.month, moments()) == (
        "best_month", this_month(ada.organization), [("Ada", "best_month")],
    )  # fmt: skip
    assert Moment.objects.get() == first


@pytest.mark.parametrize("total", [61, 60, 20])
def test_a_month_that_is_no_better_than_a_days_noise_is_no_moment(ada, total):
    today(ada, total)

    notice()

    assert moments() == []


def test_what_a_file_brings_is_no_moment(ada):
    today(ada, 90, source=Source.IMPORT)

    notice()

    assert moments() == []


def test_months_by_the_old_formula_are_not_compared(ada):
    make_recalibration(ada.organization, this_month(ada.organization).first_day)
    today(ada, 90)

    notice()

    assert moments() == []


def test_a_worker_that_died_before_it_looked_has_it_noticed_by_the_next_sweep(ada):
    notice()
    today(ada, 64)
    rank_stale_boards()  # and whoever was to look died here

    notice_moments()

    assert moments() == [("Ada", "best_month")]


def test_a_best_month_is_none_while_its_reading_is_withdrawn_or_corrected_and_is_not_told_twice(team, ada):
    make_chat(team)
    reading = today(ada, 64)
    notice()
    tell_news(timezone.now())

    withdraw(reading, ada, "A slip")
    notice()
    found = [moments()]
    today(ada, 66)
    notice()
    tell_news(timezone.now())

    assert found == [[]]
    assert moments() == [("Ada", "best_month")]
    assert Delivery.objects.filter(kind="moment").count() == 1


def test_a_challenge_that_everybody_wins_is_noticed_when_it_is_made_and_not_again_when_it_is_settled(team, ada):
    grace = make_manager(team)
    make_submission(ada, 40, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, grace)
    accept(challenge, ada)
    notice()
    before = moments()

    today(ada, 45)
    notice()
    made = moments()
    Challenge.objects.update(ends_on=days_ago(team.organization, 0))
    settle_due(timezone.now() + timedelta(days=30))

    assert (before, made) == ([], [("Ada", "challenge")])
    assert moments() == [("Ada", "challenge")]
    assert Moment.objects.count() == 1


def test_a_challenge_is_not_made_any_more_once_its_reading_is_withdrawn(team, ada):
    make_submission(ada, 40, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, make_manager(team))
    accept(challenge, ada)
    reading = today(ada, 45)
    notice()

    withdraw(reading, ada, "A slip")
    notice()
    gone = moments()
    today(ada, 46)
    notice()

    assert (gone, moments()) == ([], [("Ada", "challenge")])


def test_who_is_compared_wins_when_it_is_settled(team, ada):
    ben = make_rep(team, "Ben")
    for rep in (ada, ben):
        make_submission(rep, 40, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, make_manager(team), kind="highest", winner_count=1)
    accept(challenge, ada, ben)
    today(ada, 44)
    today(ben, 43)
    notice()
    before = moments()

    settle_due(timezone.now() + timedelta(days=60))

    assert (before, moments()) == ([], [("Ada", "challenge")])


def test_a_goal_is_a_moment_of_whom_it_was_made_from(team, ada):
    ben = make_rep(team, "Ben")
    for rep in (ada, ben):
        make_submission(rep, 50, taken_on=days_ago(team.organization, 1))
    make_goal(team, 52)
    make_goal(ada, 53)
    for rep in (ada, ben):
        today(rep, 54)

    notice()

    assert moments() == [("Ada", "goal"), ("Ada", "goal"), ("Ben", "goal")]


def test_a_closing_is_a_moment_of_the_first_three(team, ada):
    grace, month = make_manager(team), this_month(team.organization) - 1
    for name, total in (("Ben", 70), ("Cleo", 40), ("Dan", 30)):
        make_rep(team, name, total=total, month=month)
    notice()
    board = Board.objects.get(team=team, month=month)

    close_month(board.pk, timezone.now(), grace)

    assert moments() == [("Ada", "podium"), ("Ben", "podium"), ("Cleo", "podium")]


def test_a_chat_hears_at_once_in_working_hours_under_the_name_that_walls_have(team, ada):
    make_chat(team)
    ada.wall_name = "initials"
    ada.save()
    today(ada, 64)
    notice()

    now = timezone.now()
    tell_news(now)

    post = Delivery.objects.get(kind="moment")
    assert post.notice["title"] == "A. has a personal best"
    assert post.notice["lines"] == ["4 points above the best before."]
    assert post.due_at == next_working_moment(now, ada.zone, team.organization.holidays)


@pytest.mark.parametrize("secret", ["team", "member"])
def test_no_chat_hears_what_not_everybody_may_see(team, ada, secret):
    make_chat(team)
    if secret == "team":
        Team.objects.update(rank_visibility="own")
    else:
        ada.wall_name = "out"
        ada.save()
    today(ada, 64)
    notice()

    tell_news(timezone.now())

    assert moments() == [("Ada", "best_month")]
    assert told() == {}


@pytest.mark.parametrize("change", ["withdrawn", "closed to others"])
def test_what_is_not_so_or_not_for_everybody_when_the_chats_hour_comes_is_not_posted(team, ada, change):
    make_chat(team)
    reading = today(ada, 64)
    notice()
    tell_news(timezone.now())
    post = Delivery.objects.get(kind="moment")
    if change == "withdrawn":
        withdraw(reading, ada, "A slip")
    else:
        Team.objects.update(rank_visibility="own")

    state = deliver(post.pk, post.due_at)

    assert (state, Delivery.objects.get(pk=post.pk).state) == (None, DeliveryState.DROPPED)


def test_a_month_that_is_closed_again_is_a_new_moment(team, ada):
    grace, month = make_manager(team), this_month(team.organization)
    today(ada, 58)
    rank_stale_boards()
    board = Board.objects.get(team=team, month=month)
    board_closes = timezone.now()
    Moment.objects.create(member=ada, team=team, kind="podium", month=month, seen_at=board_closes)
    Board.objects.filter(pk=board.pk).update(closed_at=board_closes, closed_by=grace)

    open_month_again(board.pk, board_closes, grace, "Too early")

    assert moments(holding=False) == []
