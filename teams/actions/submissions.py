"""Submit a reading, correct it, withdraw it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import entries, record, record_all
from teams.actions.boards.ranking import mark_member_stale
from teams.actions.goals import look_again_after_withdrawal
from teams.models import Act, Member, Membership, Role, Submission, Withdrawal
from teams.models.people.teams import TeamOf
from teams.models.submissions import MEASURES
from teams.queries.prepared_sql import columns, object_from, rows
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.months_open import refusal
from teams.words.figures import month_name
from teams.words.translation import translated

LOCK = "SELECT FROM teams_member WHERE id = ANY (%(members)s) ORDER BY id FOR NO KEY UPDATE"
LATEST = f"""
SELECT {columns(Submission, "reading")} FROM teams_reading AS reading
WHERE reading.member_id = %(member)s AND reading.month = %(month)s
ORDER BY reading.taken_on DESC, reading.id DESC
LIMIT 1
"""  # noqa: S608  nothing but the model's own columns is put in
OWN_BOARDS = """
SELECT board.month, board.closed_at IS NOT NULL, board.in_history
FROM teams_membership AS membership
JOIN teams_board AS board ON board.team_id = membership.team_id AND board.month = ANY (%(months)s::date[])
WHERE membership.member_id = %(member)s AND teams_competes_on(membership, teams_last_day(board.month))
"""
"""The boards of the months in which a member competes; prepared, as bench/submit.py measures it."""
COMPARED_FIELDS = (*MEASURES, "taken_on", "note")
"""The fields in which two readings of a member's month are equal if one was typed or sent twice."""


class Submitted(NamedTuple):
    """The reading stored, and the boards to nudge a worker for."""

    submission: Submission
    boards: list[int]


@transaction.atomic
def submit(submission: Submission, *, amending: bool = False) -> Submitted:
    """Store a reading. The same reading twice is stored once; Refused where a rule forbids it, and nothing changes.

    A closed month takes it only from `actions.months`, which is `amending` its standings and notes that itself. Marking
    the boards locks them: no month closes until this is done.
    """
    member, month, replaced_id = submission.member, submission.month, submission.replaces_id
    _check_may(submission.typed_by, member, month)
    lock_members([member.pk])
    boards = mark_member_stale(member, month)
    latest = _latest(member, month)
    stored = Submission.objects.filter(replaces=replaced_id).first() if replaced_id else latest
    if stored and says_the_same(stored, submission):
        return Submitted(stored, boards)
    if replaced_id and not member.submissions.counting().filter(pk=replaced_id, month=month).exists():
        raise Refused(no_longer_counts())
    is_closed = not amending and month in closed_months(member, [month], timezone.now())
    if refused := refusal_sentence(submission, amending=amending, is_closed=is_closed, has_reading=latest is not None):
        raise Refused(refused)
    submission.save(force_insert=True)
    if not amending:
        record_all(log_entries(submission))
    if replaced_id:
        look_again_after_withdrawal([replaced_id], timezone.now())
    return Submitted(submission, boards)


def may_edit_readings_of(by: Member, member: Member, month: Month) -> bool:
    """Whether somebody may file, correct and withdraw a member's readings of a month.

    The member, an admin, and whoever manages the team in which the member was in that month.
    """
    return by == member or manages(by, member.organization_id, TeamOf(Value(member.pk), Value(month.first_day)))


def manages(by: Member, organization_id: int, team: Any) -> bool:
    """Whether somebody manages a team, or the one that an expression finds; an admin all of their organization."""
    if by.is_admin:
        return by.organization_id == organization_id
    return Membership.objects.active().filter(member=by, role=Role.MANAGER, team=team).exists()


@transaction.atomic
def withdraw(submission: Submission, by: Member, reason: str = "", *, amending: bool = False) -> list[int]:
    """Withdraw a reading; return the boards to nudge a worker for. Twice is once; Refused in a closed month."""
    _check_may(by, submission.member, submission.month)
    member = submission.member
    lock_members([member.pk])
    boards = mark_member_stale(member, submission.month)
    if not amending and closed_months(member, [submission.month], timezone.now()):
        raise Refused(_("%(month)s is closed: its standings are final.") % {"month": month_name(submission.month)})
    if by != member and not reason:
        raise Refused(_("Say why you withdraw somebody else's reading."))
    if submission in member.submissions.counting():
        Withdrawal.objects.create(submission=submission, by=by, reason=reason)
        look_again_after_withdrawal([submission.pk], timezone.now())
        if not amending:
            record(Act.WITHDREW, member, by=by, reason=reason, month=str(submission.month))
    return boards


def closed_months(member: Member, months: Iterable[Month], now: datetime) -> set[Month]:
    """The months that take no reading of the member any more, also where no worker has closed them yet.

    The team in which they compete on a month's last day decides, and no other.
    """
    months = list(months)
    boards = rows(OWN_BOARDS, member=member.pk, months=[month.first_day for month in months])
    closed_boards = {Month.of(month) for month, is_closed, _ in boards if is_closed}
    months_in_history = {Month.of(month) for month, _, in_history in boards if in_history}
    return closed_boards | (
        {month for month in months if member.organization.has_closed(month, now)} - months_in_history
    )


def _latest(member: Member, month: Month) -> Submission | None:
    """The reading that is the member's score of the month."""
    latest_rows = rows(LATEST, member=member.pk, month=month.first_day)
    return object_from(Submission, iter(latest_rows[0])) if latest_rows else None


def says_the_same(stored: Submission, given: Submission) -> bool:
    """Whether two readings of a member's month are one that was typed or sent twice."""
    return all(getattr(stored, name) == getattr(given, name) for name in COMPARED_FIELDS)


def log_entries(submission: Submission) -> list[dict[str, Any]]:
    """The entries of the log: who submitted what, or corrected it from what."""
    member, corrected = submission.member, submission.replaces
    values: dict[str, Any] = {"by": submission.typed_by, "month": str(submission.month), "total": submission.total}
    if corrected:
        return entries(Act.CORRECTED, member, reason=submission.reason, before=corrected.total, **values)
    return entries(Act.SUBMITTED, member, **values)


def _check_may(by: Member, member: Member, month: Month) -> None:
    if not may_edit_readings_of(by, member, month):
        raise Refused(not_in_team(member, month))


def not_in_team(member: Member, month: Month) -> str:
    """The sentence for whoever files for somebody of another team."""
    return _("%(member)s was not in your team in %(month)s.") % {"member": member, "month": month_name(month)}


def no_longer_counts() -> str:
    """The sentence for whoever corrects what was corrected or withdrawn meanwhile."""
    return _("That reading no longer counts: it was corrected or withdrawn. Look at the history.")


def lock_members(members: list[int]) -> None:
    """Lock members by their ids, so that a double click or a second tab waits: one change at a time for each."""
    rows(LOCK, members=members)


def refusal_sentence(submission: Submission, *, amending: bool, is_closed: bool, has_reading: bool) -> str | None:
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
    return sentence and translated(sentence)
