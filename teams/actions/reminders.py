"""Reminding reps to submit. Each membership knows when to look next (`remind_at`), so that a sweep touches only those
whose moment has come; what it finds then is decided by the rules.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from teams.actions.addresses import site_url
from teams.actions.audit import record
from teams.actions.links import make_submission_link
from teams.models import (
    Act,
    Board,
    Delivery,
    Kind,
    Leave,
    Member,
    Membership,
    Organization,
    Score,
    Team,
    Topic,
    Unsubscription,
)
from teams.rules.months import Month
from teams.rules.reminders import Policy, Recipient, Skip, Step, by_hand, due_step, due_until, next_look, skip
from teams.words import notices
from teams.words.notices import Notice

AT_ONCE = 500
"""How many memberships one transaction looks at."""
WITH_ORGANIZATIONS = ["member__organization", "team__organization"]
"""Read apart: thousands of members share them."""


class Awake(NamedTuple):
    """A membership whose moment has come, with what decides what is due and when to look again."""

    membership: int
    competing: bool
    left_on: date | None
    own_zone: str
    organization_zone: str
    reminds: bool
    steps: list[int]
    hour: int
    holidays: list[date]
    is_demo: bool

    @property
    def policy(self) -> Policy:
        return Policy(tuple(self.steps) if self.reminds else (), self.hour, tuple(self.holidays))


AWAKE = [
    "pk",
    "competing",
    "left_on",
    "member__time_zone",
    "team__organization__time_zone",
    "team__reminds",
    "team__reminder_steps",
    "team__reminder_hour",
    "team__organization__holidays",
    "team__organization__is_demo",
]


@transaction.atomic
def remind_due(now: datetime) -> int:
    """Claim the reminders that are due, for up to 500 of those whose moment has come; how many were looked at."""
    waiting = Membership.objects.filter(remind_at__lte=now).order_by("remind_at").select_for_update(skip_locked=True)
    locked = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    due: dict[Month, dict[int, Step]] = defaultdict(dict)
    next_looks: dict[datetime | None, list[int]] = defaultdict(list)
    for row in Membership.objects.filter(pk__in=locked).values_list(*AWAKE):
        awake = Awake(*row)
        step, next_step_at = _look(now, ZoneInfo(awake.own_zone or awake.organization_zone), awake.policy)
        if step and not awake.is_demo:
            due[step.month][awake.membership] = step
        next_looks[next_step_at if _stays(awake, now) else None].append(awake.membership)
    for month, steps in due.items():
        _claim_all(month, steps, now)
    for moment, memberships in next_looks.items():
        Membership.objects.filter(pk__in=memberships).update(remind_at=moment)
    return len(locked)


def recipients(memberships: Iterable[Membership], month: Month, now: datetime) -> dict[int, Recipient]:
    """By membership, what decides whether each rep is reminded of a month; four queries, however many there are."""
    memberships = list(memberships)
    people = {membership.member_id for membership in memberships}
    submitted = set(Score.objects.filter(member__in=people, month=month).values_list("member_id", flat=True))
    away = Leave.objects.filter(member__in=people).away_in(month)
    unsubscribed = Unsubscription.objects.members(Topic.REMINDERS, people)
    teams = {membership.team_id for membership in memberships}
    closed = Board.objects.filter(team__in=teams, month=month, closed_at__isnull=False)
    closed_teams = set(closed.values_list("team_id", flat=True))
    return {
        membership.pk: Recipient(
            submitted=membership.member_id in submitted,
            competes=_competes(membership, month, now),
            no_access=_has_no_access(membership, month),
            away=membership.member_id in away,
            closed=membership.team_id in closed_teams,
            has_address=membership.member.user is not None and membership.member.user.is_active,
            unsubscribed=membership.member_id in unsubscribed,
        )
        for membership in memberships
    }


def reminder_of(delivery: Delivery, now: datetime) -> Notice | str:
    """What the reminder says, with a new link in it; or why it is not sent after all."""
    month = Month.parse(delivery.subject.split()[0])
    memberships = delivery.member.memberships.filter(team=delivery.team).select_related(
        "member__user", "team__organization"
    )
    membership = memberships.order_by("-joined_on", "-pk").first()
    reason = skip(recipients([membership], month, now)[membership.pk]) if membership else Skip.LEFT
    if reason:
        return reason.value
    today = now.astimezone(delivery.member.zone).date()
    link = site_url("submit_link", make_submission_link(delivery.member, month))
    return notices.reminder(month, (month.last_day - today).days, link)


@transaction.atomic
def set_policy(team: Team) -> None:
    """Store when a team is reminded, and have the next sweep look at everybody in it."""
    team.save(update_fields=["reminds", "reminder_steps", "reminder_hour"])
    record(Act.REMINDERS_CHANGED, teams=[team])
    Team.objects.filter(pk=team.pk).wake_digests()
    team.memberships.wake_reminders()


def set_zone(member: Member, time_zone: str) -> None:
    """Store in which zone a member lives, and have the next sweep look when their morning is."""
    member.time_zone = time_zone
    member.save(update_fields=["time_zone"])
    member.memberships.wake_reminders()


def wake(organization: Organization) -> None:
    """Have the next sweep look at everybody: the organization's zone has changed."""
    Membership.objects.filter(team__organization=organization).wake_reminders()
    organization.teams.wake_digests()


