"""Reminding reps to submit. Each membership knows when to look next (`remind_at`), so that a sweep touches only those
whose moment has come; what it finds then is decided by the rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from teams.actions.audit import record
from teams.actions.messages.addresses import site_url
from teams.actions.messages.links import make_submission_link
from teams.models import Act, Delivery, Member, Membership, Organization, Team
from teams.queries.people.recipients import recipients
from teams.queries.prepared_sql import as_json, named_rows, rows
from teams.rules.messages.delivery import Reason
from teams.rules.messages.reminders import Policy, Step, by_hand, due_step, due_until, next_look, skip
from teams.rules.messages.subjects import Subject
from teams.rules.months import Month, days_left
from teams.words import notices
from teams.words.notices import Notice

AT_ONCE = 1000
"""How many memberships one transaction looks at."""
AWAKE = Path(__file__).with_name("members_due_now.sql").read_text().format(at_once=AT_ONCE)
CLAIM = Path(__file__).with_name("claim_reminders.sql").read_text()


class Awake(NamedTuple):
    """A row of `members_due_now.sql`: memberships whose moment has come, and for which the same is due."""

    memberships: list[int]
    zone: str
    reminds: bool
    steps: list[int]
    hour: int
    holidays: list[date]
    sends: bool
    stays: bool


class Look(NamedTuple):
    """What was found for memberships: when to look again, and which reminder is due, with a manager's of this day."""

    memberships: list[int]
    again_at: datetime | None
    step: Step | None = None
    good_until: datetime | None = None
    by_hand: Subject | None = None


@transaction.atomic
def remind_due(now: datetime) -> int:
    """Claim the reminders that are due, for up to 1,000 of those whose moment has come; how many were looked at."""
    looks = [_look(awake, now) for awake in named_rows(Awake, AWAKE, now=now)]
    if looks:
        to_remind = _to_remind(looks, now)
        rows(CLAIM, now=now, looks=as_json([part for look in looks for part in _parts(look, to_remind)]))
    return sum(len(look.memberships) for look in looks)


def reminder_of(delivery: Delivery, now: datetime) -> Notice | Reason:
    """What the reminder says, with a new link in it; or why it is not sent after all."""
    month = delivery.month
    memberships = delivery.reader.memberships.filter(team=delivery.team).order_by("-joined_on", "-pk")
    reps = recipients(memberships.values_list("pk", flat=True)[:1], month, now)
    reason = next(map(skip, reps.values()), Reason.LEFT)
    if reason:
        return reason
    today = now.astimezone(delivery.reader.zone).date()
    link = site_url("submit_link", make_submission_link(delivery.reader, month))
    return notices.reminder(month, days_left(month.last_day, today), link)


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


def _look(awake: Awake, now: datetime) -> Look:
    zone = ZoneInfo(awake.zone)
    policy = Policy(tuple(awake.steps) if awake.reminds else (), awake.hour, tuple(awake.holidays))
    again_at = next_look(now, zone, policy) if awake.stays else None
    step = due_step(now, zone, policy) if awake.sends else None
    if step is None:
        return Look(awake.memberships, again_at)
    today = now.astimezone(zone).date()
    return Look(awake.memberships, again_at, step, due_until(step, zone, policy), by_hand(step.month, today))


def _to_remind(looks: Iterable[Look], now: datetime) -> set[int]:
    """For which memberships a reminder is due that the rules do not leave out."""
    memberships_by_month: dict[Month, list[int]] = defaultdict(list)
    for look in looks:
        if look.step:
            memberships_by_month[look.step.month] += look.memberships
    reps = [
        rep
        for month, memberships in memberships_by_month.items()
        for rep in recipients(memberships, month, now).items()
    ]
    return {membership for membership, rep in reps if skip(rep) is None}


def _parts(look: Look, to_remind: set[int]) -> Iterator[dict[str, Any]]:
    """What is stored: for those who are to be reminded with the reminder, for the others only when to look again."""
    subject = look.step and str(look.step.subject)
    told = {"subject": subject, "good_until": look.good_until, "by_hand": str(look.by_hand)}
    reminded = to_remind.intersection(look.memberships)
    yield {"memberships": [*reminded], "again_at": look.again_at, **told}
    yield {"memberships": [*set(look.memberships) - reminded], "again_at": look.again_at}
