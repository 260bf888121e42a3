"""Challenges that count confirmed readings only: waiting, deciding entry by entry, and never about one's own."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from teams.actions.challenges import settling, unconfirmed
from teams.actions.challenges.news import tell_challenge_news
from teams.actions.confirmations import confirm
from teams.models import Delivery, Entry, Membership, Settlement, Submission
from teams.rules.challenges.terms import next_month
from teams.rules.errors import Refused
from tests.makers import (
    accept,
    days_ago,
    make_challenge,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
)

pytestmark = pytest.mark.django_db
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)


@pytest.fixture
def team():
    return make_team("North", make_organization())


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def ada(team):
    ada = make_rep(team, "Ada")
    make_submission(ada, 40, taken_on=days_ago(team.organization, 1))
    return ada


@pytest.fixture
def challenge(team, grace, ada):
    """Five points for lunch; Ada has them, and nobody has confirmed it."""
    challenge = make_challenge(team, grace, stake_kind="on_me", stake="lunch", confirmed_only=True)
    accept(challenge, ada)
    make_submission(ada, 45, taken_on=team.organization.today())
    return challenge


def confirm_all(by):
    return confirm(Submission.objects.all(), by)


def decide(challenge, by, weeks, *, counts):
    return unconfirmed.decide(challenge.entries.get(), by, challenge.grace_ends() + weeks * WEEK, counts=counts)


def settled(challenge, after_grace):
    """Who won, and why, once the sweep has run so long after the grace; None while it waits."""
    settling.settle_due(challenge.grace_ends() + after_grace)
    settlement = Settlement.objects.filter(challenge=challenge).first()
    return settlement and [(outcome.won, outcome.why) for outcome in settlement.outcomes.all()]


def test_what_is_confirmed_is_settled_right_after_the_grace(challenge, grace):
    confirm_all(grace)

    [(won, why)] = settled(challenge, HOUR)

    assert won
    assert "no manager confirmed" not in why


def test_it_waits_for_confirmation_and_is_settled_when_it_came(challenge, grace):
    assert settled(challenge, HOUR) is None
    assert settled(challenge, WEEK + HOUR) is None

    confirm_all(grace)

    assert [won for won, _ in settled(challenge, WEEK + HOUR)] == [True]


def test_what_changes_no_result_holds_nothing_up(team, grace, ada):
    challenge = make_challenge(team, grace, confirmed_only=True)
    accept(challenge, ada)
    make_submission(ada, 44, taken_on=team.organization.today())

    assert [won for won, _ in settled(challenge, HOUR)] == [False]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (True, "Readings that no manager confirmed count, as Grace decided."),
        (False, "Readings that no manager confirmed were left out, as Grace decided."),
    ],
)
def test_after_a_week_a_manager_decides_and_the_result_says_so(challenge, grace, counts, said):
    decide(challenge, grace, 1, counts=counts)
    decide(challenge, grace, 1, counts=counts)

    [(won, why)] = settled(challenge, WEEK + HOUR)

    assert won is counts
    assert why.endswith(said)


def test_what_nobody_decided_in_two_weeks_is_left_out_and_the_result_says_so(challenge):
    assert settled(challenge, 2 * WEEK - HOUR) is None

    [(won, why)] = settled(challenge, 2 * WEEK + HOUR)

    assert not won
    assert why.endswith("Readings that no manager confirmed were left out, as nobody decided about them.")


def test_nobody_decides_too_early_twice_about_nothing_or_when_it_is_over(challenge, grace):
    refused = []
    for weeks, counts, before in (
        (0.9, True, lambda: None),
        (1, True, lambda: confirm_all(grace)),
    ):
        before()
        with pytest.raises(Refused) as found:
            decide(challenge, grace, weeks, counts=counts)
        refused.append(str(found.value))
    settled(challenge, HOUR)
    with pytest.raises(Refused) as found:
        decide(challenge, grace, 1, counts=True)

    assert [*refused, str(found.value)] == [
        "Readings may still be confirmed. What is left is decided about a week after the grace.",
        "Nothing of this entry waits for a decision.",
        "This challenge is not open any more.",
    ]


def test_another_decision_is_refused(challenge, grace):
    decide(challenge, grace, 1, counts=True)

    with pytest.raises(Refused, match="decided before"):
        decide(challenge, grace, 1, counts=False)

    assert Entry.objects.get(challenge=challenge).counts_unconfirmed is True


def test_nobody_decides_about_their_own_entry_or_the_team_they_compete_in(team, challenge, ada):
    Membership.objects.filter(member=ada).update(role="manager")
    south = make_team("South", team.organization)
    sue = make_manager(south, "Sue")
    make_rep(south, "Sam")
    teams = make_challenge(south, sue, kind="teams", confirmed_only=True)

    with pytest.raises(Refused, match="your own entry"):
        decide(challenge, ada, 1, counts=True)
    sam = south.memberships.get(competing=True).member
    assert [unconfirmed.is_own(teams.entries.get(), each) for each in (sam, sue)] == [True, False]


def test_a_correction_has_to_be_confirmed_again(challenge, grace, ada):
    confirm_all(grace)
    reading = ada.submissions.latest("pk")
    make_submission(ada, 46, taken_on=reading.taken_on, replaces=reading)

    assert settled(challenge, HOUR) is None


def test_managers_are_asked_to_confirm_and_a_week_later_to_decide_once_each(challenge):
    for moment in (HOUR, WEEK + HOUR):
        for _ in range(2):
            tell_challenge_news(challenge.grace_ends() + moment)

    titles = [delivery.notice["title"] for delivery in Delivery.objects.order_by("pk").filter(kind="challenge_news")]
    assert titles == ["Confirm readings: Plus five", "Decide: Plus five"]


def test_those_who_are_asked_to_confirm_are_the_managers_of_the_makers_team(team, challenge):
    make_manager(team, "Lena")
    south = make_team("South", team.organization)
    make_manager(south, "Sue")
    challenge.teams.add(south)

    tell_challenge_news(challenge.grace_ends() + HOUR)

    told = Delivery.objects.filter(kind="challenge_news").order_by("member__name")
    assert [delivery.member.name for delivery in told] == ["Grace", "Lena"]


def test_nobody_is_asked_to_confirm_what_is_their_own(team, grace, challenge):
    Membership.objects.filter(member=grace).update(competing=True)
    make_submission(grace, 40, taken_on=days_ago(team.organization, 1))
    challenge.entries.create(member=grace, answer="accepted", answered_at=timezone.now())
    make_submission(grace, 46, taken_on=team.organization.today())
    make_manager(team, "Lena")

    tell_challenge_news(challenge.grace_ends() + HOUR)

    asked = {delivery.member.name: delivery.notice["lines"][0] for delivery in Delivery.objects.all()}
    assert {name: line.rpartition(": ")[2] for name, line in asked.items()} == {
        "Grace": "Ada.",
        "Lena": "Grace and Ada.",
    }


def test_a_managers_own_team_is_no_matter_of_theirs_in_team_against_team(team, grace, ada):
    Membership.objects.filter(member=grace).update(competing=True)
    south = make_team("South", team.organization)
    make_manager(south, "Sue")
    sam = make_rep(south, "Sam")
    make_submission(sam, 40, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, grace, kind="teams", confirmed_only=True)
    challenge.teams.add(south)
    challenge.entries.create(team=south, answer="accepted", answered_at=timezone.now())
    for rep in (ada, sam):
        make_submission(rep, 45, taken_on=team.organization.today())

    tell_challenge_news(challenge.grace_ends() + HOUR)

    [line] = Delivery.objects.filter(kind="challenge_news", member=grace).values_list("notice__lines__0", flat=True)
    assert line.rpartition(": ")[2] == "South."


def test_the_next_months_challenge_counts_confirmed_ones_only_too(challenge, grace):
    confirm_all(grace)
    type(challenge).objects.update(repeats_monthly=True)

    following = next_month(challenge.terms(), challenge.ends_on)
    settling.repeat_due(datetime.combine(following.starts_on - timedelta(days=3), time(9), challenge.zone))

    assert type(challenge).objects.exclude(pk=challenge.pk).get().confirmed_only is True


def test_team_against_team_waits_for_the_readings_that_its_means_rest_on(team, grace, ada):
    south = make_team("South", team.organization)
    sue, sam = make_manager(south, "Sue"), make_rep(south, "Sam")
    make_submission(sam, 40, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, grace, kind="teams", confirmed_only=True)
    challenge.teams.add(south)
    challenge.entries.create(team=south, answer="accepted", answered_at=timezone.now())
    make_submission(ada, 45, taken_on=team.organization.today())
    assert settled(challenge, HOUR) is None

    confirm_all(sue)

    assert [won for won, _ in settled(challenge, HOUR)] == [True, False]
