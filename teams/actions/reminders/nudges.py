"""A manager's word to the silent of a month, now: the reminder by another way in, and at most one a day to each."""

from collections.abc import Collection, Iterator
from datetime import datetime, time
from typing import NamedTuple

from django.db import transaction

from teams.actions.audit import record
from teams.models import Act, Board, Delivery, Member, Membership, MessageKind, Team
from teams.queries.people.recipients import recipients
from teams.rules.messages.delivery import DeliveryState, Reason
from teams.rules.messages.hours import DAY
from teams.rules.messages.reminders import by_hand, skip
from teams.rules.messages.subjects import Subject
from teams.rules.months import Month


class Nudged(NamedTuple):
    """Whose reminder goes out now, by the delivery's id; and whose does not, and why."""

    sent: dict[int, Member]
    passed: list[tuple[Member, Reason]]


@transaction.atomic
def nudge_silent(board: Board, now: datetime, only: Collection[int] | None = None) -> Nudged:
    """Claim a reminder of the month for everybody who is silent in it, or only for those with these ids.

    The memberships are locked as the sweep locks them, so that a second click, or the clock, finds the claim.
    """
    competing = board.team.memberships.competing_at_the_end_of(board.month).order_by("pk")
    competing = competing if only is None else competing.filter(member__in=only)
    locked = list(competing.select_for_update().values_list("pk", flat=True))
    related = ["member__organization", "team__organization"]
    memberships = list(
        Membership.objects.filter(pk__in=locked).select_related(*related).order_by("member__name__alphabetical")
    )
    passed, claims = [], []
    for membership, reason in _judged(memberships, board.month, now):
        if reason is None:
            claims.append(_claim(membership, board, now))
        elif reason != Reason.SUBMITTED or only:
            passed.append((membership.member, reason))
    if claims:
        record(Act.REMINDED, teams=[board.team], month=str(board.month), count=len(claims))
    return Nudged({claim.pk: claim.reader for claim in Delivery.objects.bulk_create(claims)}, passed)


def unreachable(board: Board, now: datetime) -> dict[int, Reason]:
    """Why a reminder would not go to some of the board's reps now, by the member's id; to all others it would.

    That the demo sends nothing is said when it is tried.
    """
    competing = board.team.memberships.competing_at_the_end_of(board.month)
    memberships = list(competing.select_related("member__organization", "team__organization"))
    judged = _judged(memberships, board.month, now)
    return {membership.member_id: reason for membership, reason in judged if reason not in (None, Reason.DEMO)}


def last_reminders(team: Team, month: Month) -> dict[int, Delivery]:
    """The latest reminder of a month to each member of a team, by the member's id."""
    about = Delivery.objects.filter(team=team, kind=MessageKind.REMINDER, subject__startswith=str(Subject(month)))
    return {each.member_id: each for each in about.order_by("created_at", "pk") if each.member_id is not None}


def _judged(memberships: list[Membership], month: Month, now: datetime) -> Iterator[tuple[Membership, Reason | None]]:
    """Each with why no reminder goes out to it now, if none does."""
    reps = recipients([membership.pk for membership in memberships], month, now)
    reminded = _reminded_today(memberships, now)
    for membership in memberships:
        again = Reason.REMINDED_TODAY if membership.member_id in reminded else None
        is_demo = membership.team.organization.is_demo
        yield membership, Reason.DEMO if is_demo else skip(reps[membership.pk]) or again


def _reminded_today(memberships: list[Membership], now: datetime) -> set[int]:
    """Whom a reminder of any month was claimed for since their own midnight; what was not sent after all counts not."""
    recent = Delivery.objects.filter(
        member__in=[membership.member_id for membership in memberships],
        kind=MessageKind.REMINDER,
        created_at__gt=now - 2 * DAY,
    ).exclude(state=DeliveryState.DROPPED)
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
        kind=MessageKind.REMINDER,
        subject=str(by_hand(board.month, now.astimezone(member.zone).date())),
        created_at=now,
        due_at=now,
        good_until=_midnight(member, now) + 2 * DAY,
    )
