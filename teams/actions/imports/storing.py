"""A job's part of an import: storing all of it in one transaction, or nothing; and taking it back as a whole."""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import CharField, Exists, F, OuterRef
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.imports import intake, judging
from teams.actions.imports.reading import AT_ONCE, MOST_ATTEMPTS, fail
from teams.actions.months import history
from teams.models import (
    Act,
    Board,
    Import,
    ImportKind,
    ImportRow,
    ImportState,
    Member,
    Plan,
    Submission,
    Team,
)
from teams.models.submissions import SubmissionQuerySet
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK
from teams.rules.sentences import Sentence, stored
from teams.words.figures import month_name

FOLDER = Path(__file__).parent
ADD_MEMBERS = (FOLDER / "add_import_members.sql").read_text()
MARK_STALE = (FOLDER / "mark_import_stale.sql").read_text()
UNDO_MEMBERS = (FOLDER / "undo_import_members.sql").read_text()
STORE = (FOLDER / "store_import.sql").read_text()
WITHDRAW = (FOLDER / "withdraw_import.sql").read_text()
GIVE_IDS = """
UPDATE teams_importrow SET submission_id = nextval(pg_get_serial_sequence('teams_submission', 'id'))
WHERE upload_id = %(upload)s AND (action IN ('new', 'member', 'adds') OR (action = 'conflict' AND replaces))
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
            fail(upload, Sentence("Saving this file failed several times. Nothing of it is saved."))
            return []
        return _store(upload)


def _store(upload: Import) -> list[int]:
    expected = upload.counts
    saved = transaction.savepoint()
    filled = history.months_filled(upload)
    _add_members(upload)
    judging.measure(upload, "teams_member", "teams_membership", "teams_importperson")
    _lock_members(upload)
    history.open_what_was_empty(upload.team, filled)
    boards = _run(upload, MARK_STALE, reach_back=REACH_BACK)
    history.note_filled(upload.team, filled)
    judging.judge(upload)
    if judging.counts(upload) != expected:
        transaction.savepoint_rollback(saved)
        judging.judge(upload)
        changed = Sentence("Something changed meanwhile. Look at it again.")
        upload.state, (upload.problem, upload.problem_values) = ImportState.READY, stored(changed)
        upload.save(update_fields=["state", "problem", "problem_values"])
        return []
    _run(upload, GIVE_IDS)
    _run(upload, STORE, by=upload.by_id)
    judging.measure(upload, "teams_submission")
    if others := teams_touched(upload):
        record(Act.FILE_CONFIRMED, by=upload.by, teams=others, file=upload.file_name)
    _finish(upload)
    return [board for board, was_fresh in boards if was_fresh]


@transaction.atomic
def take_back(upload: Import, by: Member) -> list[int]:
    """Withdraw all that an import stored, restore what it replaced, remove whom it added; the boards to nudge for.

    Refused where a month of it is closed. What was corrected since stays.
    """
    related = ["team__organization", "by"]
    upload = Import.objects.select_for_update(of=["self"]).select_related(*related).get(pk=upload.pk)
    if upload.state != ImportState.DONE:
        raise Refused(
            _("This import is %(state)s: there is nothing to take back.") % {"state": upload.get_state_display()}
        )
    _lock_members(upload)
    boards = _run(upload, MARK_STALE, reach_back=REACH_BACK)
    if not by.is_admin and teams_touched(upload, Submission.objects.counting()):
        raise Refused(_("Somebody of it was not in your team then. Ask an admin to take it back."))
    if month := _closed_month(upload):
        raise Refused(
            _("%(month)s is closed: its standings are final. Amend them instead.") % {"month": month_name(month)}
        )
    others = teams_touched(upload)
    _undo(upload, by)
    _run(upload, UNDO_MEMBERS)
    upload.state, upload.ended_at = ImportState.TAKEN_BACK, timezone.now()
    upload.save(update_fields=["state", "ended_at"])
    intake.record_import(Act.FILE_TAKEN_BACK, upload, others=others)
    return [board for board, was_fresh in boards if was_fresh]


def teams_touched(upload: Import, submissions: SubmissionQuerySet | None = None) -> list[Team]:
    """The other teams whose reps' readings it stored: of all, or of those that are among some."""
    readings = Submission.objects.all() if submissions is None else submissions
    stored = readings.filter(pk__in=upload.rows.values("submission"))
    return list(Team.objects.filter(pk__in=stored.teams_of()).exclude(pk=upload.team_id))


