"""What goes out as a table: rows of plain values, read from the database as they are written.

Headings and words are in the reader's language, which our own import understands; days and numbers are in none.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain, islice, zip_longest
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from teams.files.csv_escaping import csv_line, defused
from teams.models import Board, Figure, Member, Standing, Submission, Team
from teams.models.audit import AuditQuerySet
from teams.models.submissions import MEASURES
from teams.queries.boards.table import board_table
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.words.measure import PILLAR_NAMES

Table = Iterator[list[Any]]
AT_ONCE = 2_000
CSV = "text/csv; charset=utf-8"
MEASURED, NARROWEST, WIDEST = 200, 9, 60
"""Rows from which the widths of columns are taken, and their bounds in characters."""
NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def board_rows(team: Team, month: Month) -> Table:
    """The standings of a month, the headings first."""
    pillars = [str(PILLAR_NAMES[pillar]) for pillar in Pillar]
    yield [_("Place"), _("Name"), _("Score"), *pillars, _("Change"), _("Since"), _("Climb"), _("Read on")]
    for row in board_table(Board.objects.of(team, month)).rows:
        change = [row.change.points, str(row.change.since)] if row.change else ["", ""]
        figures = [row.total, *row.reading.pillars]
        yield [row.rank, row.member.name, *figures, *change, row.climb, row.reading.taken_on]


def submission_rows(team: Team) -> Table:
    """Every submission of the months in which its member was in the team, the oldest first.

    What was replaced or withdrawn is there too.
    """
    yield [
        *(_("Name"), _("Month"), _("Read on"), _("Day unknown"), _("Score")),
        *(str(PILLAR_NAMES[pillar]) for pillar in Pillar),
        *(_("Industry rank, top %"), _("Network rank, top %"), _("Industry average"), _("Network average")),
        *(_("Note"), _("Source"), _("Typed at (UTC)"), _("Typed by"), _("Counts")),
    ]
    members = Member.objects.filter(memberships__team=team)
    submissions = Submission.objects.filter(member__in=members.values("pk")).of_team(team).order_by("pk")
    related = submissions.select_related("member", "typed_by", "withdrawal", "replaced_by")
    for one in related.iterator(chunk_size=AT_ONCE):
        counts = not (hasattr(one, "withdrawal") or hasattr(one, "replaced_by"))
        yield [
            one.member.name,
            str(one.month),
            one.taken_on,
            _("yes") if one.day_unknown else "",
            *(getattr(one, measure) for measure in MEASURES),
            one.note,
            one.get_source_display(),
            one.typed_at.replace(tzinfo=None, microsecond=0),
            one.typed_by.name,
            _("yes") if counts else _("no"),
        ]


def figure_rows(team: Team) -> Table:
    """Every figure of what the team counts itself, the oldest first, also what was replaced or taken back."""
    yield [
        *(_("What is counted"), _("Name"), _("Month"), _("Figure"), _("Source"), _("Reason")),
        *(_("Typed at (UTC)"), _("Typed by"), _("Counts")),
    ]
    typed = Figure.objects.filter(counter__team=team)
    counting = set(typed.current().values_list("pk", flat=True))
    related = typed.select_related("counter", "member", "typed_by").order_by("pk")
    for one in related.iterator(chunk_size=AT_ONCE):
        yield [
            str(one.counter),
            one.member.name,
            str(one.month),
            one.value,
            one.get_source_display(),
            one.reason,
            one.typed_at.replace(tzinfo=None, microsecond=0),
            one.typed_by.name,
            _("yes") if one.pk in counting else _("no"),
        ]


def month_rows(team: Team) -> Table:
    """A row for whoever was ever ranked, by name, and a column for each month, the earliest first; two queries."""
    standings = Standing.objects.filter(board__team=team).values_list("member_id", "board__month", "total")
    totals = {(member, month): total for member, month, total in standings}
    months = sorted({month for _member, month in totals})
    yield [_("Name"), *months]
    for member in Member.objects.filter(pk__in={member for member, _month in totals}).order_by(
        "name__alphabetical", "pk"
    ):
        yield [member.name, *(totals.get((member.pk, month)) for month in months)]


def member_rows(team: Team) -> Table:
    """Whoever is or was in the team, by name."""
    yield [
        *(_("Name"), _("E-mail"), _("Role"), _("Competes"), _("LinkedIn plan")),
        *(_("Joined on"), _("Left on"), _("No access since")),
    ]
    for one in (
        team.memberships.select_related("member__user").order_by("member__name__alphabetical", "pk").iterator(AT_ONCE)
    ):
        member = one.member
        yield [
            member.name,
            member.user.email if member.user else "",
            one.get_role_display(),
            _("yes") if one.competing else _("no"),
            member.get_plan_display(),
            one.joined_on,
            one.left_on,
            member.no_access_since,
        ]


def audit_rows(entries: AuditQuerySet) -> Table:
    """The log, in the order of the entries."""
    yield [_("At (UTC)"), _("Who"), _("What"), _("Reason"), _("About"), _("Team"), _("Address")]
    for one in entries.iterator(chunk_size=AT_ONCE):
        yield [
            one.at.replace(tzinfo=None, microsecond=0),
            one.who,
            one.sentence,
            one.reason,
            one.about.name if one.about else "",
            one.team.name if one.team else "",
            one.address,
        ]


def as_csv(rows: Iterable[list[Any]]) -> Iterator[str]:
    """A text to stream, with the mark by which spreadsheets know UTF-8; nothing in it runs as a formula."""
    yield "\ufeff"
    yield from map(csv_line, rows)


def as_xlsx(rows: Iterable[list[Any]], title: str) -> BinaryIO:
    """A workbook in a temporary file, written row by row; nothing in it runs as a formula.

    Its headings are bold and stay in sight with the first column; columns are as wide as their first rows need.
    """
    openpyxl = import_module("openpyxl")  # only now: it takes 9 MB of each process, and few ask for it
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    rows = iter(rows)
    first = list(islice(rows, MEASURED))
    sheet.freeze_panes = "B2"
    for number, width in enumerate(_widths(first), 1):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(number)].width = width
    for heading in first[:1]:
        sheet.append([_heading(sheet, value) for value in heading])
    for row in chain(first[1:], rows):
        sheet.append([_plain(value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    book.save(file)
    file.seek(0)
    return file


def _widths(rows: list[list[Any]]) -> list[int]:
    """How many characters each column needs, within bounds."""
    columns = zip_longest(*rows, fillvalue="")
    return [min(max(NARROWEST, *(len(str(value)) + 2 for value in column)), WIDEST) for column in columns]


def _heading(sheet: Any, value: Any) -> Any:
    """A bold cell; of a month its first day, shown as Excel writes months where it is opened."""
    plain = value.first_day if isinstance(value, Month) else _plain(value)
    cell = import_module("openpyxl.cell").WriteOnlyCell(sheet, plain)
    cell.font = import_module("openpyxl.styles").Font(bold=True)
    if isinstance(value, Month):
        cell.number_format = "mmm yyyy"
    return cell


def _plain(value: Any) -> Any:
    """A text without what Excel's format cannot hold, and defused; numbers and days as they are."""
    if not isinstance(value, str):
        return value
    return defused(NOT_IN_XML.sub("", str(value)))
