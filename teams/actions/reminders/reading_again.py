"""The one extra reminder, to those whose reading of the month is from before LinkedIn changed its formula."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta, tzinfo

from django.db.models import Exists, OuterRef, QuerySet

from teams.actions.messages.addresses import site_url
from teams.actions.messages.links import make_submission_link
from teams.models import Delivery, Membership, MessageKind, Recalibration, Score
from teams.queries.people.recipients import recipients
from teams.rules.messages.delivery import Reason
from teams.rules.messages.hours import DAY, next_morning
from teams.rules.messages.reminders import Policy, skip
from teams.rules.messages.subjects import About, Subject, Thing
from teams.rules.months import Month, is_working_day
from teams.words import notices
from teams.words.notices import Notice

A_MONTH = timedelta(days=32)
AT_ONCE = 500
"""How many memberships are read at a time."""


def remind_to_read_again(now: datetime) -> int:
    """Claim the reminders for what was marked in a month that still runs; how many are new."""
    marks = Recalibration.objects.filter(day__gte=(now - A_MONTH).date(), organization__is_demo=False)
    claims = 0
    for mark in marks.select_related("organization"):
        if mark.day <= mark.organization.local(now).date() <= Month.of(mark.day).last_day:
            claims += sum(_remind(mark, batch, now) for batch in _batches(mark))
    return claims


def read_again_of(delivery: Delivery, now: datetime) -> Notice | Reason:
    """What it says, with a new link in it; or why it is not sent after all."""
    mark = Recalibration.objects.filter(pk=delivery.about_pk).first()
    if mark is None:
        return Reason.MARK_REMOVED
    memberships = _waiting(mark).filter(member=delivery.member_id, team=delivery.team_id)
    membership = memberships.first()
    if membership is None:
        return Reason.READ_AGAIN
    month = Month.of(mark.day)
    reason = skip(replace(recipients([membership.pk], month, now)[membership.pk], submitted=False))
    if reason:
        return reason
    return notices.read_again(month, mark.day, site_url("submit_link", make_submission_link(delivery.reader, month)))


def _batches(mark: Recalibration) -> Iterator[list[Membership]]:
    """Those with an old reading who have no claim yet, some hundred at a time."""
    claims = Delivery.objects.about(_subject(mark)).filter(member=OuterRef("member"), kind=MessageKind.READ_AGAIN)
    unclaimed = _waiting(mark).exclude(Exists(claims)).order_by("pk")
    batch = list(unclaimed[:AT_ONCE])
    while batch:
        yield batch
        batch = list(unclaimed.filter(pk__gt=batch[-1].pk)[:AT_ONCE])


def _remind(mark: Recalibration, memberships: list[Membership], now: datetime) -> int:
    month = Month.of(mark.day)
    reps = recipients([membership.pk for membership in memberships], month, now)
    claims = []
    for membership in memberships:
        zone, policy = membership.member.zone, membership.team.reminder_policy
        ends_at = datetime.combine(month.last_day + DAY, time(), zone)
        due_at = _due_at(now, zone, policy, ends_at)
        reason = skip(replace(reps[membership.pk], submitted=False))
        if reason is None and policy.steps and due_at < ends_at:
            claims.append(
                Delivery(
                    team=membership.team,
                    member=membership.member,
                    kind=MessageKind.READ_AGAIN,
                    subject=str(_subject(mark)),
                    due_at=due_at,
                    good_until=ends_at,
                )
            )
    return len(Delivery.objects.bulk_create(claims, ignore_conflicts=True))


def _due_at(now: datetime, zone: tzinfo, policy: Policy, ends_at: datetime) -> datetime:
    """The next morning; where that comes too late, the moment itself if it is past the hour of a working day."""
    morning, local = next_morning(now, zone, policy.holidays, hour=policy.hour), now.astimezone(zone)
    is_day = is_working_day(local.date(), policy.holidays) and local.hour >= policy.hour
    return now if morning >= ends_at and is_day else morning


def _waiting(mark: Recalibration) -> QuerySet[Membership]:
    """Where those compete whose score of the month was read before the mark."""
    old = Score.objects.filter(member=OuterRef("member"), month=Month.of(mark.day), taken_on__lt=mark.day)
    memberships = Membership.objects.active().filter(
        Exists(old), competing=True, team__organization=mark.organization_id
    )
    return memberships.select_related("member__organization", "team__organization")


def _subject(mark: Recalibration) -> Subject:
    return Subject(Month.of(mark.day), about=About(Thing.FORMULA, mark.pk))
