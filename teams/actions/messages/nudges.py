"""A manager's word to the silent of a month, now: the reminder by another way in, and at most one a day to each."""

from datetime import datetime, time
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from teams.actions.audit import record
from teams.models import Act, Board, Delivery, Kind, Member, Membership
from teams.queries.recipients import recipients
from teams.rules.delivery import State
from teams.rules.reminders import DAY, Skip, by_hand, skip

TODAY = _("was reminded today already")
DEMO = _("the demo sends nothing")


class Nudged(NamedTuple):
    """Whose reminder goes out now, by the delivery's id; and whose does not, and why."""

    sent: dict[int, Member]
    passed: list[tuple[Member, str]]


@transaction.atomic
def nudge_silent(board: Board, now: datetime, only: int | None = None) -> Nudged:
    """Claim a reminder of the month for everybody who is silent in it, or for one member only.

    The memberships are locked as the sweep locks them, so that a second click, or the clock, finds the claim.
    """
    competing = board.team.memberships.active().filter(competing=True).order_by("pk")
    competing = competing if only is None else competing.filter(member=only)
    locked = list(competing.select_for_update().values_list("pk", flat=True))
    related = ["member__organization", "team__organization"]
    memberships = list(Membership.objects.filter(pk__in=locked).select_related(*related).order_by("member__name"))
    reps = recipients(locked, board.month, now)
    reminded = _reminded_today(memberships, now)
    passed, claims = [], []
    for membership in memberships:
        reason = skip(reps[membership.pk])
        if reason == Skip.SUBMITTED and only is None:
            continue
        if why := _reason_not_to(membership, reason, reminded):
            passed.append((membership.member, why))
        else:
            claims.append(_claim(membership, board, now))
    if claims:
        record(Act.REMINDED, teams=[board.team], month=str(board.month), count=len(claims))
    return Nudged({claim.pk: claim.member for claim in Delivery.objects.bulk_create(claims)}, passed)


def last_reminders(board: Board) -> dict[int, Delivery]:
    """The latest reminder of the board's month to each member of its team, by the member's id."""
    about = Delivery.objects.filter(team=board.team, kind=Kind.REMINDER, subject__startswith=f"{board.month} ")
    return {reminder.member_id: reminder for reminder in about.order_by("created_at", "pk")}


def _reason_not_to(membership: Membership, reason: Skip | None, reminded: set[int]) -> str | None:
    if membership.team.organization.is_demo:
        return DEMO
    if reason:
        return reason.value
    return TODAY if membership.member_id in reminded else None


def _reminded_today(memberships: list[Membership], now: datetime) -> set[int]:
    """Whom a reminder of any month was claimed for since their own midnight; what was not sent after all counts not."""
    recent = Delivery.objects.filter(
        member__in=[membership.member_id for membership in memberships],
        kind=Kind.REMINDER,
        created_at__gt=now - 2 * DAY,
    ).exclude(state=State.DROPPED)
    latest = dict(recent.order_by("created_at").values_list("member_id", "created_at"))
    return {
        membership.member_id
        for membership in memberships
        if (at := latest.get(membership.member_id)) and at >= _midnight(membership.member, now)
    }


def _midnight(member: Member, now: datetime) -> datetime:
    return datetime.combine(now.astimezone(member.zone).date(), time(), member.zone)


def _claim(membership: Membership, board: Board, now: datetime) -> Delivery:
    member = membership.member
    return Delivery(
        team=board.team,
        member=member,
        kind=Kind.REMINDER,
        subject=by_hand(board.month, now.astimezone(member.zone).date()),
        created_at=now,
        due_at=now,
        good_until=_midnight(member, now) + 2 * DAY,
    )
