"""Inviting a member without a login: by a link that works once, for a week, and dies when they are asked again.

Mails go out as deliveries do: the claim is committed before the hand-over, so never twice and never lost in silence.
"""

from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from teams.actions import limits
from teams.actions.audit import record
from teams.actions.messages.addresses import site_url
from teams.actions.messages.claims import claim
from teams.actions.people.logins import make_login
from teams.mail.letters import login_letter
from teams.mail.sending import hand_over
from teams.models import Act, Invitation, Member, User
from teams.models.tokens import hashed, new_token
from teams.rules.errors import AddressTaken, Refused
from teams.rules.messages.delivery import DeliveryState, Reason, printable, state_after
from teams.rules.people.names import canonical_address
from teams.words.notices import Link

LIVES = timedelta(days=7)
DOUBLE_CLICK = timedelta(seconds=10)
"""Asked for again within so little, it is the same invitation: its link is on its way already."""
AN_HOUR = 50
"""How many invitations one person may send within an hour."""


@transaction.atomic
def invite(member: Member, email: str, by: Member, now: datetime) -> Invitation:
    """Ask a member to choose a password, or ask again: every earlier link is dead."""
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if locked.user_id:
        raise Refused(_("%(name)s can sign in already.") % {"name": locked})
    if locked.deactivated_on:
        raise Refused(_("%(name)s is deactivated. Bring them back first.") % {"name": locked})
    email = canonical_address(email)
    check_email_is_free(email, locked.organization_id, locked)
    limits.count(
        "invitations", by, AN_HOUR, now, _("That is %(most)d invitations within an hour. Send the others at %(time)s.")
    )
    sent = Invitation.objects.filter(member=locked)
    if just_now := sent.filter(email=email, first_at__gt=now - DOUBLE_CLICK).first():
        return just_now
    sent.delete()
    record(Act.INVITED, locked, by=by)
    return Invitation.objects.create(
        member=locked, email=email, invited_by=by, first_at=now, due_at=now, expires_at=now + LIVES
    )


def check_email_is_free(email: str, organization_id: int, member: Member | None = None) -> None:
    """Refused where somebody else of the organization signs in with the address, or is invited at it."""
    others = Member.objects.filter(organization=organization_id)
    if member:
        others = others.exclude(pk=member.pk)
    holder = others.with_address(canonical_address(email)).first() if email else None
    if holder:
        sentence = _("%(email)s is the address of %(name)s, who is here already. Use another one.")
        raise AddressTaken(sentence % {"email": email, "name": holder})


@transaction.atomic
def withdraw(invitation: Invitation) -> None:
    """The link is dead from now on."""
    record(Act.INVITATION_WITHDRAWN, invitation.member)
    invitation.delete()


def make_invitation_link(invitation: Invitation) -> str:
    """The token of its link from now on; an earlier one is dead."""
    token = new_token()
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hashed(token))
    return token


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation of a link; None where it was used, withdrawn, replaced or never made, or has expired."""
    return Invitation.objects.open(now).holding(token).select_related("member__organization", "invited_by").first()


@transaction.atomic
def accept(invitation: Invitation, password: str, now: datetime) -> User:
    """The login that the member has from now on. Once: Refused where it was used meanwhile."""
    locked = Invitation.objects.filter(pk=invitation.pk, expires_at__gt=now).select_for_update().first()
    member = Member.objects.select_for_update().get(pk=invitation.member_id)
    if locked is None or member.user_id or member.deactivated_on:
        raise Refused(_("This invitation does not work any more. Ask for a new one."))
    member.user = make_login(locked.email, password)
    member.save(update_fields=["user"])
    member.memberships.active().wake_reminders()
    locked.delete()
    record(Act.INVITATION_ACCEPTED, by=member)
    return member.user


def due_invitations(now: datetime) -> list[int]:
    """The ids of those whose mail waits."""
    return list(Invitation.objects.due(now).values_list("pk", flat=True))


def deliver_invitation(invitation_id: int, now: datetime) -> DeliveryState | None:
    """Hand the mail over and give what became of it; None where it is not due (any more) or somebody else has it."""
    claimed = _claim(invitation_id, now)
    if claimed is None:
        return None
    invitation, token = claimed
    with override(invitation.member.speaks):
        mail = _letter(invitation, token)
    answer = hand_over(mail)
    state, due_at = state_after(answer, invitation.first_at, invitation.attempts, now)
    Invitation.objects.filter(pk=invitation.pk).update(
        due_at=due_at,
        sent_at=now if state == DeliveryState.SENT else None,
        problem=(answer.reason or "") if state in (DeliveryState.WAITING, DeliveryState.FAILED) else "",
        said=printable(answer.said),
    )
    return state


@transaction.atomic(durable=True)
def _claim(invitation_id: int, now: datetime) -> tuple[Invitation, str] | None:
    """The invitation and the token of its link; None where there is nothing to hand over."""
    due = Invitation.objects.due(now).filter(pk=invitation_id).select_related("member__organization", "invited_by")
    claimed = claim(due, now, problem="")
    if claimed is None:
        return None
    if claimed.member.organization.is_demo:
        claimed.problem = Reason.DEMO
        claimed.save(update_fields=["problem"])
        return None
    return claimed, make_invitation_link(claimed)


def _letter(invitation: Invitation, token: str) -> EmailMultiAlternatives:
    organization = invitation.member.organization
    button = Link(_("Choose a password"), site_url("accept_invitation", token))
    context = {
        "invitation": invitation,
        "url": button.url,
        "until": date_format(organization.local(invitation.expires_at), "DATETIME_FORMAT"),
    }
    title = _("%(invited_by)s invites you to %(organization)s") % {
        "invited_by": invitation.invited_by,
        "organization": organization,
    }
    return login_letter(
        "emails/invitation.txt", context, title=title, to=invitation.email, organization=organization, link=button
    )
