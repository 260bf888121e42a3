"""A file on its way in: received, asked about, judged, confirmed. Nothing of it is stored before that."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.actions.audit import record
from teams.actions.imports import tabs
from teams.actions.imports.added import forget_addresses
from teams.actions.imports.judging import counts, judge, stores
from teams.actions.limits import check_file
from teams.actions.people.known_names import candidates
from teams.models import Act, Import, ImportPerson, ImportRow, ImportSheet, ImportState, Member, RememberedPerson, Team
from teams.rules.errors import Refused
from teams.rules.sheets.kinds import Layout

KEPT = timedelta(days=7)
"""How long a file may wait for an answer before it is dropped."""
Action = ImportRow.Action


def receive(team: Team, by: Member, file_name: str, content: bytes) -> Import:
    """A new import of a file, found out as far as it goes: being read, or asking. Refused where it is no table."""
    check_file(content, by)
    upload = Import(
        team=team,
        by=by,
        file_name=Path(file_name).name[-200:],
        sha256=sha256(content).hexdigest(),
        content=content,
    )
    sheets = tabs.tabs_of(upload)
    upload.state = _state(sheets)
    with transaction.atomic():
        upload.save()
        ImportSheet.objects.bulk_create(sheets)
        record_import(Act.FILE_CHOSEN, upload)
    return upload


def record_import(act: Act, upload: Import, others: Iterable[Team] = ()) -> None:
    """What somebody did with a file, for the managers of its team and of others that it touches."""
    record(act, teams=[upload.team, *others], file=upload.file_name)


@transaction.atomic
def look_elsewhere(upload: Import, sheet: int, header: int | None) -> None:
    """Read a tab that was left out, or take another row of it for the headings; what was read is dropped.

    Without a header the tab's own is looked for.
    """
    upload = locked(upload, ImportState.ASKING, ImportState.READY)
    tab = _tab(upload, sheet)
    tabs.look_again(tab, header)
    tab.save()
    _read_anew(upload)


@transaction.atomic
def choose_encoding(upload: Import, sheet: int, encoding: str) -> None:
    """Choose one of the encodings that fit: rows that were read are dropped, and the text is read again."""
    upload = locked(upload, ImportState.ASKING, ImportState.READY)
    tab = _tab(upload, sheet)
    tabs.take_encoding(tab, encoding)
    tabs.remember_encoding(tab)
    tabs.look_again(tab, None)
    tab.save()
    _read_anew(upload)


@transaction.atomic
def leave_out(upload: Import, sheet: int) -> None:
    """Leave out a tab, which is remembered; the others are read anew. Refused where it is the only one."""
    upload = locked(upload, ImportState.ASKING, ImportState.READY)
    tab = _tab(upload, sheet)
    if not upload.sheets.filter(chosen=True).exclude(pk=tab.pk).exists():
        raise Refused(_("This is the only tab that is read. Discard the import instead."))
    tab.chosen = False
    tab.save()
    tabs.remember(tab)
    _read_anew(upload)


@transaction.atomic
def answer(upload: Import, sheet: int, layout: Layout) -> None:
    """Take what somebody said about a tab's columns, remember it for their organization, and read the file anew."""
    upload = locked(upload, ImportState.ASKING, ImportState.READY)
    if missing := layout.missing():
        raise Refused(missing[0])
    tab = _tab(upload, sheet)
    before = tab.layout
    tabs.confirm_layout(tab, layout)
    tab.save()
    tabs.remember(tab)
    tabs.remember_columns(tab, before)
    _read_anew(upload)


@transaction.atomic
def choose_people(upload: Import, choices: Mapping[int, str]) -> None:
    """Who the unknown names are: `add`, `skip`, or the id of a member of the team; by the person's id.

    It is remembered for the team's next file.
    """
    upload = locked(upload, ImportState.READY)
    members = {str(member.pk): member for member in candidates(upload.team)}
    for person in upload.people.filter(pk__in=choices):
        answer = choices[person.pk]
        if answer in members:
            person.member, person.choice = members[answer], ImportPerson.Choice.MAP
        elif answer in (ImportPerson.Choice.ADD, ImportPerson.Choice.SKIP):
            person.member, person.choice = None, answer
        else:
            raise Refused(_("Choose one of the team's members, or add or leave out the name."))
        person.save()
        _remember_person(person)
    judge(upload)


