"""A job's part of an import: reading the file into rows, a thousand at a time, from wherever the last one stopped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from teams.actions import imports, spreadsheets
from teams.actions.refusals import Refused
from teams.models import Import, ImportPerson, ImportRow, ImportState, Member, Team
from teams.rules.sheets.kinds import Layout, Row
from teams.rules.sheets.names import key
from teams.rules.sheets.rows import Found, findings

AT_ONCE = 1_000
MOST_READINGS = 200_000
MOST_ATTEMPTS = 8


def read(upload_id: int) -> None:
    """Read a file into rows until it is ready. Safe to run twice at a time: the slower one stops."""
    Import.objects.filter(pk=upload_id).update(attempts=F("attempts") + 1, touched_at=timezone.now())
    upload = Import.objects.select_related("team__organization", "by").filter(pk=upload_id).first()
    if upload is None or upload.state != ImportState.READING:
        return
    try:
        if upload.attempts > MOST_ATTEMPTS:
            raise Refused("Reading this file failed several times. Save it as csv and choose that file.")
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
    layout, content = imports.layout_of(upload), bytes(upload.content)
    known, read_before = _Known(upload.team), max(layout.header, upload.rows_read)
    rows = (row for row in spreadsheets.rows_of(content, upload.sheet) if row[0] > read_before)
    for chunk in _chunks(rows):
        if not _stage_chunk(upload, chunk, layout, known):
            return
    with transaction.atomic():
        locked = Import.objects.select_for_update().filter(
            pk=upload.pk, state=ImportState.READING, rows_read=upload.rows_read
        )
        if locked.update(state=ImportState.READY, touched_at=timezone.now()):
            imports.judge(upload)


@transaction.atomic
def _stage_chunk(upload: Import, chunk: list[Row], layout: Layout, known: "_Known") -> bool:
    """Add the rows of a chunk; False where somebody else did, or the file is being read in another way by now."""
    mine = Import.objects.select_for_update().filter(
        pk=upload.pk, state=ImportState.READING, rows_read=upload.rows_read
    )
    if not mine.update(rows_read=chunk[-1][0], touched_at=timezone.now()):
        return False
    today = upload.team.organization.today()
    found = [one for number, cells in chunk for one in findings(number, cells, layout, today)]
    people = _people(upload, found, known)
    ImportRow.objects.bulk_create(_row(upload, one, people) for one in found)
    if len(found) and upload.rows.count() > MOST_READINGS:
        raise Refused("The file holds more than 200,000 scores. Send it in parts.")
    upload.rows_read = chunk[-1][0]
    return True


class _Known:
    """The members whom a name or an address may mean; read once."""

    def __init__(self, team: Team) -> None:
        self.by_name: dict[str, list[Member]] = defaultdict(list)
        self.by_email: dict[str, Member] = {}
        for member in imports.candidates(team):
            self.by_name[key(member.name)].append(member)
            if member.user_id:
                self.by_email[member.user.email] = member

    def match(self, found: Found) -> tuple[Member | None, str]:
        """Who it is and what becomes of the rows: known, to be added, or to be asked about."""
        if found.email in self.by_email:
            return self.by_email[found.email], ImportPerson.Choice.KNOWN
        alike = self.by_name.get(key(found.name), [])
        exact = [member for member in alike if member.name == found.name]
        alike = exact if len(exact) == 1 else alike
        if len(alike) == 1:
            return alike[0], ImportPerson.Choice.KNOWN
        return None, ImportPerson.Choice.ASK if alike else ImportPerson.Choice.ADD


def _people(upload: Import, found: Iterable[Found], known: _Known) -> dict[str, ImportPerson]:
    """Everybody a chunk names, by key; those named for the first time are stored."""
    named = {_key(one): one for one in found if one.name}
    people = {person.key: person for person in upload.people.filter(key__in=named)}
    new = []
    for each, one in named.items():
        if each not in people:
            member, choice = known.match(one)
            new.append(
                ImportPerson(upload=upload, key=each, name=one.name, email=one.email, member=member, choice=choice)
            )
    return people | {person.key: person for person in ImportPerson.objects.bulk_create(new)}


def _key(found: Found) -> str:
    return (found.email or key(found.name))[:400]


def _row(upload: Import, found: Found, people: dict[str, ImportPerson]) -> ImportRow:
    return ImportRow(
        upload=upload,
        number=found.row,
        cell=found.cell,
        person=people.get(_key(found)),
        month=found.month,
        taken_on=found.taken_on,
        day_unknown=found.day_unknown,
        total=found.total,
        note=found.note,
        problem=found.problem,
        **{pillar.value: points for pillar, points in found.pillars.items()},
    )


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk
