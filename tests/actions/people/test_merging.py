"""Two members who are one person become one, and two again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.confirmations import confirm
from teams.actions.messages.links import make_submission_link
from teams.actions.people import memberships
from teams.actions.people.corrections import correct_name
from teams.actions.people.invitations import invite
from teams.actions.people.merging import merge, take_apart
from teams.actions.privacy import erasures
from teams.actions.privacy.append_only import moving
from teams.models import (
    Act,
    AuditEntry,
    Board,
    Confirmation,
    Delivery,
    FormerName,
    Goal,
    Member,
    Membership,
    Merge,
    Submission,
    SubmissionLink,
    User,
)
from teams.rules.errors import Refused
from tests.makers import (
    LONG_AGO,
    make_admin,
    make_challenge,
    make_counter,
    make_debt,
    make_delivery,
    make_goal,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    make_viewer,
    this_month,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TABLES = [Submission, Membership, User]


@pytest.fixture
def north():
    return make_team("North", make_organization("Acme"))


@pytest.fixture
def grace(north):
    return make_manager(north, "Grace")


@pytest.fixture
def twice(north):
    """Ada, who signs in, and A. Lovelace, whom an import has added; months ago in brackets."""
    month = this_month(north.organization)
    ada = make_rep(north, "Ada Lovelace", joined_on=(month - 1).first_day)
    other = make_rep(north, "A. Lovelace", login=False, joined_on=(month - 4).first_day)
    make_submission(other, 40, month=month - 4)
    make_submission(other, 45, month=month - 1, taken_on=(month - 1).first_day)
    make_submission(ada, 47, month=month - 1, taken_on=(month - 1).last_day)
    make_submission(ada, 50, month=month)
    return ada, other


def everything():
    """All that is stored of readings, days in teams and members, but for who was asked to look at it when."""
    return {
        "readings": list(Submission.objects.order_by("pk").values()),
        "memberships": sorted(
            Membership.objects.values_list("member", "team", "role", "competing", "joined_on", "left_on")
        ),
        "members": list(Member.objects.order_by("pk").values()),
        "logins": list(User.objects.order_by("pk").values_list("email", "is_active")),
    }


def scores(member):
    return [score.total for score in member.scores.order_by("month")]


def test_readings_and_days_become_the_others_and_the_newer_of_a_month_counts(north, grace, twice):
    ada, other = twice
    month = this_month(north.organization)

    merge(other, ada, grace, NOW)
    rank_stale_boards()

    assert (scores(ada), other.submissions.count()) == ([40, 47, 50], 0)
    replaced = ada.submissions.get(total=45)
    assert replaced.replaced_by == ada.submissions.get(total=47)
    assert list(ada.memberships.values_list("joined_on", "left_on")) == [((month - 4).first_day, None)]
    assert list(other.memberships.all()) == []
    board = Board.objects.get(team=north, month=month - 4)
    assert [standing.member for standing in board.standings.all()] == [ada]


def test_it_is_noted_and_the_name_is_kept_for_an_erasure(grace, twice):
    ada, other = twice

    merge(other, ada, grace, NOW)

    assert AuditEntry.objects.get(act=Act.MERGED).sentence == "Grace merged A. Lovelace with Ada Lovelace."
    assert [former.name for former in ada.former_names.all()] == ["A. Lovelace"]


def test_taken_back_all_is_as_it_was(north, grace, twice):
    ada, other = twice
    invite(other, "a@example.org", grace, timezone.now())
    before = everything()

    merge(other, ada, grace, NOW)
    take_apart(Merge.objects.get(), NOW + timedelta(days=30))

    assert everything() == before
    assert (Merge.objects.exists(), ada.former_names.exists()) == (False, False)


def test_after_thirty_days_it_stays(grace, twice):
    ada, other = twice
    merge(other, ada, grace, NOW)

    with pytest.raises(Refused, match="cannot be taken back"):
        take_apart(Merge.objects.get(), NOW + timedelta(days=30, seconds=1))


def test_a_corrected_reading_keeps_its_corrections(north, grace, twice):
    ada, other = twice
    wrong = ada.submissions.get(total=47)
    make_submission(ada, 48, month=wrong.month, taken_on=wrong.taken_on, replaces=wrong)
    before = everything()

    merge(other, ada, grace, NOW)
    assert scores(ada) == [40, 48, 50]
    assert ada.submissions.get(total=45).replaced_by == wrong

    take_apart(Merge.objects.get(), NOW)
    assert everything() == before


def test_whoever_has_the_login_brings_it_along(north, grace, twice):
    ada, other = twice
    before = everything()

    merge(ada, other, grace, NOW)
    other.refresh_from_db()
    assert (other.user.email, scores(other)) == ("ada.lovelace@example.org", [40, 47, 50])

    take_apart(Merge.objects.get(), NOW)
    assert everything() == before


def test_of_two_logins_one_is_closed(north, grace):
    ada, other = make_rep(north, "Ada"), make_rep(north, "Ada Two")
    before = everything()

    merge(other, ada, grace, NOW)
    other.refresh_from_db()
    assert [ada.user.is_active, other.user.is_active] == [True, False]

    take_apart(Merge.objects.get(), NOW)
    assert everything() == before


def test_a_login_that_was_closed_before_stays_closed(north, grace):
    ada, other = make_rep(north, "Ada"), make_rep(north, "Ada Two")
    memberships.deactivate(other, grace, north.organization.today())
    before = everything()

    merge(other, ada, grace, NOW)
    take_apart(Merge.objects.get(), NOW)

    assert everything() == before


def test_a_login_that_was_closed_opens_for_whoever_is_still_here_and_closes_again(north, grace, twice):
    ada, other = twice
    memberships.deactivate(ada, grace, north.organization.today())
    before = everything()

    merge(ada, other, grace, NOW)
    other.refresh_from_db()
    assert other.user.is_active

    take_apart(Merge.objects.get(), NOW)
    assert everything() == before


def test_nobody_who_left_gets_a_login(north, grace, twice):
    ada, other = twice
    memberships.deactivate(other, grace, north.organization.today())

    with pytest.raises(Refused, match="is deactivated"), transaction.atomic():
        merge(ada, other, grace, NOW)


def test_whoever_comes_back_is_in_a_team_once(north, grace, twice):
    ada, other = twice
    today = north.organization.today()
    other.memberships.update(left_on=ada.memberships.get().joined_on, paused=True)
    before = everything()
    merge(other, ada, grace, NOW)

    memberships.deactivate(ada, grace, today)
    memberships.reactivate(ada, today)

    assert ada.memberships.active().count() == 1
    take_apart(Merge.objects.get(), NOW)
    assert [row["member_id"] for row in everything()["readings"]] == [row["member_id"] for row in before["readings"]]
    assert other.memberships.get().paused


def test_whoever_turned_out_to_be_somebody_is_not_brought_back_alone(north, grace, twice):
    ada, other = twice
    merge(other, ada, grace, NOW)

    with pytest.raises(Refused, match="Take the merge back first"):
        memberships.reactivate(other, north.organization.today())


def test_a_team_keeps_its_last_manager(north, grace):
    looking = make_viewer(north, "Grace H.")

    with pytest.raises(Refused, match="did not do the same"), transaction.atomic():
        merge(grace, looking, make_admin(north.organization), NOW)

    assert grace.memberships.get().role == "manager"


@pytest.mark.parametrize("into", ["the manager", "the twin"])
def test_nobody_vouches_for_what_becomes_their_own(north, grace, twice, into):
    make_submission(twice[1], 60)
    confirm(Submission.objects.filter(member=twice[1]), grace)
    pair = (twice[1], grace) if into == "the manager" else (grace, twice[1])

    with pytest.raises(Refused) as refused, transaction.atomic():
        merge(*pair, make_admin(north.organization), NOW)

    assert str(refused.value) == (
        "Grace has confirmed readings of A. Lovelace, and nobody confirms their own."
        " Merge them again, and tick “Take back what they confirmed of each other”."
    )


def test_what_one_of_them_had_vouched_for_waits_for_somebody_else_until_the_merge_is_taken_back(north, grace):
    hedy, twin, ben = make_manager(north, "Hedy"), make_viewer(north, "G. Hopper"), make_rep(north, "Ben", total=40)
    own = [make_submission(twin, 60), make_submission(twin, 50, month=this_month(north.organization) - 1)]
    confirm(Submission.objects.all(), grace)
    before = everything() | {"confirmations": list(Confirmation.objects.order_by("submission").values())}

    merge(twin, grace, hedy, NOW, unconfirm=True)
    waiting = list(Submission.objects.filter(confirmation=None).order_by("pk"))
    confirmed_again = confirm(Submission.objects.filter(pk=own[1].pk), hedy)
    take_apart(Merge.objects.get(), NOW)

    assert (waiting, confirmed_again) == (own, 1)
    confirmed_by = list(Confirmation.objects.order_by("submission").values_list("submission__member__name", "by__name"))
    assert confirmed_by == [("Ben", "Grace"), ("G. Hopper", "Grace"), ("G. Hopper", "Hedy")]
    first = Confirmation.objects.order_by("submission").exclude(submission=own[1]).values()
    assert [row | {"id": 0} for row in first] == [row | {"id": 0} for row in before["confirmations"][:2]]
    assert everything() == {key: rows for key, rows in before.items() if key != "confirmations"}
    assert ben.submissions.get().confirmation.by == grace


def test_every_team_that_they_were_in_reads_of_it(north, grace, twice):
    ada, other = twice
    south, month = make_team("South", north.organization), this_month(north.organization)
    Membership.objects.create(member=other, team=south, joined_on=(month - 9).first_day, left_on=(month - 6).first_day)

    merge(other, ada, grace, NOW)
    take_apart(Merge.objects.get(), NOW)

    for act in (Act.MERGED, Act.MERGE_TAKEN_BACK):
        assert set(AuditEntry.objects.filter(act=act).values_list("team__name", flat=True)) == {"North", "South"}


def test_all_else_that_is_somebodys_moves_and_comes_back(north, grace, twice):
    ada, other = twice
    goal, leave = make_goal(other, 90), make_leave(other, LONG_AGO, LONG_AGO)
    make_goal(ada, 80)
    counter = make_counter(north, grace, {other: 7})
    debt = make_debt(north, grace, other)
    unwanted = other.unsubscriptions.create(topic="reminders")
    things = [goal, goal.starts.get(), leave, counter.figures.get(), debt, unwanted]

    def whose():
        for thing in things:
            thing.refresh_from_db()
        return {getattr(thing, "creditor", None) or thing.member for thing in things}

    merge(other, ada, grace, NOW)
    assert whose() == {ada}

    take_apart(Merge.objects.get(), NOW)
    assert whose() == {other}


@pytest.mark.parametrize("why", ["themself", "another organization", "an admin", "two teams", "an open challenge"])
def test_who_cannot_be_one_person_is_refused_and_nothing_changes(north, grace, twice, why):
    ada, other = twice
    if why == "themself":
        other = ada
    if why == "another organization":
        other = make_rep(make_team("East", make_organization("Globex")), "Gil")
    if why == "an admin":
        other = make_admin(north.organization)
    if why == "two teams":
        other.memberships.update(team=make_team("South", north.organization))
    if why == "an open challenge":
        make_challenge(north, grace)
    before = everything()

    with pytest.raises(Refused), transaction.atomic():
        merge(other, ada, grace, NOW)

    assert everything() == before


def test_nothing_of_a_reading_but_whose_it_is_changes_on_this_way(twice):
    ada, _other = twice

    with pytest.raises(DatabaseError, match="append-only"), moving():
        ada.submissions.update(total=99)
    with pytest.raises(DatabaseError, match="append-only"), moving():
        ada.submissions.all().delete()


def test_whoever_turned_out_to_be_somebody_is_erased_with_them(north, grace):
    ada, twin = make_rep(north, "Ada"), make_rep(north, "Augusta Byron", login=False)
    counter = make_counter(north, grace, {ada: 7}, name="Calls of Augusta Byron")
    merge(twin, ada, grace, timezone.now())
    erasures.ask(ada, grace, timezone.now() - timedelta(days=8))

    erasures.erase(ada.pk, timezone.now())

    counter.refresh_from_db()
    names = Member.objects.filter(pk__in=[ada.pk, twin.pk]).values_list("name", flat=True)
    assert (set(names), counter.name) == ({"Former member"}, "Calls of former member")


def test_an_erasure_finds_all_that_anybody_was_called_who_became_one(north, grace):
    """Names of before, an address that an invitation went to, and who had turned out to be the twin themself."""
    ada, twin, third = make_rep(north, "Ada"), make_rep(north, "Twinkle"), make_rep(north, "Thirdy", login=False)
    invite(third, "third@mail.example", grace, timezone.now())
    correct_name(twin, "Twinny")
    User.objects.filter(pk=twin.user_id).update(email="twin@mail.example")
    twin.refresh_from_db()
    words = ["Twinkle", "Twinny", "Thirdy", "third@mail.example", "twin@mail.example", "twinkle@example.org"]
    goals = [make_goal(north, 70 + place, by=grace, text=f"Cake of {word}") for place, word in enumerate(words)]
    merge(third, twin, grace, timezone.now())
    merge(twin, ada, grace, timezone.now())
    erasures.ask(ada, grace, timezone.now() - timedelta(days=8))

    erasures.erase(ada.pk, timezone.now())

    assert set(Goal.objects.filter(pk__in=[goal.pk for goal in goals]).values_list("text", flat=True)) == {
        "Cake of former member"
    }
    people = Member.objects.filter(pk__in=[ada.pk, twin.pk, third.pk])
    assert (set(people.values_list("name", flat=True)), FormerName.objects.exists()) == ({"Former member"}, False)


def test_an_erasure_forgets_what_stayed_with_whoever_became_somebody(north, grace, twice):
    ada, other = twice
    make_goal(ada, 80), make_goal(other, 80)
    make_delivery(other, notice={"title": "Dear you", "lines": [], "links": []})
    make_submission_link(other, this_month(north.organization))
    merge(other, ada, grace, timezone.now())
    erasures.ask(ada, grace, timezone.now() - timedelta(days=8))

    erasures.erase(ada.pk, timezone.now())

    left = [Goal.objects.filter(member__isnull=False), SubmissionLink.objects.all()]
    assert [list(rows) for rows in left] == [[], []]
    assert Delivery.objects.get(member=other).notice is None