@transaction.atomic
def choose_conflicts(upload: Import, replacing: Mapping[int, bool]) -> None:
    """For each conflicting row by its id: whether a newer submission replaces what is stored, or that is kept."""
    upload = locked(upload, ImportState.READY)
    for replaces in (True, False):
        rows = [row for row, wanted in replacing.items() if wanted == replaces]
        upload.rows.filter(pk__in=rows, action=Action.CONFLICT).update(replaces=replaces)


@transaction.atomic
def choose_all_conflicts(upload: Import, *, replaces: bool) -> None:
    """Answer all conflicts alike: with `replaces` the file's readings take the place of the stored ones."""
    locked(upload, ImportState.READY).rows.filter(action=Action.CONFLICT).update(replaces=replaces)


@transaction.atomic
def confirm(upload: Import, *, leaving_out_errors: bool) -> None:
    """Have it stored. Refused while rows must be corrected, unless these are to be left out."""
    upload = locked(upload, ImportState.READY)
    judge(upload)
    upload.counts = counts(upload)
    if upload.counts.get(Action.ERROR) and not leaving_out_errors:
        raise Refused(_("Some rows must be corrected. Correct the file and choose it again, or leave these rows out."))
    if not stores(upload.counts, upload.rows.filter(action=Action.CONFLICT, replaces=True).exists()):
        raise Refused(_("Nothing in this file is new: there is nothing to save."))
    upload.state, upload.attempts, upload.problem = ImportState.STORING, 0, ""
    upload.save()
    record_import(Act.FILE_CONFIRMED, upload)


@transaction.atomic
def cancel(upload: Import) -> None:
    """Forget a file that was not stored."""
    upload = locked(upload, ImportState.ASKING, ImportState.READING, ImportState.READY, ImportState.FAILED)
    record_import(Act.FILE_FORGOTTEN, upload)
    upload.delete()


def drop_forgotten() -> int:
    """Forget files that waited for an answer for a week, and addresses that did for an invitation; how many files."""
    forget_addresses(timezone.now() - KEPT)
    waiting = [ImportState.ASKING, ImportState.READY, ImportState.FAILED]
    return Import.objects.filter(state__in=waiting, touched_at__lt=timezone.now() - KEPT).delete()[0]


def person_key(key: str) -> str:
    """What is kept of a file's name for somebody, to know it again: a hash, from which nobody reads a name."""
    return sha256(key.encode()).hexdigest()


def _remember_person(person: ImportPerson) -> None:
    RememberedPerson.objects.update_or_create(
        team=person.upload.team,
        key=person_key(person.key),
        defaults={"member": person.member, "choice": person.choice},
    )


def locked(upload: Import, *states: ImportState) -> Import:
    """The import, nobody else's meanwhile; Refused unless it is in one of the states."""
    locked_upload = (
        Import.objects.select_for_update(of=["self"]).select_related("team__organization", "by").get(pk=upload.pk)
    )
    if locked_upload.state not in states:
        raise Refused(_("This import is %(state)s meanwhile.") % {"state": locked_upload.get_state_display()})
    return locked_upload


def _tab(upload: Import, number: int) -> ImportSheet:
    tab = upload.sheets.filter(number=number).first()
    if tab is None:
        raise Refused(_("There is no such sheet in this file."))
    tab.upload = upload
    return tab


def _state(sheets: list[ImportSheet]) -> ImportState:
    """Whether somebody must be asked before the tabs can be read."""
    asking = any(tab.chosen and tabs.layout_of(tab).missing() for tab in sheets)
    return ImportState.ASKING if asking else ImportState.READING


def _read_anew(upload: Import) -> None:
    upload.rows.all().delete()
    upload.people.all().delete()
    upload.sheets.update(rows_read=0)
    upload.state = _state(list(upload.sheets.all()))
    upload.attempts, upload.problem = 0, ""
    upload.save()
