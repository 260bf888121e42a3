"""Challenges on what a team counts itself: who is asked, what they entered, how it ends, and what is told."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.challenges import lifecycle, settling
from teams.actions.challenges.news import tell_challenge_news
from teams.actions.counters import set_playable
from teams.actions.figures import enter_own, store_figures
from teams.actions.moments.noticing import notice_made
from teams.models import Answer, Challenge, Counter, Delivery, Moment
from teams.models.challenges.recalibration_choices import new_formulas
from teams.queries.challenges.table import challenge_rows
from teams.rules.challenges.terms import next_month
from teams.rules.errors import Refused
from tests.makers import (
    accept,
    make_challenge,
    make_manager,
    make_recalibration,
    make_rep,
    make_submission,
    make_team,
    this_month,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def ada(team):
    return make_rep(team, "Ada")


@pytest.fixture
def ben(team):
    """Who sees LinkedIn's page no more."""
    return make_rep(team, "Ben", no_access_since=date(2021, 1, 1))


@pytest.fixture
def calls(team):
    return Counter.objects.create(team=team, name="Calls", unit="h", playable=True)


@pytest.fixture
def month(team):
    return this_month(team.organization)


def team_today(counter):
    return counter.team.organization.today()


def play(counter, maker, *players, kind="highest", **fields):
    """From today to the month's end, with these in it."""
    usual = {"figure": "counter", "counter": counter, "ends_on": this_month(counter.team.organization).last_day}
    challenge = make_challenge(counter.team, maker, kind=kind, **{"points": None, **usual, **fields})
    accept(challenge, *players)
    return challenge


def enter(counter, month, figures):
    for member, value in figures.items():
        enter_own(member, month, {counter: value if value is None else Decimal(value)})


def standings(challenge):
    return [(str(row.entry), row.result.place, row.now, row.progress.gained) for row in challenge_rows(challenge)]


def settled(challenge):
    settlement = settling.settle(challenge.pk, challenge.grace_ends() + timedelta(hours=1))
    return [(str(each.entry), each.place, each.won, each.now) for each in settlement.outcomes.all()]


def test_everybody_is_asked_whoever_has_access_to_linkedin(calls, grace, ada, ben):
    challenge = play(calls, grace)

    assert sorted(str(entry) for entry in challenge.entries.all()) == ["Ada", "Ben"]


def test_the_newest_figure_of_each_counts_and_their_readings_do_not(calls, grace, ada, ben, month):
    challenge = play(calls, grace, ada, ben)
    make_submission(ada, 99)
    enter(calls, month - 1, {ada: 10})
    enter(calls, month, {ada: "7.50", ben: 30})
    enter(calls, month, {ada: 8})
    enter(calls, month, {ben: None})

    assert standings(challenge) == [("Ada", 1, Decimal(8), Decimal(-2)), ("Ben", None, None, None)]


def test_what_was_counted_when_it_was_settled_stays_until_it_is_settled_again(calls, grace, ada, ben, month):
    challenge = play(calls, grace, ada, ben)
    enter(calls, month, {ada: 250_000, ben: "250000.50"})
    first = settled(challenge)
    store_figures(calls, {(ben.pk, month): Decimal(3)}, grace, reason="A slip.")
    challenge.refresh_from_db()
    again = settling.settle_again(challenge, grace, timezone.now())

    assert first == [
        ("Ada", 2, True, Decimal(250_000)),
        ("Ben", 1, True, Decimal("250000.50")),
    ] or first == [("Ben", 1, True, Decimal("250000.50")), ("Ada", 2, True, Decimal(250_000))]
    assert [(str(each.entry), each.place, each.now) for each in again.outcomes.all()] == [
        ("Ada", 1, Decimal(250_000)),
        ("Ben", 2, Decimal(3)),
    ]
    ended = f"250,000\xa0h in {month.first_day:%B %Y}. Place 1: won."
    assert again.outcomes.get(entry__member=ada).why == ended


