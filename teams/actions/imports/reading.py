"""A job's part of an import: reading the file into rows, a thousand at a time, from wherever the last one stopped."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from teams.actions.imports import intake, judging, tabs
from teams.actions.imports.mending import LONGEST_TEXT, column_of, mended, text_in
from teams.actions.people.known_names import candidates, roster_of
from teams.files import spreadsheets
from teams.models import Import, ImportPerson, ImportSheet, ImportState, RememberedPerson, Team
from teams.rules.errors import Refused
from teams.rules.measure import Pillar
from teams.rules.people.name_matching import Fit, Named, Roster, doubtful
from teams.rules.sentences import Sentence, stored
from teams.rules.sheets import numbers
from teams.rules.sheets.kinds import Layout, Row, of_table
from teams.rules.sheets.names import spelling
from teams.rules.sheets.rows import Found, findings

AT_ONCE = 1_000
MOST_READINGS = 200_000
MOST_ATTEMPTS = 8
ADD_PEOPLE = """
INSERT INTO teams_importperson (upload_id, key, name, email, member_id, choice, asked_because, was_added)
SELECT %s, named.*, false
FROM unnest(%s::text[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[]) AS named
RETURNING key, id
"""
ADD_ROWS = f"""
COPY teams_importrow (
    upload_id, sheet_id, number, cell, person_id, month, taken_on, day_unknown, total, is_summed, rounded_from,
    {", ".join(Pillar)}, note, problem, problem_values, action, why, replaces, text
) FROM STDIN
"""

JOIN_NAMES = """
WITH same AS (
    SELECT plain.id, min(addressed.id) AS addressed
    FROM teams_importperson AS plain
    JOIN teams_importperson AS addressed
      ON addressed.upload_id = plain.upload_id AND addressed.name = plain.name AND addressed.email <> ''
    WHERE plain.upload_id = %(upload)s AND plain.email = ''
    GROUP BY plain.id
    HAVING count(*) = 1
), moved AS (
    UPDATE teams_importrow AS row SET person_id = same.addressed FROM same WHERE row.person_id = same.id
)
DELETE FROM teams_importperson AS person USING same WHERE person.id = same.id
"""
ASK_ABOUT_EXTREMES = """
UPDATE teams_importperson AS person
SET member_id = NULL, choice = 'ask', asked_because = %(extreme)s
WHERE person.upload_id = %(upload)s AND person.email = '' AND person.choice IN ('known', 'add')
  AND lower(rtrim(person.name, '.')) IN ('max', 'min')
  AND (
      SELECT bool_and(mine.total = CASE lower(rtrim(person.name, '.')) WHEN 'max' THEN others.high ELSE others.low END)
      FROM teams_importrow AS mine
      CROSS JOIN LATERAL (
          SELECT max(other.total) AS high, min(other.total) AS low
          FROM teams_importrow AS other
          JOIN teams_importperson AS whose ON whose.id = other.person_id
          WHERE other.upload_id = mine.upload_id AND other.sheet_id = mine.sheet_id AND other.month = mine.month
            AND lower(rtrim(whose.name, '.')) NOT IN ('max', 'min')
      ) AS others
      WHERE mine.upload_id = person.upload_id AND mine.person_id = person.id AND mine.total IS NOT NULL
  )
"""
"""Max and Min are people, unless each of their scores is just the highest, or the lowest, of all others."""
SHARE_OF_ONE = """
UPDATE teams_importrow AS row
SET total = NULL, problem = %(problem)s, problem_values = %(values)s, text = '1'
FROM teams_importsheet AS sheet
WHERE row.upload_id = %(upload)s AND sheet.id = row.sheet_id AND NOT sheet.mended ? row.number::text
  AND row.total = 1 AND row.rounded_from IS NULL AND NOT row.is_summed AND row.problem = ''
  AND EXISTS (
      SELECT FROM teams_importrow AS share
      WHERE share.upload_id = row.upload_id AND share.sheet_id = row.sheet_id AND share.problem <> ''
        AND rtrim(share.cell, '0123456789') = rtrim(row.cell, '0123456789') AND share.text ~ '^0?[.,][0-9]+$'
  )
"""


def read(upload_id: int) -> None:
    """Read a file into rows until it is ready. Safe to run twice at a time: the slower one stops."""
    Import.objects.filter(pk=upload_id).update(attempts=F("attempts") + 1, touched_at=timezone.now())
    upload = Import.objects.select_related("team__organization", "by").filter(pk=upload_id).first()
    if upload is None or upload.state != ImportState.READING:
        return
    try:
        if upload.attempts > MOST_ATTEMPTS:
            raise Refused(Sentence("Reading this file failed several times. Save it as csv and choose that file."))
        _stage(upload)
    except Refused as refused:
        fail(upload, refused.sentence)


def fail(upload: Import, sentence: str) -> None:
    """End an import that cannot be read or stored, and drop what it held."""
    problem, values = stored(sentence)
    with transaction.atomic():
        upload.rows.all().delete()
        upload.people.all().delete()
        Import.objects.filter(pk=upload.pk).update(
            state=ImportState.FAILED, problem=problem, problem_values=values, content=None, ended_at=timezone.now()
        )
        upload.sheets.all().delete()


def _stage(upload: Import) -> None:
    known = _Known(upload.team)
    for tab in tabs.in_order(upload.sheets.filter(chosen=True)):
        if not _stage_tab(upload, tab, known):
            return
    judging.measure(upload, "teams_importrow", "teams_importperson")
    with transaction.atomic():
        locked = Import.objects.select_for_update().filter(pk=upload.pk, state=ImportState.READING)
        if locked.update(state=ImportState.READY, touched_at=timezone.now()):
            _join_names(upload)
            _ask_about_doubtful(upload, known.roster)
            _ask_about_extremes(upload)
            _doubt_shares(upload)
            judging.judge(upload)


def _stage_tab(upload: Import, tab: ImportSheet, known: "_Known") -> bool:
    """Read a tab from where it was left; False where somebody else does, or it is to be read in another way by now."""
    layout, content = tabs.layout_of(tab), upload.file()
    read_before = max(layout.header, tab.rows_read)
    rows = (
        (number, mended(tab, number, cells))
        for number, cells in of_table(spreadsheets.rows_of(content, tab.number, tabs.encoding_in(tab)), layout)
        if number > read_before
    )
    return all(_stage_chunk(upload, tab, chunk, layout, known) for chunk in _chunks(rows))


@transaction.atomic
def _stage_chunk(upload: Import, tab: ImportSheet, chunk: list[Row], layout: Layout, known: "_Known") -> bool:
    """Add the rows of a chunk; False where somebody else did, or the file is being read in another way by now."""
    locked_upload = Import.objects.select_for_update().filter(pk=upload.pk, state=ImportState.READING)
    unread_tab = ImportSheet.objects.filter(pk=tab.pk, chosen=True, rows_read=tab.rows_read)
    if not (locked_upload.update(touched_at=timezone.now()) and unread_tab.update(rows_read=chunk[-1][0])):
        return False
    _add_chunk(upload, tab, chunk, layout, known)
    if upload.rows.count() > MOST_READINGS:
        raise Refused(Sentence("The file holds more than 200,000 scores. Send it in parts."))
    tab.rows_read = chunk[-1][0]
    return True


@transaction.atomic
def mend(upload: Import, row_id: int, text: str) -> None:
    """Put a text in the place of the cell that a row complains of, and read the cell's row anew."""
    upload = intake.locked(upload, ImportState.READY)
    row = upload.rows.exclude(problem="").select_related("sheet").filter(pk=row_id).first()
    if row is None or row.sheet is None:
        raise Refused(_("This cell needs no correction any more."))
    tab = row.sheet
    tab.mended.setdefault(str(row.number), {})[str(column_of(row.cell))] = text[:LONGEST_TEXT]
    tab.save()
    rows = spreadsheets.rows_of(upload.file(), tab.number, tabs.encoding_in(tab))
    cells = next(cells for number, cells in rows if number == row.number)
    upload.rows.filter(sheet=tab, number=row.number).delete()
    chunk = [(row.number, mended(tab, row.number, cells))]
    _add_chunk(upload, tab, chunk, tabs.layout_of(tab), _Known(upload.team))
    _join_names(upload)
    judging.judge(upload)


def _add_chunk(upload: Import, tab: ImportSheet, chunk: list[Row], layout: Layout, known: "_Known") -> None:
    today = upload.team.organization.today()
    findings_by_key = [
        (_key(one), one, text_in(cells, one.cell) if one.problem else "")
        for number, cells in chunk
        for one in findings(number, cells, layout, today)
    ]
    _add_rows(tab, findings_by_key, _people(upload, {key: one for key, one, _ in findings_by_key}, known))


def _join_names(upload: Import) -> None:
    """Whom one tab calls by name only is the one whom another calls so with an address."""
    with connection.cursor() as cursor:
        cursor.execute(JOIN_NAMES, {"upload": upload.pk})


class _Known:
    """The members whom a name or an address may mean, and what was answered for the last file; read once."""

    def __init__(self, team: Team) -> None:
        self.roster = roster_of(candidates(team))
        remembered = RememberedPerson.objects.filter(team=team).values_list("key", "member_id", "choice")
        self.remembered = {known: (member, choice) for known, member, choice in remembered}

    def answer(self, key: str, name: str, email: str) -> tuple[int | None, str, str]:
        """The member's id, what becomes of the rows, and why somebody must be asked; as last time, where one was."""
        match = self.roster.match(name, email)
        if match.person:
            return match.person.id, ImportPerson.Choice.KNOWN, ""
        if match.fit == Fit.FORMER:
            return None, ImportPerson.Choice.SKIP, ""
        if remembered := self.remembered.get(intake.person_key(key)):
            return *remembered, ""
        if match.fit == Fit.NOBODY:
            return None, ImportPerson.Choice.ADD, ""
        return None, ImportPerson.Choice.ASK, match.fit


def _ask_about_doubtful(upload: Import, roster: Roster) -> None:
    """Ask about whom the file itself leaves in doubt: two spellings for one member, two new names that look alike."""
    chosen = [ImportPerson.Choice.KNOWN, ImportPerson.Choice.ADD]
    people = upload.people.filter(choice__in=chosen).values_list("pk", "name", "email", "member_id")
    named = (Named(pk, name, email, roster.by_id.get(member)) for pk, name, email, member in people.iterator())
    ids_by_reason: dict[Fit, list[int]] = defaultdict(list)
    for pk, reason in doubtful(named).items():
        ids_by_reason[reason].append(pk)
    for reason, ids in ids_by_reason.items():
        upload.people.filter(pk__in=ids).update(member=None, choice=ImportPerson.Choice.ASK, asked_because=reason)


def _ask_about_extremes(upload: Import) -> None:
    """Ask about Max and Min where they may be the lines with the highest and the lowest score."""
    with connection.cursor() as cursor:
        cursor.execute(ASK_ABOUT_EXTREMES, {"upload": upload.pk, "extreme": Fit.EXTREME.value})


def _doubt_shares(upload: Import) -> None:
    """A 1 in a column of shares such as 0.61 is a whole, and no score of 1, until somebody writes so in its place."""
    problem, values = stored(numbers.share("1"))
    with connection.cursor() as cursor:
        cursor.execute(SHARE_OF_ONE, {"upload": upload.pk, "problem": problem, "values": json.dumps(values)})


def _people(upload: Import, finding_by_key: Mapping[str, Found], known: _Known) -> dict[str, int]:
    """The id of everybody a chunk names, by key; those named for the first time are stored."""
    people = dict(upload.people.filter(key__in=finding_by_key).values_list("key", "pk"))
    new = [
        (key, one.name, one.email, *known.answer(key, one.name, one.email))
        for key, one in finding_by_key.items()
        if one.name and key not in people
    ]
    if new:
        with connection.cursor() as cursor:
            cursor.execute(ADD_PEOPLE, [upload.pk, *map(list, zip(*new, strict=True))])
            people |= dict(cursor.fetchall())
    return people


def _add_rows(tab: ImportSheet, keyed_findings: Iterable[tuple[str, Found, str]], people: Mapping[str, int]) -> None:
    with connection.cursor() as cursor, cursor.copy(ADD_ROWS) as rows:
        for key, one, text in keyed_findings:
            when = [one.month and one.month.first_day, one.taken_on, one.day_unknown]
            figures = [one.total, one.is_summed, one.rounded_from, *(one.pillars.get(pillar) for pillar in Pillar)]
            person_id = people.get(key) if one.name else None
            where = [tab.upload_id, tab.pk, one.row, one.cell, person_id]
            problem, values = stored(one.problem)
            problem_columns = [problem, None if values is None else json.dumps(values)]
            rows.write_row([*where, *when, *figures, one.note, *problem_columns, "", "", False, text])


def _key(finding: Found) -> str:
    """What tells a person of the file from the others."""
    return f"{finding.email} {spelling(finding.name)}".strip()[:400]


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, AT_ONCE)):
        yield chunk
