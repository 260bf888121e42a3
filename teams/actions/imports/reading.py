"""A job's part of an import: reading the file into rows, a thousand at a time, from wherever the last one stopped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from teams.actions.imports import intake
from teams.fields import former_names
from teams.files import spreadsheets
from teams.models import Import, ImportPerson, ImportState, Member, Team
from teams.rules.errors import Refused
from teams.rules.measure import Pillar
from teams.rules.sheets.kinds import Layout, Row
from teams.rules.sheets.names import key
from teams.rules.sheets.rows import Found, findings
from teams.words.translation import said

AT_ONCE = 1_000
MOST_READINGS = 200_000
MOST_ATTEMPTS = 8
ADD_PEOPLE = """
INSERT INTO teams_importperson (upload_id, key, name, email, member_id, choice, was_added)
SELECT %s, named.*, false
FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[]) AS named
RETURNING key, id
"""
ADD_ROWS = """
COPY teams_importrow (
    upload_id, number, cell, person_id, month, taken_on, day_unknown, total, brand, people, insights, relationships,
    note, problem, action, why, replaces
) FROM STDIN
"""


def read(upload_id: int) -> None:
    """Read a file into rows until it is ready. Safe to run twice at a time: the slower one stops."""
    Import.objects.filter(pk=upload_id).update(attempts=F("attempts") + 1, touched_at=timezone.now())
    upload = Import.objects.select_related("team__organization", "by").filter(pk=upload_id).first()
    if upload is None or upload.state != ImportState.READING:
        return
    try:
        if upload.attempts > MOST_ATTEMPTS:
            raise Refused(_("Reading this file failed several times. Save it as csv and choose that file."))
        with override(upload.by.speaks):
            _stage(upload)
    except Refused as refused:
        fail(upload, str(refused))


def fail(upload: Import, sentence: str) -> None:
    """End an import that cannot be read or stored, and drop what it held."""
    with transaction.atomic():
        upload.rows.all().delete()
        upload.people.all().delete()
        Import.objects.filter(pk=upload.pk).update(
            state=ImportState.FAILED, problem=sentence[:300], content=None, layout={}, ended_at=timezone.now()
        )


def _stage(upload: Import) -> None:
    layout, content = intake.layout_of(upload), bytes(upload.content)
    known, read_before = _Known(upload.team), max(layout.header, upload.rows_read)
    rows = (row for row in spreadsheets.rows_of(content, upload.sheet) if row[0] > read_before)
    for chunk in _chunks(rows):
        if not _stage_chunk(upload, chunk, layout, known):
            return
    intake.measure(upload, "teams_importrow", "teams_importperson")
    with transaction.atomic():
        locked = Import.objects.select_for_update().filter(
            pk=upload.pk, state=ImportState.READING, rows_read=upload.rows_read
        )
        if locked.update(state=ImportState.READY, touched_at=timezone.now()):
            intake.judge(upload)


@transaction.atomic
def _stage_chunk(upload: Import, chunk: list[Row], layout: Layout, known: "_Known") -> bool:
    """Add the rows of a chunk; False where somebody else did, or the file is being read in another way by now."""
    mine = Import.objects.select_for_update().filter(
        pk=upload.pk, state=ImportState.READING, rows_read=upload.rows_read
    )
    if not mine.update(rows_read=chunk[-1][0], touched_at=timezone.now()):
        return False
    today = upload.team.organization.today()
    found = [(_key(one), one) for number, cells in chunk for one in findings(number, cells, layout, today)]
    _add_rows(upload, found, _people(upload, dict(found), known))
    if found and upload.rows.count() > MOST_READINGS:
        raise Refused(_("The file holds more than 200,000 scores. Send it in parts."))
    upload.rows_read = chunk[-1][0]
    return True


class _Known:
    """The members whom a name or an address may mean; read once."""

    def __init__(self, team: Team) -> None:
        self.by_name: dict[str, list[Member]] = defaultdict(list)
        self.by_email: dict[str, Member] = {}
        self.former = set(map(key, former_names()))
        for member in intake.candidates(team):
            self.by_name[key(member.name)].append(member)
            if member.user_id:
                self.by_email[member.user.email] = member

    def match(self, found: Found) -> tuple[Member | None, str]:
        """Who it is and what becomes of the rows: known, to be added, to be asked about, or left out, if erased."""
        if found.email in self.by_email:
            return self.by_email[found.email], ImportPerson.Choice.KNOWN
        if key(found.name) in self.former:
            return None, ImportPerson.Choice.SKIP
        alike = self.by_name.get(key(found.name), [])
        exact = [member for member in alike if member.name == found.name]
        alike = exact if len(exact) == 1 else alike
        if len(alike) == 1:
            return alike[0], ImportPerson.Choice.KNOWN
        return None, ImportPerson.Choice.ASK if alike else ImportPerson.Choice.ADD


def _people(upload: Import, found: Mapping[str, Found], known: _Known) -> dict[str, int]:
    """The id of everybody a chunk names, by key; those named for the first time are stored."""
    people = dict(upload.people.filter(key__in=found).values_list("key", "pk"))
    new = [
        (key, one.name, one.email, member and member.pk, choice)
        for key, one in found.items()
        if one.name and key not in people
        for member, choice in [known.match(one)]
    ]
    if new:
        with connection.cursor() as cursor:
            cursor.execute(ADD_PEOPLE, [upload.pk, *map(list, zip(*new, strict=True))])
            people |= dict(cursor.fetchall())
    return people


def _add_rows(upload: Import, found: Iterable[tuple[str, Found]], people: Mapping[str, int]) -> None:
    with connection.cursor() as cursor, cursor.copy(ADD_ROWS) as rows:
        for key, one in found:
            when = [one.month and one.month.first_day, one.taken_on, one.day_unknown]
            figures = [one.total, *(one.pillars.get(pillar) for pillar in Pillar)]
            who = people.get(key) if one.name else None
            rows.write_row(
                [upload.pk, one.row, one.cell, who, *when, *figures, one.note, said(one.problem), "", "", False]
            )


def _key(found: Found) -> str:
    """What tells a person of the file from the others."""
    return (found.email or key(found.name))[:400]


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk
