"""A file on its way in: received, asked about, judged, confirmed. Nothing of it is stored before that."""

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.actions.audit import record
from teams.actions.limits import check_file
from teams.files import spreadsheets
from teams.models import Act, Import, ImportPerson, ImportRow, ImportState, Member, RememberedColumns, Team
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK
from teams.rules.sheets.cells import Cell, shown, words
from teams.rules.sheets.kinds import LOOKED_AT, Kind, Layout, guess, laid_out

JUDGE = Path(__file__).with_name("judge_import.sql").read_text()
KEPT = timedelta(days=7)
"""How long a file may wait for an answer before it is dropped."""
EXAMPLES = 3
LARGE = 2_000
"""Rows of a file from which on the database's own counting comes too late."""
Action = ImportRow.Action


def receive(team: Team, by: Member, file_name: str, content: bytes) -> Import:
    """A new import of a file, found out as far as it goes: being read, or asking. Refused where it is no table."""
    check_file(content, by)
    sheet, layout = spreadsheets.find_layout(content, file_name, _remembered(team)) or (0, Layout(Kind.SHEET, 1))
    upload = Import(
        team=team,
        by=by,
        file_name=Path(file_name).name[-200:],
        sha256=sha256(content).hexdigest(),
        content=content,
    )
    _lay_out(upload, sheet, layout)
    with transaction.atomic():
        upload.save()
        noted(Act.FILE_CHOSEN, upload)
    return upload


def noted(act: Act, upload: Import) -> None:
    """What somebody did with a file, for the managers of its team."""
    record(act, teams=[upload.team], file=upload.file_name)


@transaction.atomic
def look_elsewhere(upload: Import, sheet: int, header: int | None) -> None:
    """Take another sheet, or another row for the headings, and find out the columns anew; what was read is dropped.

    Without a header the sheet's own is looked for.
    """
    upload = _lock(upload, ImportState.ASKING, ImportState.READY)
    content, remembered = bytes(upload.content), _remembered(upload.team)
    looked = spreadsheets.look(content, sheet)
    if sheet >= len(looked.sheets):
        raise Refused(_("There is no such sheet in this file."))
    found = None if header else guess(looked.rows, upload.file_name, remembered)
    _lay_out(upload, sheet, found or laid_out(looked.rows, header or 1, upload.file_name, remembered))
    _read_anew(upload)


def layout_of(upload: Import) -> Layout:
    """How the file is laid out, as it was found or answered."""
    said = upload.layout
    day = date.fromisoformat(said["day"]) if said["day"] else None
    columns = {int(column): what for column, what in said["columns"].items()}
    return Layout(Kind(upload.kind), said["header"], columns, said["order"], day)


@transaction.atomic
def answer(upload: Import, layout: Layout) -> None:
    """Take what somebody said about the columns, remember it for their organization, and have the file read anew."""
    upload = _lock(upload, ImportState.ASKING, ImportState.READY)
    if missing := layout.missing():
        raise Refused(missing[0])
    _remember(upload, layout)
    upload.kind, upload.state = layout.kind, ImportState.READING
    upload.layout |= _as_json(layout)
    _read_anew(upload)


@transaction.atomic
def choose_people(upload: Import, choices: Mapping[int, str]) -> None:
    """Who the unknown names are: `add`, `skip`, or the id of a member of the team; by the person's id."""
    upload = _lock(upload, ImportState.READY)
    members = {str(member.pk): member for member in candidates(upload.team)}
    for person in upload.people.filter(pk__in=choices):
        said = choices[person.pk]
        if said in members:
            person.member, person.choice = members[said], ImportPerson.Choice.MAP
        elif said in (ImportPerson.Choice.ADD, ImportPerson.Choice.SKIP):
            person.member, person.choice = None, said
        else:
            raise Refused(_("Choose one of the team's members, or add or leave out the name."))
        person.save()
    judge(upload)


@transaction.atomic
def choose_conflicts(upload: Import, replacing: Mapping[int, bool]) -> None:
    """For each conflicting row by its id: whether a newer submission replaces what is stored, or that is kept."""
    upload = _lock(upload, ImportState.READY)
    for replaces in (True, False):
        rows = [row for row, wanted in replacing.items() if wanted == replaces]
        upload.rows.filter(pk__in=rows, action=Action.CONFLICT).update(replaces=replaces)


@transaction.atomic
def choose_all_conflicts(upload: Import, *, replaces: bool) -> None:
    """The same answer for every conflict."""
    _lock(upload, ImportState.READY).rows.filter(action=Action.CONFLICT).update(replaces=replaces)


@transaction.atomic
def confirm(upload: Import, *, leaving_out_errors: bool) -> None:
    """Have it stored. Refused while rows must be corrected, unless these are to be left out."""
    upload = _lock(upload, ImportState.READY)
    judge(upload)
    upload.counts = counts(upload)
    if upload.counts.get(Action.ERROR) and not leaving_out_errors:
        raise Refused(_("Some rows must be corrected. Correct the file and choose it again, or leave these rows out."))
    if not stores(upload.counts, upload.rows.filter(action=Action.CONFLICT, replaces=True).exists()):
        raise Refused(_("Nothing in this file is new: there is nothing to store."))
    upload.state, upload.attempts, upload.problem = ImportState.STORING, 0, ""
    upload.save()
    noted(Act.FILE_CONFIRMED, upload)


