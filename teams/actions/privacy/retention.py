"""Deleting what an organization has kept long enough: in sets, a bounded batch at a time, each batch whole by itself.

Whoever is killed in between leaves nothing half done: what is still too old is found again by the next run.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from teams.actions.audit import record
from teams.actions.privacy import erasures
from teams.actions.privacy.append_only import erasing
from teams.models import (
    Act,
    AuditEntry,
    Board,
    Challenge,
    Confirmation,
    Delivery,
    Figure,
    Goal,
    Import,
    ImportRow,
    Invitation,
    Leave,
    Member,
    Membership,
    Moment,
    Organization,
    ScoreCount,
    Submission,
    SubmissionLink,
    Thanks,
    Withdrawal,
)
from teams.rules.months import Month
from teams.rules.retention import SHORTEST, kept_from, readings_from

AT_ONCE = 200
"""How many rows, with all that hangs on each, one transaction deletes."""
NOBODYS = 10_000
"""How many entries of no organization one night deletes at most."""


class Old(NamedTuple):
    """Rows that are too old, or that have something too old, and how some of them lose it."""

    rows: QuerySet[Any]
    delete: Callable[[list[Any]], None]


def organizations_to_look_at() -> list[int]:
    """The ids of all but the demo's, which keeps what it made up."""
    return list(Organization.objects.filter(is_demo=False).order_by("pk").values_list("pk", flat=True))


def delete_old(organization_id: int, now: datetime) -> int:
    """Delete all that is from before the months that an organization keeps; how many batches that took.

    One entry in the log tells of it, in the transaction that deletes first. Twice is once.
    """
    organization = Organization.objects.get(pk=organization_id)
    month = organization.kept_from(now)
    batches = 0
    for old in _too_old(organization, month):
        while _delete_some(old, organization, month, is_first=batches == 0):
            batches += 1
    for member in _long_gone(organization, month):
        erasures.ask(member, None, now)
    return batches


def delete_nobodys(now: datetime) -> None:
    """Delete entries of no organization, such as tries to sign in with an unknown address, after the shortest time."""
    day = kept_from(now.date(), SHORTEST).first_day
    old = AuditEntry.objects.filter(organization=None, at__lt=datetime.combine(day, time(), UTC)).order_by("pk")
    with erasing():
        AuditEntry.objects.filter(pk__in=old[:NOBODYS]).delete()


def _delete_some(old: Old, organization: Organization, month: Month, *, is_first: bool) -> bool:
    """Delete one batch; whether there was any."""
    with erasing():
        row_ids = list(old.rows.values_list("pk", flat=True)[:AT_ONCE])
        if row_ids:
            old.delete(row_ids)
            if is_first:
                record(Act.RETENTION, organization=organization, month=str(month))
    return bool(row_ids)


def _too_old(organization: Organization, month: Month) -> Iterator[Old]:
    """Each kind, in the order in which it goes: boards before the readings that they rest on.

    What lasts goes as a whole by the day on which it began: a challenge with its results, a goal that is over.
    """
    day = month.first_day
    moment = datetime.combine(day, time(), ZoneInfo(organization.time_zone))
    readings = readings_from(month)
    over = Q(cancelled_on__isnull=False) | Q(reached_on__isnull=False) | Q(due_on__lt=day)
    files = Import.objects.filter(team__organization=organization).exclude(pk__in=Import.objects.unfinished())
    yield _all(Board.objects.filter(team__organization=organization, month__lt=month))
    yield _all(ScoreCount.objects.filter(organization=organization, month__lt=month))
    yield _all(Challenge.objects.filter(organization=organization, starts_on__lt=day))
    yield _all(Goal.objects.filter(over, team__organization=organization, started_on__lt=day))
    yield _all(Goal.objects.filter(over, member__organization=organization, started_on__lt=day))
    yield _all(Figure.objects.filter(member__organization=organization, month__lt=month))
    yield _all(Delivery.objects.filter(team__organization=organization, created_at__lt=moment))
    yield _all(Moment.objects.filter(team__organization=organization, noticed_at__lt=moment))
    yield _all(Thanks.objects.filter(team__organization=organization, given_at__lt=moment))
    yield _all(SubmissionLink.objects.filter(member__organization=organization, month__lt=month))
    yield _all(Invitation.objects.filter(member__organization=organization, expires_at__lt=moment))
    yield _all(files.filter(made_at__lt=moment))
    yield _all(ImportRow.objects.filter(upload__in=files, month__lt=readings))
    yield _all(Leave.objects.filter(member__organization=organization, ends_on__lt=readings.first_day))
    having = Submission.objects.filter(member=OuterRef("pk"), month__lt=readings)
    yield Old(organization.members.filter(Exists(having)), lambda members: _delete_readings(members, readings))
    yield _all(AuditEntry.objects.filter(organization=organization, at__lt=moment))


def _all(rows: QuerySet[Any]) -> Old:
    """These rows, with all that belongs to them."""
    return Old(rows.order_by("pk"), lambda found: rows.model._default_manager.filter(pk__in=found).delete())


def _delete_readings(members: list[int], month: Month) -> None:
    """All readings of members from before a month at once, so that no corrected one counts again in between."""
    old = Submission.objects.filter(member__in=members, month__lt=month)
    Withdrawal.objects.filter(submission__in=old).delete()
    Confirmation.objects.filter(submission__in=old).delete()
    old.update(replaces=None)
    old.delete()


def _long_gone(organization: Organization, month: Month) -> QuerySet[Member]:
    """Those who were deactivated, or without a login left their last team, before all that is kept."""
    day = readings_from(month).first_day
    since = Membership.objects.filter(Q(left_on=None) | Q(left_on__gte=day), member=OuterRef("pk"))
    gone = Q(deactivated_on__lt=day) | Q(deactivated_on=None, user=None, memberships__isnull=False)
    long_gone = organization.members.filter(gone, is_admin=False, erasure=None)
    return long_gone.exclude(Exists(since)).distinct()
