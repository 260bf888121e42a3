"""Submitting a reading, correcting it, taking it back, confirming it."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.boards import mark_member_stale
from teams.actions.refusals import Refused
from teams.models import Act, Board, Confirmation, Member, Submission, Team, Withdrawal
from teams.models.planned import columns, insert, made, rows
from teams.models.submissions import MEASURES, SubmissionQuerySet
from teams.rules.filing import refusal
from teams.rules.months import Month
from teams.words.figures import month_name
from teams.words.saying import said

LOCK = "SELECT FROM teams_member WHERE id = %(member)s FOR NO KEY UPDATE"
FILED_BEFORE = Path(__file__).with_name("filed_before.sql").read_text()
FILED_BEFORE = FILED_BEFORE.format(latest=columns(Submission, "latest"))


class Submitted(NamedTuple):
    """What stands now, and the boards that a worker should be nudged for."""

    submission: Submission
    boards: list[int]


@transaction.atomic
def submit(submission: Submission, *, amending: bool = False) -> Submitted:
    """Store a reading. The same reading twice is stored once; Refused where a rule forbids it.

    A closed month takes it only from `actions.months`, which is `amending` its standings. Marking the boards comes
    first: it holds their rows, so that none of them closes in between.
    """
    member = _locked(submission.member)
    boards = mark_member_stale(member, submission.month)
    is_closed, latest = _filed_before(member, submission.month)
    corrected = submission.replaces
    if corrected and corrected not in member.submissions.counting().filter(month=submission.month):
        done = Submission.objects.filter(replaces=corrected).first()
        if done and _same(done, submission):
            return Submitted(done, boards)
        raise Refused(_("That reading no longer counts: it was corrected or withdrawn. Look at the history."))
    if latest and not corrected and _same(latest, submission):
        return Submitted(latest, boards)
    kept_from = None if amending else member.organization.kept_from(timezone.now())
    _check(
        submission, member, has_reading=latest is not None, is_closed=is_closed and not amending, kept_from=kept_from
    )
    insert(submission)
    if not amending:
        _record(submission, corrected)
    return Submitted(submission, boards)


@transaction.atomic
def withdraw(submission: Submission, by: Member, reason: str = "", *, amending: bool = False) -> list[int]:
    """Take a reading back; the boards to nudge a worker for. Twice is once; Refused in a closed month."""
    member = _locked(submission.member)
    boards = mark_member_stale(member, submission.month)
    if not amending and Board.objects.closed_for(member.pk, submission.month).exists():
        raise Refused(_("%(month)s is closed: its standings are final.") % {"month": month_name(submission.month)})
    if by != member and not reason:
        raise Refused(_("Say why you withdraw somebody else's reading."))
    if submission in member.submissions.counting():
        Withdrawal.objects.create(submission=submission, by=by, reason=reason)
        if not amending:
            record(Act.WITHDREW, member, by=by, reason=reason, month=str(submission.month))
    return boards


@transaction.atomic
def confirm(submissions: SubmissionQuerySet, by: Member, teams: Iterable[Team] = ()) -> int:
    """Note that a manager vouches for those of the submissions that count; never for their own. How many are new."""
    waiting = submissions.counting().filter(confirmation=None).exclude(member=by)
    confirmations = [Confirmation(submission=submission, by=by) for submission in waiting]
    if confirmations:
        month = confirmations[0].submission.month
        record(Act.CONFIRMED, by=by, teams=teams, month=str(month), count=len(confirmations))
    return len(Confirmation.objects.bulk_create(confirmations, ignore_conflicts=True))


def _record(submission: Submission, corrected: Submission | None) -> None:
    said = {"by": submission.typed_by, "month": str(submission.month), "total": submission.total}
    if corrected:
        record(Act.CORRECTED, submission.member, reason=submission.reason, before=corrected.total, **said)
    else:
        record(Act.SUBMITTED, submission.member, **said)


def _filed_before(member: Member, month: Month) -> tuple[bool, Submission | None]:
    """Whether the month is closed for the member, and the latest reading that counts there."""
    [[is_closed, *latest]] = rows(FILED_BEFORE, member=member.pk, month=month.first_day)
    return is_closed, made(Submission, iter(latest))


def _locked(member: Member) -> Member:
    """One change at a time for each member: a double click or a second tab waits here."""
    rows(LOCK, member=member.pk)
    return member


def _same(stored: Submission, submission: Submission) -> bool:
    """Whether two readings of a month say the same, to the digit and the note."""
    fields = [*MEASURES, "taken_on", "note"]
    return [getattr(stored, field) for field in fields] == [getattr(submission, field) for field in fields]


def _check(
    submission: Submission, member: Member, *, has_reading: bool, is_closed: bool, kept_from: Month | None
) -> None:
    if submission.replaces and submission.typed_by != member and not submission.reason:
        raise Refused(_("Say why you correct somebody else's reading."))
    sentence = refusal(
        submission.taken_on,
        submission.month,
        member.organization.today(),
        is_closed=is_closed,
        has_reading=has_reading,
        corrects=submission.replaces is not None,
        kept_from=kept_from,
    )
    if sentence:
        raise Refused(said(sentence))
