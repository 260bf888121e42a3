"""LinkedIn changed its formula inside a challenge, in the database: asking, choosing once, settling with it."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection
from django.utils import timezone

from teams.actions.challenges import settling
from teams.actions.challenges.recalibration import choose
from teams.models import Challenge, Recalibration, RecalibrationChoice
from teams.models.challenges.recalibration_choices import asked_about, waiting_for
from teams.queries.challenges.table import challenge_rows
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


@pytest.fixture
def team(db):
    return make_team(organization=make_organization())


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def ada(team):
    """At 50 before LinkedIn's change of today, which took four points from everybody, and at 51 since."""
    ada = make_rep(team, "Ada")
    make_submission(ada, 50, taken_on=days_ago(team.organization, 1))
    return ada


@pytest.fixture
def challenge(team, grace, ada):
    challenge = make_challenge(team, grace)
    accept(challenge, ada)
    make_submission(ada, 51, taken_on=team.organization.today())
    return challenge


@pytest.fixture
def mark(team):
    today = team.organization.today()
    return Recalibration.objects.create(organization=team.organization, day=today, shift=-4, measured=9)


def settle(challenge):
    return settling.settle(challenge.pk, challenge.grace_ends() + timedelta(hours=1))


def asked(challenge):
    return list(asked_about(Challenge.objects.get(pk=challenge.pk)))


def test_a_recalibration_inside_asks_whoever_manages_the_challenge_until_it_is_answered(challenge, mark, grace, ada):
    Recalibration.objects.create(organization=challenge.organization, day=days_ago(challenge.organization, 1))
    assert asked(challenge) == [mark]
    assert list(waiting_for(grace.user)) == [challenge]
    assert list(waiting_for(ada.user)) == []

    choose(challenge, mark, "stand", grace, timezone.now())

    assert (asked(challenge), list(waiting_for(grace.user))) == ([], [])


def test_another_organizations_recalibration_asks_nobody(challenge, grace):
    Recalibration.objects.create(organization=make_organization("Globex"), day=challenge.starts_on)

    assert (asked(challenge), list(waiting_for(grace.user))) == ([], [])


def test_nobody_decides_about_a_duel_that_they_are_in(team, grace, ada, mark):
    ben = make_rep(team, "Ben")
    duel = make_challenge(team, ada, kind="improved", opponent=ben)

    assert list(waiting_for(ada.user)) == []
    assert list(waiting_for(grace.user)) == [duel]


def test_the_same_choice_twice_is_one_and_another_is_refused(challenge, mark, grace):
    first = choose(challenge, mark, "shift", grace, timezone.now())

    assert choose(challenge, mark, "shift", grace, timezone.now()) == first
    with pytest.raises(Refused, match="This was decided before"):
        choose(challenge, mark, "void", grace, timezone.now())

    assert [row.choice for row in RecalibrationChoice.objects.all()] == ["shift"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_at_once_one_decides(challenge, mark, grace):
    refused = []

    def one(choice):
        try:
            choose(challenge, mark, choice, grace, timezone.now())
        except Refused as sentence:
            refused.append(str(sentence))
        finally:
            connection.close()

    threads = [Thread(target=one, args=[choice]) for choice in ("stand", "shift")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (RecalibrationChoice.objects.count(), len(refused)) == (1, 1)


@pytest.mark.parametrize("choice", ["", "other"])
def test_what_is_not_offered_is_refused(challenge, mark, grace, choice):
    with pytest.raises(Refused, match="Choose one"):
        choose(challenge, mark, choice, grace, timezone.now())


def test_a_day_outside_the_challenge_has_nothing_to_choose(challenge, grace):
    before = Recalibration.objects.create(organization=challenge.organization, day=days_ago(challenge.organization, 1))

    with pytest.raises(Refused, match="Choose one"):
        choose(challenge, before, "stand", grace, timezone.now())


def test_shifting_moves_the_start_and_the_result_says_so(challenge, mark, grace):
    assert [row.progress.gained for row in challenge_rows(challenge)] == [1]

    choose(challenge, mark, "shift", grace, timezone.now())
    outcome = settle(challenge).outcomes.get()

    assert (outcome.won, outcome.baseline, outcome.gained) == (True, 46, 5)
    assert outcome.why.endswith("Readings before it count 4 points less, as Grace decided.")
    assert [value for _, _, value in outcome.readings] == ["50", "51"]


def test_void_ends_the_challenge_and_says_why(challenge, mark, grace):
    choose(challenge, mark, "void", grace, timezone.now())

    challenge.refresh_from_db()
    assert challenge.voided_at is not None
    assert challenge.why_void.endswith("and Grace ended the challenge.")
    assert settle(challenge) is None


def test_without_an_answer_it_stands_is_settled_in_time_and_says_so(challenge, mark, grace):
    settlement = settle(challenge)

    choice, outcome = RecalibrationChoice.objects.get(), settlement.outcomes.get()
    assert (choice.choice, choice.by, choice.at) == ("stand", None, settlement.settled_at)
    assert (outcome.won, outcome.gained) == (False, 1)
    assert outcome.why.endswith("Nobody decided, so every reading counts as read.")
    with pytest.raises(Refused, match="decided before"):
        choose(challenge, mark, "shift", grace, timezone.now())


def test_a_mark_after_the_settlement_changes_nothing(challenge, grace, team):
    settlement = settle(challenge)
    mark = Recalibration.objects.create(organization=team.organization, day=challenge.starts_on, shift=-4)

    assert asked(challenge) == []
    assert settling.amended_rows(challenge, settlement) is None
    with pytest.raises(Refused, match="not open any more"):
        choose(challenge, mark, "shift", grace, timezone.now())