def _closed_month(upload: Import) -> Month | None:
    """The first month in which something of it counts, and whose standings are final."""
    final = Board.objects.filter(
        month=OuterRef("month"),
        closed_at__isnull=False,
        team__memberships__member=OuterRef("person__member"),
        team__memberships__competing=True,
    )
    rows = upload.rows.filter(Exists(final), submission__in=Submission.objects.counting())
    return rows.order_by("month").values_list("month", flat=True).first()


def _add_members(upload: Import) -> None:
    """Whoever the file names is in the team from their first month in it on; what that moved is kept."""
    pays = upload.sheets.filter(chosen=True, kind=ImportKind.SALES_NAVIGATOR).exists()
    plan = Plan.SALES_NAVIGATOR if pays else Plan.FREE
    _run(upload, ADD_MEMBERS, organization=upload.team.organization_id, plan=plan)


def _lock_members(upload: Import) -> None:
    """One change at a time for each member, as `submissions.submit` has it."""
    members = upload.people.exclude(member=None).values("member")
    list(Member.objects.filter(pk__in=members).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _finish(upload: Import) -> None:
    """Keep what taking back needs, and addresses to invite; drop the file and every name in it."""
    upload.rows.filter(submission=None).delete()
    upload.people.exclude(rows__submission__isnull=False).delete()
    upload.people.update(name="", key=Cast("pk", CharField()))
    upload.people.filter(was_added=False).update(email="")
    upload.rows.exclude(note="").update(note="")
    upload.sheets.update(layout={}, mended={})
    upload.state, upload.content, upload.ended_at = ImportState.DONE, None, timezone.now()
    upload.save()


def _undo(upload: Import, by: Member) -> None:
    """Withdraw each; what a replacing one had replaced comes back as a newer submission that says so."""
    stored = Submission.objects.counting().filter(pk__in=upload.rows.values("submission"))
    replacing = stored.exclude(replaces=None).select_related("replaces").order_by("pk").iterator(AT_ONCE)
    while some := list(islice(replacing, AT_ONCE)):
        _restore(_replaced_by(upload, some), by)
    _run(upload, WITHDRAW, by=by.pk, reason=TAKEN_BACK)


def _replaced_by(upload: Import, submissions: list[Submission]) -> dict[Submission, Submission]:
    """What counted before each, if anything did.

    Not what another import had stored that was taken back since: then what counted before that. What was itself
    restored stands for what it is a copy of.
    """
    undone = ImportRow.objects.filter(upload__state=ImportState.TAKEN_BACK, upload__team=upload.team)
    before: dict[Submission, Submission] = {}
    open_ones = [(one, one.replaces, one.reason == TAKEN_BACK) for one in submissions]
    while open_ones:
        earlier = [was for _, was, _ in open_ones if was]
        gone = set(undone.filter(submission__in=earlier).values_list("submission", flat=True))
        before |= {now: was for now, was, is_copy in open_ones if was and was.pk not in gone and not is_copy}
        open_ones = [
            (now, was.replaces, is_copy if was.pk in gone else was.reason == TAKEN_BACK)
            for now, was, is_copy in open_ones
            if was and (was.pk in gone or is_copy)
        ]
    return before


def _restore(before: Mapping[Submission, Submission], by: Member) -> None:
    """Store once more what each submission had replaced; an import that it came from has it from then on."""
    came_with = ImportRow.objects.filter(submission__in=before.values(), upload__state=ImportState.DONE)
    rows = {row.submission_id: row for row in came_with}
    restored = []
    for replaced_by, submission in before.items():
        row = rows.get(submission.pk)
        submission.pk, submission._state.adding = None, True
        submission.replaces, submission.typed_by, submission.typed_at = replaced_by, by, timezone.now()
        submission.reason = TAKEN_BACK
        restored.append((submission, row))
    Submission.objects.bulk_create(submission for submission, _ in restored)
    for submission, row in restored:
        if row:
            row.submission = submission
    ImportRow.objects.bulk_update([row for _, row in restored if row], ["submission"])


def _run(upload: Import, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"upload": upload.pk, "team": upload.team_id, **values})
        return cursor.fetchall() if cursor.description else []
