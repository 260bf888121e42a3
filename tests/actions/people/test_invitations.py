"""Invitations: one use, one week, one live link; mailed once; and what they do not reveal."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.core import signing
from django.utils import timezone

from teams.actions.people.invitations import (
    accept,
    deliver_invitation,
    due_invitations,
    invite,
    make_invitation_link,
    open_invitation,
    withdraw,
)
from teams.actions.people.members import add_member_once
from teams.actions.people.memberships import deactivate, reactivate, undo_deactivation
from teams.actions.privacy import erasures
from teams.actions.privacy.retention import delete_old
from teams.models import Invitation, User
from teams.rules.errors import Refused
from tests.makers import make_manager, make_organization, make_rep, make_team

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PASSWORD = "a long enough password"


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="Europe/Berlin"))


@pytest.fixture
def grace(team):
    return make_manager(team, "Grace")


@pytest.fixture
def jane(team):
    return make_rep(team, "Jane Doe", login=False)


def test_accepting_gives_the_member_a_login_once(grace, jane):
    invitation = invite(jane, "Jane@Example.org", grace, NOW)
    token = make_invitation_link(invitation)

    user = accept(open_invitation(token, NOW), PASSWORD, NOW)

    jane.refresh_from_db()
    assert (jane.user, user.email) == (user, "jane@example.org")
    assert authenticate(email="jane@example.org", password=PASSWORD) == user
    assert open_invitation(token, NOW) is None
    with pytest.raises(Refused, match="does not work any more"):
        accept(invitation, PASSWORD, NOW)


def test_a_link_lives_for_a_week(grace, jane):
    token = make_invitation_link(invite(jane, "jane@example.org", grace, NOW))
    last = NOW + timedelta(days=7) - timedelta(seconds=1)

    assert open_invitation(token, last) == Invitation.objects.get()
    assert open_invitation(token, last + timedelta(seconds=1)) is None
    with pytest.raises(Refused):
        accept(Invitation.objects.get(), PASSWORD, last + timedelta(seconds=1))


def test_sending_again_kills_the_link_before_and_withdrawing_the_last(grace, jane):
    first = make_invitation_link(invite(jane, "jane@example.org", grace, NOW))
    second = make_invitation_link(invite(jane, "jane@example.net", grace, NOW))
    assert (open_invitation(first, NOW), open_invitation(second, NOW)) == (None, Invitation.objects.get())

    withdraw(Invitation.objects.get())

    assert open_invitation(second, NOW) is None


def test_a_made_up_link_opens_nothing(grace, jane):
    token = make_invitation_link(invite(jane, "jane@example.org", grace, NOW))

    assert [open_invitation(wrong, NOW) for wrong in ("", "1", token[:-1], token + "x")] == [None] * 4


def test_a_deactivated_members_link_is_dead_for_good(team, grace, jane):
    token = make_invitation_link(invite(jane, "jane@example.org", grace, NOW))

    deactivate(jane, grace, NOW.date())
    assert open_invitation(token, NOW) is None
    jane.refresh_from_db()
    with pytest.raises(Refused, match="Bring them back first"):
        invite(jane, "jane@example.org", grace, NOW)
    reactivate(jane, NOW.date())

    assert open_invitation(token, NOW) is None


def test_an_invitation_goes_on_where_the_deactivation_is_undone(team, grace, jane):
    invitation = invite(jane, "jane@example.org", grace, NOW)
    token = make_invitation_link(invitation)
    deactivate(jane, grace, NOW.date())

    undo_deactivation(jane, NOW.date())

    assert open_invitation(token, NOW) == invitation


def test_an_address_of_somebody_deactivated_is_free_and_is_not_taken_back_by_undoing(team, grace, jane):
    token = make_invitation_link(invite(jane, "jane@example.org", grace, NOW))
    deactivate(jane, grace, NOW.date())
    janet = add_member_once(team, name="Janet", email="jane@example.org")
    invite(janet, "jane@example.org", grace, NOW)

    undo_deactivation(jane, NOW.date())

    assert open_invitation(token, NOW) is None
    assert list(Invitation.objects.values_list("member__name", "email")) == [("Janet", "jane@example.org")]


def test_inviting_says_nothing_about_a_login_elsewhere_and_touches_it_never(grace, jane):
    gil = make_rep(make_team("East", make_organization("Globex")), "Gil")
    before = User.objects.filter(pk=gil.user_id).values().get()

    invitation = invite(jane, gil.user.email, grace, NOW)
    with pytest.raises(Refused, match="has a login already"):
        accept(invitation, PASSWORD, NOW)

    jane.refresh_from_db()
    assert (jane.user, User.objects.filter(pk=gil.user_id).values().get()) == (None, before)
    assert Invitation.objects.count() == 1


def test_who_can_sign_in_is_not_invited(team, grace):
    with pytest.raises(Refused, match="can sign in already"):
        invite(make_rep(team, "Ada"), "ada@example.net", grace, NOW)


def test_one_person_sends_fifty_an_hour(team, grace):
    gus, reps = make_manager(team, "Gus"), [make_rep(team, f"Rep {number}", login=False) for number in range(51)]
    for number, rep in enumerate(reps[:50]):
        invite(rep, f"rep{number}@example.org", grace, NOW)

    with pytest.raises(Refused, match="50 invitations within an hour"):
        invite(reps[50], "rep@example.org", grace, NOW)

    assert invite(reps[50], "rep@example.org", gus, NOW).member == reps[50]


def test_the_mail_goes_out_once_with_the_link(grace, jane, mailbox, settings):
    invitation = invite(jane, "jane@example.org", grace, NOW)

    deliver_invitation(invitation.pk, NOW)
    deliver_invitation(invitation.pk, NOW)

    [mail] = mailbox.to("jane@example.org")
    assert mail["Subject"] == "Grace invites you to Acme"
    [token] = re.findall(rf"{settings.SITE_URL}/invitation/([^/]+)/", mail.get_body(["plain"]).get_content())
    assert open_invitation(token, NOW) == invitation
    assert "until 27 November 2026, 10:00" in mail.get_body(["plain"]).get_content()
    assert (due_invitations(NOW), Invitation.objects.get().state(NOW)) == ([], "is sent")


def test_before_its_mail_goes_out_an_invitation_has_no_link(grace, jane):
    invitation = invite(jane, "jane@example.org", grace, NOW)

    tried = ["", str(invitation.pk), signing.Signer(salt="invitation").sign(invitation.pk)]

    assert [open_invitation(token, NOW) for token in tried] == [None] * 3


@pytest.mark.parametrize(
    ("answer", "due_in", "state"),
    [
        ("450 busy", timedelta(minutes=5), "is on its way"),
        ("550 no such user", None, "did not arrive: the mail server said “550 no such user”"),
        ("drop", None, "may not have arrived"),
    ],
)
def test_a_refused_mail_is_tried_again_given_up_or_in_doubt(grace, jane, mailbox, answer, due_in, state):
    mailbox.answers["DATA"] = answer
    invitation = invite(jane, "jane@example.org", grace, NOW)

    deliver_invitation(invitation.pk, NOW)

    invitation.refresh_from_db()
    assert (invitation.due_at, invitation.sent_at) == (due_in and NOW + due_in, None)
    assert invitation.state(NOW + timedelta(hours=1)) == state


def test_the_demo_mails_nobody(mailbox):
    team = make_team("Demo", make_organization("Demo", is_demo=True))
    invitation = invite(make_rep(team, "Jane", login=False), "jane@example.org", make_manager(team), NOW)

    deliver_invitation(invitation.pk, NOW)

    assert (mailbox.mails, Invitation.objects.get().state(NOW)) == ([], "did not arrive: the demo sends nothing")


@pytest.mark.parametrize("how", ["withdrawn", "replaced", "brought back", "too old", "the inviter is deleted"])
def test_an_address_that_an_invitation_went_to_is_kept_for_an_erasure(team, grace, jane, how):
    now = timezone.now()
    hedy = make_manager(team, "Hedy")
    invitation = invite(jane, "Jane@Home.example", hedy, now)
    if how == "withdrawn":
        withdraw(invitation)
    if how == "replaced":
        invite(jane, "jane@work.example", grace, now)
    if how == "brought back":
        deactivate(jane, grace, now.date())
        reactivate(jane, now.date())
    if how == "too old":
        Invitation.objects.update(expires_at=now - timedelta(days=4000))
        delete_old(team.organization_id, now)
    if how == "the inviter is deleted":
        erasures.ask(hedy, grace, now - timedelta(days=8))
        erasures.erase(hedy.pk, now)

    assert [former.name for former in jane.former_names.all()] == ["jane@home.example"]


def test_an_address_with_which_somebody_signs_in_is_no_former_one(grace, jane):
    accept(open_invitation(make_invitation_link(invite(jane, "jane@example.org", grace, NOW)), NOW), PASSWORD, NOW)

    assert list(jane.former_names.all()) == []
