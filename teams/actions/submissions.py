"""Submitting a reading, correcting it, taking it back, confirming it."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import entries, record
from teams.actions.boards.ranking import mark_member_stale
from teams.actions.goals import look_again_after_withdrawal
from teams.models import Act, Board, Confirmation, Member, Membership, Role, Submission, Team, Withdrawal
from teams.models.people.teams import TeamOf
from teams.models.submissions import SubmissionQuerySet
from teams.queries.prepared_sql import as_json, as_values, named_rows, rows
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.months_open import refusal
from teams.words.figures import month_name
from teams.words.translation import said

LOCK = "SELECT FROM teams_member WHERE id = %(member)s FOR NO KEY UPDATE"
SUBMIT = "SELECT * FROM teams_submit(%(given)s::jsonb, %(entries)s::jsonb, %(only_first)s, %(amending)s)"


class Submitted(NamedTuple):
    """What stands now, and the boards that a worker should be nudged for."""

    submission: Submission
    boards: list[int]


class Found(NamedTuple):
    """What `teams_submit` answers: the reading that it stored, or the same one that stood already, or what it found."""

    stored: int | None
    same: int | None
    fresh: list[int]
    is_closed: bool
    has_reading: bool
    can_replace: bool


def submit(submission: Submission, *, amending: bool = False) -> Submitted:
    """Store a reading, by one statement. The same reading twice is stored once; Refused where a rule forbids it.

    A closed month takes it only from `actions.months`, which is `amending` its standings and notes that itself.
    """
    _check_may(submission.typed_by, submission.member, submission.month)
    refused = partial(_refusal, submission, amending=amending)
    if sentence := refused(is_closed=not amending and _is_over(submission), has_reading=False):
        raise Refused(sentence)
    [found] = named_rows(
        Found,
        SUBMIT,
        given=as_json(as_values(submission)),
        entries=as_json([] if amending else _entries(submission)),
        only_first=refused(is_closed=False, has_reading=True) is not None,
        amending=amending,
    )
    if found.stored:
        submission.pk, submission._state.adding = found.stored, False
        if submission.replaces_id:
            look_again_after_withdrawal(submission.replaces_id, timezone.now())
        return Submitted(submission, found.fresh)
    if found.same:
        return Submitted(Submission.objects.get(pk=found.same), found.fresh)
    if not found.can_replace:
        raise Refused(_("That reading no longer counts: it was corrected or withdrawn. Look at the history."))
    raise Refused(refused(is_closed=found.is_closed, has_reading=found.has_reading))


def may_deal_with(by: Member, member: Member, month: Month) -> bool:
    """Whether somebody files, corrects and withdraws a member's readings of a month.

    The member, an admin, and whoever manages the team in which the member was in that month.
    """
    if by == member or by.is_admin:
        return by.organization_id == member.organization_id
    team = TeamOf(Value(member.pk), Value(month.first_day))
    return Membership.objects.active().filter(member=by, role=Role.MANAGER, team=team).exists()


@transaction.atomic
def withdraw(submission: Submission, by: Member, reason: str = "", *, amending: bool = False) -> list[int]:
    """Take a reading back; the boards to nudge a worker for. Twice is once; Refused in a closed month."""
    _check_may(by, submission.member, submission.month)
    member = _locked(submission.member)
    boards = mark_member_stale(member, submission.month)
    if not amending and closed_months(member, [submission.month], timezone.now()):
        raise Refused(_("%(month)s is closed: its standings are final.") % {"month": month_name(submission.month)})
    if by != member and not reason:
        raise Refused(_("Say why you withdraw somebody else's reading."))
    if submission in member.submissions.counting():
        Withdrawal.objects.create(submission=submission, by=by, reason=reason)
        look_again_after_withdrawal(submission.pk, timezone.now())
        if not amending:
            record(Act.WITHDREW, member, by=by, reason=reason, month=str(submission.month))
    return boards


def closed_months(member: Member, months: Iterable[Month], now: datetime) -> set[Month]:
    """Those of the months that take no reading of the member any more, also where no worker has closed them yet.

    The team in which they compete on a month's last day decides, and no other.
    """
    months = list(months)
    boards = list(Board.objects.of_competing(member.pk, *months).only("month", "closed_at", "in_history"))
    closed = {board.month for board in boards if board.closed_at}
    filling = {board.month for board in boards if board.in_history}
    return closed | ({month for month in months if member.organization.has_closed(month, now)} - filling)


@transaction.atomic
def confirm(submissions: SubmissionQuerySet, by: Member, teams: Iterable[Team] = ()) -> int:
    """Note that a manager vouches for those of the submissions that count; never for their own. How many are new."""
    waiting = submissions.counting().filter(confirmation=None).exclude(member=by)
    confirmations = [Confirmation(submission=submission, by=by) for submission in waiting]
    if confirmations:
        month = confirmations[0].submission.month
        record(Act.CONFIRMED, by=by, teams=teams, month=str(month), count=len(confirmations))
    return len(Confirmation.objects.bulk_create(confirmations, ignore_conflicts=True))


def _is_over(submission: Submission) -> bool:
    """Whether no worker has closed a month yet whose regular closing has come. The database looks for the others."""
    member, month, now = submission.member, submission.month, timezone.now()
    return member.organization.has_closed(month, now) and month in closed_months(member, [month], now)


def _entries(submission: Submission) -> list[dict[str, Any]]:
    """What the log says of it."""
    member, corrected = submission.member, submission.replaces
    told: dict[str, Any] = {"by": submission.typed_by, "month": str(submission.month), "total": submission.total}
    if corrected:
        return entries(Act.CORRECTED, member, reason=submission.reason, before=corrected.total, **told)
    return entries(Act.SUBMITTED, member, **told)


def _check_may(by: Member, member: Member, month: Month) -> None:
    if not may_deal_with(by, member, month):
        refused = _("%(member)s was not in your team in %(month)s.")
        raise Refused(refused % {"member": member, "month": month_name(month)})


def _locked(member: Member) -> Member:
    """One change at a time for each member: a double click or a second tab waits here."""
    rows(LOCK, member=member.pk)
    return member


def _refusal(submission: Submission, *, amending: bool, is_closed: bool, has_reading: bool) -> str | None:
    """Why it may not be filed, for the person who typed it; None where it may."""
    member, corrects = submission.member, submission.replaces is not None
    if corrects and submission.typed_by != member and not submission.reason:
        return _("Say why you correct somebody else's reading.")
    sentence = refusal(
        submission.taken_on,
        submission.month,
        member.organization.today(),
        is_closed=is_closed,
        has_reading=has_reading,
        corrects=corrects,
        kept_from=None if amending else member.organization.kept_from(timezone.now()),
    )
    return sentence and said(sentence)
