"""Whoever turned out to be somebody else after all: what has happened since the merge, and who may take it back."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from teams.actions.people import memberships
from teams.actions.people.corrections import correct_days
from teams.actions.people.merging import merge, take_apart
from teams.models import Member, Membership, Merge, Role
from teams.rules.errors import Refused
from tests.makers import (
    LONG_AGO,
    make_admin,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    make_viewer,
    this_month,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    return make_team("North", make_organization("Acme"))


@pytest.fixture
def south(north):
    return make_team("South", north.organization)


@pytest.fixture
def grace(north):
    return make_manager(north, "Grace")


@pytest.fixture
def twice(north):
    """Ada, who signs in, and A. Lovelace, whom an import has added."""
    return make_rep(north, "Ada"), make_rep(north, "A. Lovelace", login=False)


def merged(gone, kept, by):
    """The merge of two."""
    merge(gone, kept, by, timezone.now())
    return Merge.objects.get(gone=gone)


def days_of(member):
    return [(each.team.name, each.joined_on, each.left_on) for each in member.memberships.order_by("joined_on", "pk")]


def refused(thing):
    """The sentence with which something is refused, all of it."""
    with pytest.raises(Refused) as sentence, transaction.atomic():
        thing()
    return str(sentence.value)


def test_of_two_merges_into_one_person_the_newer_is_taken_back_first(north, grace, twice):
    ada, other = twice
    third = make_rep(north, "Augusta", login=False)
    older, newer = merged(other, ada, grace), merged(third, ada, grace)

    sentence = refused(lambda: take_apart(older, timezone.now()))
    take_apart(newer, timezone.now())
    take_apart(older, timezone.now())

    assert sentence == "Augusta was merged with Ada after that. Take that back first."
    assert [len(days_of(person)) for person in (ada, other, third)] == [1, 1, 1]


def test_nobody_is_taken_out_of_somebody_who_became_another_one_meanwhile(north, grace, twice):
    ada, other = twice
    third = make_rep(north, "Augusta", login=False)
    older, newer = merged(other, ada, grace), merged(ada, third, grace)

    sentence = refused(lambda: take_apart(older, timezone.now()))
    take_apart(newer, timezone.now())
    take_apart(older, timezone.now())

    assert sentence == "Ada is Augusta now. Take the merge back first."
    assert [len(days_of(person)) for person in (ada, other, third)] == [1, 1, 1]


def test_whoever_left_the_team_since_is_not_back_in_it(north, south, grace, twice):
    ada, other = twice
    merge_of_both, today = merged(other, ada, grace), north.organization.today()
    memberships.move_member(ada.memberships.get(), south, today)

    take_apart(merge_of_both, timezone.now())

    assert days_of(ada) == [("North", LONG_AGO, today), ("South", today, None)]
    assert days_of(other) == [("North", LONG_AGO, None)]


def test_days_that_were_corrected_since_leave_nobody_before_they_joined(north, grace, twice):
    ada, other = twice
    month, today = this_month(north.organization), north.organization.today()
    ada.memberships.update(joined_on=(month - 1).first_day)
    merge_of_both = merged(other, ada, grace)
    memberships.deactivate(ada, grace, today)
    correct_days(ada.memberships.get(), grace, LONG_AGO, (month - 3).first_day)
    memberships.reactivate(ada, today)

    take_apart(merge_of_both, timezone.now())

    joined = (month - 1).first_day
    assert days_of(ada) == [("North", joined, joined), ("North", today, None)]


def test_whoever_is_deactivated_since_is_brought_back_first(north, grace, twice):
    ada, other = twice
    merge_of_both = merged(other, ada, grace)
    memberships.deactivate(ada, grace, north.organization.today())

    assert refused(lambda: take_apart(merge_of_both, timezone.now())) == "Ada is deactivated. Bring them back first."


def test_what_corrects_a_reading_goes_back_with_it(north, grace, twice):
    ada, other = twice
    reading = make_submission(other, 44)
    merge_of_both = merged(other, ada, grace)
    newer = make_submission(ada, 46, taken_on=reading.taken_on, replaces=reading)
    make_submission(ada, 47, taken_on=reading.taken_on, replaces=newer)

    take_apart(merge_of_both, timezone.now())

    assert list(other.submissions.order_by("pk").values_list("total", flat=True)) == [44, 46, 47]
    assert [score.total for score in other.scores.all()] == [47]


def test_no_team_is_left_without_a_manager(north, twice):
    """Who managed it once does again as somebody who is in it, while the others let go."""
    today = north.organization.today()
    long_gone = make_member_until(make_manager(north, "Grace H."), today - timedelta(days=40))
    looking, grace = make_viewer(north, "Grace Hopper"), make_manager(north, "Anita")
    merge_of_both = merged(looking, long_gone, grace)
    memberships.change_membership(grace.memberships.get(), role=Role.VIEWER, competing=False, today=today)

    sentence = refused(lambda: take_apart(merge_of_both, timezone.now()))

    assert sentence == "Grace H. is the last manager of North. Make somebody else a manager first."
    assert long_gone.memberships.get().left_on is None


def make_member_until(member, day):
    """The same, who left on a day, and whom nobody deactivated."""
    member.memberships.update(left_on=day)
    return member


def test_the_site_keeps_its_admin(north, grace, twice):
    """An admin whose login goes back to whom it was taken from could sign in no more."""
    ada, other = twice
    alan = make_admin(north.organization)
    merge_of_both = merged(ada, other, grace)
    memberships.set_admin(Member.objects.get(pk=other.pk), is_admin=True)
    memberships.set_admin(alan, is_admin=False)

    sentence = refused(lambda: take_apart(merge_of_both, timezone.now()))

    assert sentence == "A. Lovelace is an admin. Make them no admin first."
    other.refresh_from_db()
    assert (other.is_admin, other.user) == (True, ada.user)


@pytest.mark.parametrize(
    ("who", "may"), [("grace", False), ("sue", False), ("of both", True), ("alan", True), ("of another", False)]
)
def test_whoever_manages_every_team_to_which_something_goes_back_takes_it_back(north, south, grace, twice, who, may):
    ada, other = twice
    month = this_month(north.organization)
    Membership.objects.filter(member__in=twice).update(joined_on=(month - 2).first_day)
    Membership.objects.create(member=other, team=south, joined_on=LONG_AGO, left_on=(month - 2).first_day)
    people = {
        "grace": grace,
        "sue": make_manager(south, "Sue"),
        "of both": make_manager(north, "Bo"),
        "alan": make_admin(north.organization),
        "of another": make_manager(make_team("East", make_organization("Globex")), "Gina"),
    }
    Membership.objects.create(member=people["of both"], team=south, role="manager", competing=False, joined_on=LONG_AGO)
    merge_of_both = merged(other, ada, people["alan"])

    reversible = Merge.objects.reversible_by(people[who].user)

    assert list(reversible) == ([merge_of_both] if may else [])


def test_a_team_that_they_joined_since_has_no_say_unless_their_login_goes(north, south, grace, twice):
    ada, other = twice
    with_login = merged(ada, other, grace)
    Membership.objects.create(member=other, team=south, role="viewer", competing=False, joined_on=LONG_AGO)
    assert list(Merge.objects.reversible_by(grace.user)) == []
    take_apart(with_login, timezone.now())

    without_login = merged(make_rep(north, "Augusta", login=False), ada, grace)
    Membership.objects.create(member=ada, team=south, role="viewer", competing=False, joined_on=LONG_AGO)
    assert list(Merge.objects.reversible_by(grace.user)) == [without_login]