@transaction.atomic
def cancel(upload: Import) -> None:
    """Forget a file that was not stored."""
    locked = _lock(upload, ImportState.ASKING, ImportState.READING, ImportState.READY, ImportState.FAILED)
    noted(Act.FILE_FORGOTTEN, locked)
    locked.delete()


def drop_forgotten() -> int:
    """Forget files that waited for an answer for a week; how many."""
    waiting = [ImportState.ASKING, ImportState.READY, ImportState.FAILED]
    return Import.objects.filter(state__in=waiting, touched_at__lt=timezone.now() - KEPT).delete()[0]


def candidates(team: Team) -> list[Member]:
    """Whom a name in a file may mean: who is or was in the team, and whom an import had added to it."""
    added = ImportPerson.objects.filter(upload__team=team, was_added=True).values("member")
    members = Member.objects.filter(organization=team.organization)
    found = members.filter(Q(memberships__team=team) | Q(pk__in=added))
    return list(found.select_related("user").distinct())


def judge(upload: Import) -> None:
    """Say for each row what storing it would do, as things stand now."""
    open_from = Month.of(upload.team.organization.today()) - REACH_BACK
    with connection.cursor() as cursor:
        cursor.execute(
            JUDGE,
            {
                "upload": upload.pk,
                "team": upload.team_id,
                "open_from": open_from.first_day,
                "is_admin": upload.by.is_admin,
            },
        )


def measure(upload: Import, *tables: str) -> None:
    """Have the database count what a large import wrote: until then it plans as if the tables were empty."""
    if upload.rows_read > LARGE:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(tables)}")


def counts(upload: Import) -> dict[str, int]:
    """How many rows would do what."""
    found = upload.rows.order_by().values_list("action").annotate(Count("pk"))
    return dict(found)


def stores(counted: Mapping[str, int], replaces: bool) -> bool:
    """Whether storing would change anything."""
    return bool(counted.get(Action.NEW) or counted.get(Action.MEMBER) or replaces)


def _lock(upload: Import, *states: ImportState) -> Import:
    """The import, nobody else's meanwhile; Refused unless it is in one of the states."""
    locked = Import.objects.select_for_update(of=["self"]).select_related("team__organization", "by").get(pk=upload.pk)
    if locked.state not in states:
        raise Refused(_("This import is %(state)s meanwhile.") % {"state": locked.get_state_display()})
    return locked


def _as_json(layout: Layout) -> dict[str, Any]:
    columns = {str(column): what for column, what in layout.columns.items()}
    return {"header": layout.header, "columns": columns, "order": layout.order, "day": layout.day}


def _lay_out(upload: Import, sheet: int, layout: Layout) -> None:
    """Note what a sheet of the file holds, and whether somebody must be asked. Refused where it holds no table."""
    looked = spreadsheets.look(bytes(upload.content), sheet)
    upload.kind, upload.sheet, upload.rows_total = layout.kind, sheet, looked.height
    upload.layout = _as_json(layout) | _looks(looked, layout.header)
    if not upload.layout["headings"]:
        raise Refused(_("There is no table here. It needs a row of headings, such as Name and Nov 2026."))
    upload.state = ImportState.ASKING if layout.missing() else ImportState.READING


def _read_anew(upload: Import) -> None:
    upload.rows.all().delete()
    upload.people.all().delete()
    upload.rows_read, upload.attempts, upload.problem = 0, 0, ""
    upload.save()


def _looks(looked: spreadsheets.Look, header: int) -> dict[str, Any]:
    """What the page that asks about the file shows: its sheets, its first rows, the headings and cells below each."""
    rows = [cells for number, cells in looked.rows if header <= number <= header + EXAMPLES]
    width = max((len(cells) for cells in rows), default=0)
    columns = [[_example(cells, column) for cells in rows] for column in range(width)]
    filled = [
        (number, [shown(cell) for cell in cells if cell is not None]) for number, cells in looked.rows[:LOOKED_AT]
    ]
    return {
        "sheets": looked.sheets,
        "tops": [(number, " · ".join(cells[:EXAMPLES])) for number, cells in filled if cells],
        "headings": [cells[0] for cells in columns],
        "examples": [" · ".join(filter(None, cells[1:])) for cells in columns],
    }


def _example(cells: list[Cell], column: int) -> str:
    cell = cells[column] if column < len(cells) else None
    return "" if cell is None else shown(cell)


def _remembered(team: Team) -> dict[str, str]:
    known = RememberedColumns.objects.filter(organization=team.organization).values_list("columns", flat=True)
    return {heading: what for columns in known for heading, what in columns.items()}


def _remember(upload: Import, layout: Layout) -> None:
    """Keep what was said of headings in words: a month's heading says itself which one it is."""
    headings = upload.layout["headings"]
    said = {words(heading): layout.columns.get(column, "") for column, heading in enumerate(headings)}
    told = {heading: what for heading, what in said.items() if heading and not what[:1].isdecimal()}
    found = {words(headings[int(column)]): what for column, what in upload.layout["columns"].items()}
    changed = {heading: what for heading, what in told.items() if found.get(heading, "") != what}
    if changed:
        kept, _ = RememberedColumns.objects.get_or_create(organization=upload.team.organization, kind=layout.kind)
        kept.columns |= changed
        kept.save()
