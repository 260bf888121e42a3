"""The tabs of a file: which of them hold a table of scores, how each is laid out, and what was said of such before."""

from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from teams.files import spreadsheets
from teams.models import Import, ImportSheet, RememberedColumns, RememberedTable, Team
from teams.rules.errors import Refused
from teams.rules.measure import Pillar
from teams.rules.sheets.cells import Cell, shown, words
from teams.rules.sheets.headings import meaning
from teams.rules.sheets.kinds import LOOKED_AT, Kind, Layout, guess, laid_out, measured

EXAMPLES = 3


def tabs_of(upload: Import) -> list[ImportSheet]:
    """Each tab of a new file, not stored yet. All tabs that are understood are chosen; where none is, the first one
    that looks like a table, to be asked about. Refused where none has any headings.
    """
    content, remembered = bytes(upload.content), _remembered_columns(upload.team)
    first = spreadsheets.look(content)
    tabs = []
    for number, name in enumerate(first.sheets):
        looked = spreadsheets.look(content, number) if number else first
        layout = guess(looked.rows, upload.file_name, remembered)
        tab = ImportSheet(upload=upload, number=number, name=name[:100])
        _lay_out(tab, looked, layout)
        tab.chosen = layout is not None and not layout_of(tab).missing()
        _as_last_time(upload.team, tab)
        tabs.append(tab)
    if not any(tab.chosen for tab in tabs):
        asked = next((tab for tab in tabs if tab.kind), tabs[0])
        if not asked.kind:
            _lay_out(asked, first, Layout(Kind.SHEET, 1))
        if not asked.layout["headings"]:
            raise Refused(_("There is no table here. It needs a row of headings, such as Name and Nov 2026."))
        asked.chosen = True
    return tabs


def look_again(tab: ImportSheet, header: int | None) -> None:
    """Find out the columns of a tab anew, with another row as its headings; without one its own is looked for."""
    looked = spreadsheets.look(bytes(tab.upload.content), tab.number)
    remembered = _remembered_columns(tab.upload.team)
    found = None if header else guess(looked.rows, tab.upload.file_name, remembered)
    _lay_out(tab, looked, found or laid_out(looked.rows, header or 1, tab.upload.file_name, remembered))
    if not tab.layout["headings"]:
        raise Refused(_("There is no table here. It needs a row of headings, such as Name and Nov 2026."))
    tab.chosen, tab.rows_read = True, 0


def layout_of(tab: ImportSheet) -> Layout:
    """How a tab is laid out, as it was found or answered."""
    kept = tab.layout
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    columns = {int(column): what for column, what in kept["columns"].items()}
    extent = kept.get("width", 0), kept.get("length", 0)
    return Layout(Kind(tab.kind), kept["header"], columns, kept["order"], day, kept["measure"], *extent)


def take_layout(tab: ImportSheet, layout: Layout) -> None:
    """Take what somebody said of a tab's columns."""
    tab.kind, tab.layout, tab.chosen, tab.rows_read = layout.kind, tab.layout | _as_json(layout), True, 0


def remember(tab: ImportSheet) -> None:
    """Keep for the organization how a table with these headings is read, or that it is left out."""
    organization, layout = tab.upload.team.organization, layout_of(tab)
    RememberedTable.objects.update_or_create(
        organization=organization,
        headings=_hash_of(tab),
        defaults={"kind": layout.kind, "layout": _as_json(layout) | {"day": None}, "chosen": tab.chosen},
    )


def remember_columns(tab: ImportSheet, before: dict[str, Any]) -> None:
    """Keep what was said of headings in words: a month's heading says itself which one it is."""
    layout, headings = layout_of(tab), tab.layout["headings"]
    meant = {words(heading): layout.columns.get(column, "") for column, heading in enumerate(headings)}
    worded = {heading: what for heading, what in meant.items() if heading and not what[:1].isdecimal()}
    known = {words(headings[int(column)]): what for column, what in before["columns"].items()}
    changed = {heading: what for heading, what in worded.items() if known.get(heading, "") != what}
    if changed:
        organization = tab.upload.team.organization
        kept, _ = RememberedColumns.objects.get_or_create(organization=organization, kind=layout.kind)
        kept.columns |= changed
        kept.save()


def _as_last_time(team: Team, tab: ImportSheet) -> None:
    """Lay a tab out as a table with just these headings was the last time, if somebody said so."""
    known = RememberedTable.objects.filter(organization=team.organization, headings=_hash_of(tab)).first()
    if known and tab.kind:
        tab.kind, tab.chosen = known.kind, known.chosen
        tab.layout |= known.layout | {"header": tab.layout["header"], "day": tab.layout["day"]}
        tab.chosen = known.chosen and not layout_of(tab).missing()


def _hash_of(tab: ImportSheet) -> str:
    """What tells a table from others: its tab's name, and its headings."""
    texts = [tab.name, *tab.layout["headings"]]
    return sha256("\n".join(text.strip().casefold() for text in texts).encode()).hexdigest()


def _lay_out(tab: ImportSheet, looked: spreadsheets.Look, layout: Layout | None) -> None:
    """Note what a tab holds: nothing that can be read, where it has no layout."""
    tab.rows_total = looked.height
    tab.kind = layout.kind if layout else ""
    shape = measured(layout or Layout(Kind.SHEET, 1), looked.rows)
    plain = _as_json(shape) | {"width": shape.width, "length": shape.length}
    if shape.kind == Kind.SHEET and meaning(tab.name) in list(Pillar):
        plain["measure"] = meaning(tab.name)
    tab.layout = plain | _looks(looked, shape.header)


def _as_json(layout: Layout) -> dict[str, Any]:
    columns = {str(column): what for column, what in layout.columns.items()}
    plain = {"header": layout.header, "columns": columns, "order": layout.order}
    return plain | {"day": layout.day and layout.day.isoformat(), "measure": layout.measure}


def _looks(looked: spreadsheets.Look, header: int) -> dict[str, Any]:
    """What the page that asks about a tab shows: its first rows, the headings and the cells below each."""
    rows = [cells for number, cells in looked.rows if header <= number <= header + EXAMPLES]
    width = max((len(cells) for cells in rows), default=0)
    columns = [[_example(cells, column) for cells in rows] for column in range(width)]
    filled = [
        (number, [shown(cell) for cell in cells if cell is not None]) for number, cells in looked.rows[:LOOKED_AT]
    ]
    return {
        "tops": [(number, " · ".join(cells[:EXAMPLES])) for number, cells in filled if cells],
        "headings": [cells[0] for cells in columns],
        "examples": [" · ".join(filter(None, cells[1:])) for cells in columns],
    }


def _example(cells: list[Cell], column: int) -> str:
    cell = cells[column] if column < len(cells) else None
    return "" if cell is None else shown(cell)


def _remembered_columns(team: Team) -> dict[str, str]:
    known = RememberedColumns.objects.filter(organization=team.organization).values_list("columns", flat=True)
    return {heading: what for columns in known for heading, what in columns.items()}
