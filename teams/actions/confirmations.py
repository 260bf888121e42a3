"""Confirm readings: that they are what LinkedIn showed. The month's page is for whoever manages the team."""

from collections.abc import Iterable

from django.db import transaction

from teams.actions.audit import record
from teams.models import Act, Confirmation, Member, Team
from teams.models.submissions import SubmissionQuerySet


@transaction.atomic
def confirm(submissions: SubmissionQuerySet, by: Member, teams: Iterable[Team] = ()) -> int:
    """Confirm the readings of a month that count, as a manager, never one's own; return how many."""
    unconfirmed = submissions.counting().filter(confirmation=None).exclude(member=by)
    confirmations = [Confirmation(submission=submission, by=by) for submission in unconfirmed]
    if confirmations:
        month = confirmations[0].submission.month
        record(Act.CONFIRMED, by=by, teams=teams, month=str(month), count=len(confirmations))
    Confirmation.objects.bulk_create(confirmations, ignore_conflicts=True)
    return len(confirmations)
