"""What a message shows of others is decided when it is handed over: much may change until the morning."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.challenges import lifecycle, settling
from teams.actions.challenges.news import tell_challenge_news
from teams.actions.messages.deliveries import deliver
from teams.actions.messages.news import tell_news
from teams.models import Board, Delivery, Entry, Team
from tests.makers import (
    accept,
    days_ago,
    make_challenge,
    make_chat,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    ranked_board,
    this_month,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team("North", make_organization())


def hand_over_all():
    """All that waits, as if its morning had come."""
    Delivery.objects.update(due_at=timezone.now())
    return [deliver(pk, timezone.now()) for pk in Delivery.objects.order_by("pk").values_list("pk", flat=True)]


def close(team):
    """Last month, with Ada in it."""
    month = this_month(team.organization) - 1
    make_rep(team, "Ada", total=61, month=month)
    ranked_board(team, month)
    Board.objects.filter(month=month).update(closed_at=timezone.now())
    tell_news(timezone.now())


def in_posts(chat):
    return json.dumps([body for _path, _host, body in chat.posts])


@pytest.mark.parametrize("whose", ["the team", "the organization"])
def test_a_chat_names_nobody_whom_not_everybody_may_see_by_then(team, chat, whose):
    make_chat(team, url=chat.url)
    close(team)

    changed = team if whose == "the team" else team.organization
    changed.rank_visibility = "own"
    changed.save()
    states = hand_over_all()

    assert states == ["sent"]
    assert ["1 of 1 submitted." in in_posts(chat), "Ada" in in_posts(chat), "61" in in_posts(chat)] == [
        True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("when", ["when it is written", "by then"])
@pytest.mark.parametrize("whose", ["the team", "another team that plays"])
def test_a_chat_names_no_winner_whom_not_everybody_may_see(team, chat, whose, when):
    grace, south = make_manager(team), make_team("South", team.organization)
    sam, stricter = make_rep(south, "Sam"), team if whose == "the team" else south
    make_submission(sam, 40, taken_on=team.organization.today())
    challenge = make_challenge(team, grace, stake_kind="on_me", stake="lunch")
    challenge.teams.add(south)
    entry = Entry.objects.create(challenge=challenge, member=sam)
    lifecycle.answer(entry, sam, timezone.now(), accepts=True)
    make_submission(sam, 61, taken_on=team.organization.today())
    make_chat(team, url=chat.url)
    later = challenge.grace_ends() + timedelta(hours=1)
    settling.settle(challenge.pk, later)

    if when == "by then":
        tell_challenge_news(later)
        assert "Won by Sam." in Delivery.objects.get(webhook__isnull=False).notice["lines"]
    Team.objects.filter(pk=stricter.pk).update(rank_visibility="none")
    tell_challenge_news(later)
    Delivery.objects.filter(webhook=None).delete()
    states = hand_over_all()

    assert states == ["sent"]
    assert ["Its result is for those who were in it." in in_posts(chat), "Sam" in in_posts(chat)] == [True, False]


def test_whoever_manages_the_team_no_more_hears_no_figures_of_it(team, mailbox):
    grace, hedy = make_manager(team), make_manager(team, "Hedy")
    close(team)

    grace.memberships.update(role="viewer")
    hedy.sees_ranks = False
    hedy.save()
    hand_over_all()

    assert list(Delivery.objects.order_by("member__name").values_list("member__name", "state", "reason")) == [
        ("Grace", "dropped", "not_manager"),
        ("Hedy", "sent", ""),
    ]
    [mail] = mailbox.mails
    text = mail.get_body("plain").get_content()
    assert ["1 of 1 submitted." in text, "Ada" in text] == [True, False]


@pytest.mark.parametrize("decides", [False, True])
def test_whoever_manages_the_challenge_no_more_is_not_asked_to_confirm(team, mailbox, decides):
    grace, hedy, ada = make_manager(team), make_manager(team, "Hedy"), make_rep(team, "Ada")
    make_submission(ada, 40, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, grace, confirmed_only=True)
    accept(challenge, ada)
    make_submission(ada, 45, taken_on=team.organization.today())
    tell_challenge_news(challenge.grace_ends() + timedelta(days=7 * decides, hours=1))
    asking = Delivery.objects.filter(subject__endswith=" decide" if decides else " confirm")
    assert asking.count() == 2
    Delivery.objects.exclude(pk__in=asking).delete()

    grace.memberships.update(role="viewer")
    hand_over_all()

    assert list(asking.order_by("member__name").values_list("member", "state", "reason")) == [
        (grace.pk, "dropped", "not_manager"),
        (hedy.pk, "sent", ""),
    ]


def test_whoever_manages_no_team_that_is_asked_is_not_invited_for_it(team, mailbox):
    grace, south = make_manager(team), make_team("South", team.organization)
    sue = make_manager(south, "Sue")
    challenge = make_challenge(team, grace, kind="teams")
    challenge.teams.add(south)
    challenge.entries.create(team=south)
    tell_challenge_news(timezone.now())

    sue.memberships.update(role="viewer")
    hand_over_all()

    told = Delivery.objects.get(member=sue, kind="challenge_invitation")
    assert (told.state, told.reason) == ("dropped", "not_manager")