def test_who_makes_it_is_noticed_once_the_boards_were_ranked(calls, grace, ada, ben, month):
    challenge = play(calls, grace, ada, ben, kind="reach", points=20)
    enter(calls, month, {ada: 25})
    rank_stale_boards()
    notice_made(timezone.now())
    made = [str(moment.member) for moment in Moment.objects.filter(taken_back_at=None)]
    enter(calls, month, {ada: 2})
    rank_stale_boards()
    notice_made(timezone.now() + timedelta(seconds=1))

    assert made == ["Ada"]
    assert not Moment.objects.filter(challenge=challenge, taken_back_at=None).exists()


def test_a_start_that_is_changed_is_told_to_everybody_in_it(calls, grace, ada, ben, month):
    enter(calls, month - 1, {ada: 10, ben: 5})
    challenge = play(calls, grace, ada, ben, kind="improved")
    tell_challenge_news(timezone.now())
    Delivery.objects.all().delete()
    enter(calls, month - 1, {ada: 4})
    tell_challenge_news(timezone.now())
    tell_challenge_news(timezone.now())

    told = {str(each.member): each.notice["lines"][0] for each in Delivery.objects.filter(subject__contains="start")}
    said = "A figure was corrected: Ada now starts at 4\xa0h. It was 10\xa0h."
    assert told == {"Ada": said, "Ben": said}
    assert Delivery.objects.filter(subject__startswith=f"challenge {challenge.pk} start figure").count() == 2


def test_a_new_formula_of_linkedins_asks_nothing(calls, grace, ada, team):
    challenge = play(calls, grace, ada)
    make_recalibration(team.organization, challenge.starts_on, shift=5, measured=9)

    assert new_formulas(challenge).to_choose == []


def test_it_comes_again_with_what_it_counts_and_keeps_it_playable_until_then(calls, grace, ada, ben, month):
    challenge = play(calls, grace, ada, ben, repeats_monthly=True)
    enter(calls, month, {ada: 3})
    settled(challenge)
    with pytest.raises(Refused, match="“Plus five” is about it"):
        set_playable(calls, playable=False)
    day = next_month(challenge.terms(), team_today(calls)).starts_on
    settling.repeat_due(datetime.combine(day, time(12), UTC))

    following = Challenge.objects.get(repeats=challenge)
    assert (following.figure, following.counter, following.ends_on) == ("counter", calls, (month + 1).last_day)


def test_a_later_end_is_a_months_last_day_too(calls, grace, ada, month):
    challenge = play(calls, grace, ada)
    with pytest.raises(Refused, match="It is counted by month"):
        lifecycle.edit(challenge, timezone.now(), title="Calls", ends_on=(month + 1).first_day)

    assert lifecycle.edit(challenge, timezone.now(), title="Calls", ends_on=(month + 1).last_day).title == "Calls"


def test_what_reps_enter_no_more_is_not_played_for(calls, grace):
    set_playable(calls, playable=False)

    with pytest.raises(Refused, match="“Calls” has no board any more"):
        play(calls, grace)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"counter": None}, "challenge_on_a_counter_names_it"),
        ({"figure": "total"}, "challenge_on_a_counter_names_it"),
        ({"confirmed_only": True}, "challenge_on_a_counter_goes_by_month"),
        ({"kind": "teams"}, "challenge_on_a_counter_goes_by_month"),
        (
            {"kind": "reach", "points": 5, "winners": "first", "winner_count": 1},
            "challenge_on_a_counter_goes_by_month",
        ),
    ],
)
def test_the_database_keeps_what_a_challenge_may_be_about(calls, grace, fields, name):
    challenge = play(calls, grace)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Challenge.objects.filter(pk=challenge.pk).update(**fields)


def test_an_answer_is_all_that_a_rep_needs_to_play(calls, grace, ada):
    challenge = play(calls, grace, ada)

    assert challenge.entries.get(member=ada).answer == Answer.ACCEPTED
