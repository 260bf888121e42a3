"""A job's part of an import: storing all of it in one transaction, or nothing; and taking it back as a whole."""

from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, F, Min
from django.db.models.functions import Cast
from django.utils import timezone

from teams.actions import imports
from teams.actions.import_reading import MOST_ATTEMPTS, fail
from teams.actions.refusals import Refused
from teams.models import (
    Board,
    Import,
    ImportKind,
    ImportPerson,
    ImportRow,
    ImportState,
    Member,
    Membership,
    Plan,
    Source,
    Submission,
    Withdrawal,
)
from teams.rules.months import Month

FOLDER = Path(__file__).parent
MARK_STALE = (FOLDER / "mark_import_stale.sql").read_text()
STORE = (FOLDER / "store_import.sql").read_text()
GIVE_IDS = """
UPDATE teams_importrow SET submission_id = nextval(pg_get_serial_sequence('teams_submission', 'id'))
WHERE upload_id = %(upload)s AND (action IN ('new', 'member') OR (action = 'conflict' AND replaces))
"""
TAKEN_BACK = "import taken back"
Action = ImportRow.Action


def store(upload_id: int) -> list[int]:
    """Store a confirmed import; the boards to nudge a worker for. Safe to run twice: once it is done, nothing happens.

    What changed since it was confirmed sends it back to the page that shows what would happen.
    """
    Import.objects.filter(pk=upload_id).update(attempts=F("attempts") + 1, touched_at=timezone.now())
    with transaction.atomic():
        upload = (
            Import.objects.select_for_update(of=["self"])
            .select_related("team__organization", "by")
            .filter(pk=upload_id, state=ImportState.STORING)
            .first()
        )
        if upload is None:
            return []
        if upload.attempts > MOST_ATTEMPTS:
            fail(upload, "Storing this file failed several times. Nothing of it is stored.")
            return []
        return _store(upload)


def _store(upload: Import) -> list[int]:
    expected = upload.counts
    saved = transaction.savepoint()
    _add_members(upload)
    _lock_members(upload)
    boards = _run(upload, MARK_STALE)
    imports.judge(upload)
    if imports.counts(upload) != expected:
        transaction.savepoint_rollback(saved)
        imports.judge(upload)
        upload.state, upload.problem = ImportState.READY, "Something changed meanwhile. Look at it again."
        upload.save(update_fields=["state", "problem"])
        return []
    _run(upload, GIVE_IDS)
    source = Source.SALES_NAVIGATOR if upload.kind == ImportKind.SALES_NAVIGATOR else Source.IMPORT
    _run(upload, STORE, source=source, by=upload.by_id)
    _finish(upload)
    return [board for board, was_fresh in boards if was_fresh]


@transaction.atomic
def take_back(upload: Import, by: Member) -> list[int]:
    """Withdraw all that an import stored, restore what it replaced, remove whom it added; the boards to nudge for.

    Refused where a month of it is closed. What was corrected since stays.
    """
    upload = Import.objects.select_for_update(of=["self"]).select_related("team").get(pk=upload.pk)
    if upload.state != ImportState.DONE:
        raise Refused(f"This import is {upload.get_state_display()}: there is nothing to take back.")
    _lock_members(upload)
    boards = _run(upload, MARK_STALE)
    stored = list(
        Submission.objects.counting().filter(pk__in=upload.rows.values("submission")).select_related("replaces")
    )
    for month in sorted({submission.month for submission in stored}):
        members = [submission.member_id for submission in stored if submission.month == month]
        closed = Board.objects.filter(month=month, closed_at__isnull=False, team__memberships__member__in=members)
        if closed.exists():
            raise Refused(f"{month} is closed: its standings are final. Amend them instead.")
    _undo(stored, by)
    _remove_members(upload)
    upload.state, upload.ended_at = ImportState.TAKEN_BACK, timezone.now()
    upload.save(update_fields=["state", "ended_at"])
    return [board for board, was_fresh in boards if was_fresh]


