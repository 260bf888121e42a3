"""What a manager decides about several people at once: each by the action for one, and each refusal with its reason."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from teams.actions.people.invitations import invite
from teams.actions.people.memberships import change_membership
from teams.actions.reminders.nudges import nudge_silent
from teams.models import Board, Invitation, Member, Membership, Plan, Role, User
from teams.rules.errors import Refused
from teams.rules.messages.delivery import Reason
from teams.words.delivery_reasons import reason_words


class Outcome(NamedTuple):
    """For whom it was done, for whom not and why, and the ids of what a worker is nudged for: boards or messages."""

    done: list[Member]
    refused: list[tuple[Member, str]]
    ids: list[int]


def set_role(memberships: Iterable[Membership], role: Role, today: date) -> Outcome:
    """Another role from today on; whoever becomes a rep competes."""

    def change(membership: Membership) -> list[int]:
        if membership.role == role:
            raise Refused(_("has that role already"))
        competing = role == Role.REP or membership.competing
        return change_membership(membership, role=role, competing=competing, today=today)

    return _each(memberships, change)


def set_plan(memberships: Iterable[Membership], plan: Plan, today: date) -> Outcome:
    """Which LinkedIn they use."""

    def change(membership: Membership) -> list[int]:
        if membership.member.plan == plan:
            raise Refused(_("has that plan already"))
        role, competing = Role(membership.role), membership.competing
        return change_membership(membership, role=role, competing=competing, plan=plan, today=today)

    return _each(memberships, change)


def invite_again(memberships: Iterable[Membership], by: Member, user: User, now: datetime) -> Outcome:
    """Another invitation to the address to which the last one went; the ids are those of the invitations."""
    chosen = list(memberships)
    people = [membership.member_id for membership in chosen]
    managed = set(Member.objects.login_managed_by(user).filter(pk__in=people).values_list("pk", flat=True))
    addresses = dict(Invitation.objects.filter(member__in=people).values_list("member", "email"))

    def change(membership: Membership) -> list[int]:
        member = membership.member
        if member.pk not in managed:
            raise Refused(_("an admin, or a manager of all their teams, invites them"))
        if not member.user_id and member.pk not in addresses:
            raise Refused(reason_words(Reason.NO_ADDRESS))
        return [invite(member, addresses.get(member.pk, ""), by, now).pk]

    return _each(chosen, change)


def remind(memberships: Iterable[Membership], board: Board, now: datetime) -> Outcome:
    """A reminder of the board's month to those who are silent in it; the ids are those of the deliveries."""
    people = {membership.member_id: membership.member for membership in memberships}
    if board.pk is None or board.closed_at or board.is_history:
        return Outcome([], [(member, reason_words(Reason.CLOSED)) for member in people.values()], [])
    nudged = nudge_silent(board, now, people)
    refused = [(member, reason_words(reason)) for member, reason in nudged.passed]
    told = {member.pk for member in nudged.sent.values()} | {member.pk for member, _ in nudged.passed}
    refused += [(member, _("does not compete")) for pk, member in people.items() if pk not in told]
    return Outcome(list(nudged.sent.values()), refused, list(nudged.sent))


def _each(memberships: Iterable[Membership], change: Callable[[Membership], list[int]]) -> Outcome:
    outcome = Outcome([], [], [])
    for membership in memberships:
        try:
            ids = change(membership)
        except Refused as refused:
            outcome.refused.append((membership.member, str(refused)))
        else:
            outcome.done.append(membership.member)
            outcome.ids.extend(ids)
    return outcome