def _claim_all(month: Month, steps: dict[int, Step], now: datetime) -> None:
    """Claim the reminders of a month, by membership, of those who are to have one."""
    asked = Membership.objects.filter(pk__in=steps)
    submitted = Score.objects.filter(member__in=list(asked.values_list("member", flat=True)), month=month)
    silent = asked.exclude(member__in=list(submitted.values_list("member", flat=True))).select_related("member__user")
    found = [(membership, steps[membership.pk]) for membership in silent.prefetch_related(*WITH_ORGANIZATIONS)]
    reps = recipients((membership for membership, _ in found), month, now)
    nudged = _nudged_today(found, now)
    claims = [
        _claim(membership, step, now)
        for membership, step in found
        if skip(reps[membership.pk]) is None and membership.member_id not in nudged
    ]
    Delivery.objects.bulk_create(claims, ignore_conflicts=True)


def _claim(membership: Membership, step: Step, now: datetime) -> Delivery:
    zone, policy = membership.member.zone, membership.team.reminder_policy
    return Delivery(
        team=membership.team,
        member=membership.member,
        kind=Kind.REMINDER,
        subject=str(step),
        due_at=now,
        good_until=due_until(step, zone, policy),
    )


def _nudged_today(found: Iterable[tuple[Membership, Step]], now: datetime) -> set[int]:
    """Whom a manager reminded by hand today: the clock's reminder of this day is left out."""
    said = {
        (membership.member_id, by_hand(step.month, now.astimezone(membership.member.zone).date()))
        for membership, step in found
    }
    members, subjects = {member for member, _ in said}, {subject for _, subject in said}
    sent = Delivery.objects.filter(kind=Kind.REMINDER, member__in=members, subject__in=subjects)
    return {member for member, subject in sent.values_list("member_id", "subject") if (member, subject) in said}


@lru_cache(maxsize=1024)
def _look(now: datetime, zone: ZoneInfo, policy: Policy) -> tuple[Step | None, datetime | None]:
    """What is due for whoever lives in a zone under a policy, and when their next reminder may be."""
    return due_step(now, zone, policy), next_look(now, zone, policy)


def _stays(awake: Awake, now: datetime) -> bool:
    """Whether to look again at all: not at those who left or do not compete, nor in the demo."""
    today = now.astimezone(ZoneInfo(awake.organization_zone)).date()
    return awake.competing and not awake.is_demo and not (awake.left_on and awake.left_on <= today)


def _competes(membership: Membership, month: Month, now: datetime) -> bool:
    """Whether they compete on the month's last day, and have not left since."""
    stays_past = max(month.last_day, _today(membership, now))
    left = membership.left_on is not None and membership.left_on <= stays_past
    return membership.competing and membership.joined_on <= month.last_day and not left


def _has_no_access(membership: Membership, month: Month) -> bool:
    since = membership.member.no_access_since
    return since is not None and since <= month.last_day


def _today(membership: Membership, now: datetime) -> date:
    return now.astimezone(ZoneInfo(membership.team.organization.time_zone)).date()