def _add_members(upload: Import) -> None:
    """New members for the names to add, each in the team from their first month in the file on; others join it."""
    plan = Plan.SALES_NAVIGATOR if upload.kind == ImportKind.SALES_NAVIGATOR else Plan.FREE
    people = list(
        upload.people.filter(rows__action__in=[Action.NEW, Action.MEMBER, Action.CONFLICT])
        .annotate(first=Min("rows__month"))
        .select_related("member")
    )
    new = [person for person in people if person.choice == ImportPerson.Choice.ADD]
    members = Member.objects.bulk_create(
        Member(organization=upload.team.organization, name=person.name, plan=plan) for person in new
    )
    for person, member in zip(new, members, strict=True):
        person.member, person.was_added = member, True
    ImportPerson.objects.bulk_update(new, ["member", "was_added"], batch_size=1_000)
    _join(upload, {person.member_id: person.first for person in people})


def _join(upload: Import, first_months: dict[int, Month]) -> None:
    """Whoever was never in the team joins it; whoever was in no team before joins it that much earlier."""
    memberships: dict[int, list[Membership]] = {member: [] for member in first_months}
    for membership in Membership.objects.filter(member__in=first_months):
        memberships[membership.member_id].append(membership)
    new, moved = [], []
    for member, month in first_months.items():
        theirs = memberships[member]
        if not any(each.team_id == upload.team_id for each in theirs):
            competes = not any(each.competing and each.left_on is None for each in theirs)
            new.append(Membership(member_id=member, team=upload.team, joined_on=month.first_day, competing=competes))
        elif len(theirs) == 1 and theirs[0].joined_on > month.first_day and theirs[0].competing:
            upload.joined_before[str(theirs[0].pk)] = theirs[0].joined_on.isoformat()
            theirs[0].joined_on = month.first_day
            moved.append(theirs[0])
    Membership.objects.bulk_create(new)
    Membership.objects.bulk_update(moved, ["joined_on"], batch_size=1_000)


def _lock_members(upload: Import) -> None:
    """One change at a time for each member, as `submissions.submit` has it."""
    members = upload.people.exclude(member=None).values("member")
    list(Member.objects.filter(pk__in=members).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _finish(upload: Import) -> None:
    """Keep what taking back needs, and drop the file and every name in it."""
    upload.rows.filter(submission=None).delete()
    upload.people.exclude(rows__submission__isnull=False).delete()
    upload.people.update(name="", email="", key=Cast("pk", CharField()))
    upload.rows.update(note="")
    upload.state, upload.content, upload.layout, upload.ended_at = ImportState.DONE, None, {}, timezone.now()
    upload.save()


def _undo(stored: list[Submission], by: Member) -> None:
    """Withdraw each; what a replacing one had replaced comes back as a newer submission that says so."""
    alone = [submission for submission in stored if submission.replaces is None]
    Withdrawal.objects.bulk_create(
        [Withdrawal(submission=submission, by=by, reason=TAKEN_BACK) for submission in alone], batch_size=1_000
    )
    restored = []
    for submission in stored:
        before = submission.replaces
        if before is not None:
            before.pk, before._state.adding = None, True
            before.replaces, before.typed_by, before.typed_at = submission, by, timezone.now()
            before.reason = TAKEN_BACK
            restored.append(before)
    Submission.objects.bulk_create(restored, batch_size=1_000)


def _remove_members(upload: Import) -> None:
    """Whoever it added and has nothing else leaves the team as if they had never been in; others join when they had."""
    added = upload.people.filter(was_added=True).values("member")
    busy = Submission.objects.counting().filter(member__in=added).values("member")
    alone = Member.objects.filter(pk__in=added, user=None).exclude(pk__in=busy)
    Membership.objects.filter(member__in=alone, team=upload.team).delete()
    for membership, joined_on in upload.joined_before.items():
        Membership.objects.filter(pk=int(membership)).update(joined_on=joined_on)


def _run(upload: Import, statement: str, **values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"upload": upload.pk, **values})
        return cursor.fetchall() if cursor.description else []
