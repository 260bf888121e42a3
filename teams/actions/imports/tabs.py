"""The tabs of a file: which of them hold a table of scores, how each is laid out, and what was said of such before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from teams.files import spreadsheets
from teams.files.encodings import NAMES, in_doubt
from teams.models import Import, ImportSheet, RememberedColumns, RememberedTable, Team
from teams.rules.errors import Refused
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.sheets.cells import Cell, shown, words
from teams.rules.sheets.headings import meaning, meanings
from teams.rules.sheets.kinds import LOOKED_AT, Layout, TableKind, guess, laid_out, measured, of_month
from teams.rules.sheets.left_out import named_columns, number_columns, title_of_others, without_hidden

EXAMPLES = 3
MOST_NAMED = 10
"""Hidden rows whose numbers a page names."""
OF_THIS_FILE = ("header", "day", "month", "since_1904", "other_title")
"""What of a layout is not remembered for the next file."""


def tabs_of(upload: Import) -> list[ImportSheet]:
    """Each tab of a new file, not stored yet: the one that was open first, the hidden ones last.

    Of the tabs that are shown, all that are understood are chosen; where none is, the first one that looks like a
    table, to be asked about; a hidden tab only where no other looks so. Refused where none has any headings.
    """
    content, remembered = upload.file(), _remembered_columns(upload.team)
    first = spreadsheets.look(content)
    tabs = []
    for place, number in enumerate(first.in_order()):
        looked = spreadsheets.look(content, number) if number else first
        tab = ImportSheet(upload=upload, number=number, name=first.sheets[number][:100])
        tab.layout = {"place": place, "hidden": number in first.hidden, "readings": _samples(content)}
        _lay_out(tab, looked, _guess(tab, looked, remembered))
        _take_encoding_as_last_time(tab)
        tabs.append(tab)
    shows_tables = any(tab.kind and not tab.layout["hidden"] for tab in tabs)
    for tab in tabs:
        tab.chosen = bool(tab.kind) and not (layout_of(tab).missing() or (shows_tables and tab.layout["hidden"]))
        _as_last_time(tab)
    if not any(tab.chosen for tab in tabs):
        tables = [tab for tab in tabs if tab.kind]
        first_asked = min(tables, key=lambda tab: bool(tab.layout["other_title"]), default=tabs[0])
        if not first_asked.kind:
            _lay_out(
                first_asked,
                spreadsheets.look(content, first_asked.number, encoding_in(first_asked)),
                Layout(TableKind.SHEET, 1),
            )
        if not first_asked.layout["headings"]:
            raise Refused(_("There is no table here. It needs a row of headings, such as Name and Nov 2026."))
        first_asked.chosen = True
    return tabs


def in_order(tabs: Iterable[ImportSheet]) -> list[ImportSheet]:
    """The tabs as their readers want them: the one that was open first, the hidden ones last."""
    return sorted(tabs, key=lambda tab: tab.layout.get("place", tab.number))


def unused(tab: ImportSheet, *, hidden: bool = False) -> list[str]:
    """The columns that hold numbers and are not read, as `B (augusti 2026)`: those that are hidden, or the others."""
    used, hides = tab.layout["columns"], tab.layout.get("hidden_columns", [])
    columns = [column for column in tab.layout.get("numbers", []) if str(column) not in used]
    return named_columns([column for column in columns if (column in hides) == hidden], tab.layout["headings"])


def look_again(tab: ImportSheet, header: int | None) -> None:
    """Find out the columns of a tab anew, with another row as its headings; without one its own is looked for."""
    looked = spreadsheets.look(tab.upload.file(), tab.number, encoding_in(tab))
    remembered = _remembered_columns(tab.upload.team)
    layout = None if header else _guess(tab, looked, remembered)
    if layout is None:
        layout = laid_out(looked.rows, header or 1, tab.upload.file_name, remembered, since_1904=looked.since_1904)
        layout = of_month(layout, _said_by_name(tab, looked, layout.header))
    _lay_out(tab, looked, layout)
    if not tab.layout["headings"]:
        raise Refused(_("There is no table here. It needs a row of headings, such as Name and Nov 2026."))
    tab.chosen, tab.rows_read = True, 0


def _samples(content: bytes) -> list[tuple[str, str]]:
    """The encodings among which somebody must choose, each with its sample and its name."""
    return [(encoding, f"{sample} ({NAMES[encoding]})") for encoding, sample in in_doubt(content)]


def encoding_in(tab: ImportSheet) -> str:
    """The encoding that somebody chose for a text; nothing where nobody did, and the most likely one is taken."""
    chosen: str = tab.layout.get("encoding", "")
    return chosen


def take_encoding(tab: ImportSheet, encoding: str) -> None:
    """Take the encoding that somebody chose among the readings of a text. Refused for others."""
    if encoding not in [known for known, _ in tab.layout["readings"]]:
        raise Refused(_("Choose one of the readings that are shown."))
    tab.layout["encoding"] = encoding


def remember_encoding(tab: ImportSheet) -> None:
    """Remember for the organization the encoding of texts with these headings, as they read before it was chosen."""
    looked = spreadsheets.look(tab.upload.file(), tab.number)
    before = ImportSheet(upload=tab.upload, number=tab.number, name=tab.name)
    _lay_out(before, looked, _guess(before, looked, _remembered_columns(tab.upload.team)))
    known, _ = RememberedTable.objects.get_or_create(
        organization=tab.upload.team.organization,
        headings=_hash_of(before),
        defaults={"kind": before.kind or TableKind.SHEET},
    )
    known.layout |= {"encoding": encoding_in(tab)}
    known.save()


def _take_encoding_as_last_time(tab: ImportSheet) -> None:
    """Read a text in the encoding that somebody chose for such a one before, if it may be in that."""
    known = _remembered_table(tab)
    encoding = known.layout.get("encoding", "") if known else ""
    if encoding in [fitting for fitting, _ in tab.layout.get("readings", [])]:
        take_encoding(tab, encoding)
        looked = spreadsheets.look(tab.upload.file(), tab.number, encoding)
        _lay_out(tab, looked, _guess(tab, looked, _remembered_columns(tab.upload.team)))


def layout_of(tab: ImportSheet) -> Layout:
    """How a tab is laid out, as it was found or answered."""
    kept = tab.layout
    day = date.fromisoformat(kept["day"]) if kept["day"] else None
    columns = {int(column): what for column, what in kept["columns"].items()}
    layout = Layout(TableKind(tab.kind), kept["header"], columns, kept["order"], day, kept["measure"])
    month = Month.parse(kept["month"]) if kept.get("month") else None
    extent = {"width": kept.get("width", 0), "length": kept.get("length", 0), "commas": kept.get("commas", False)}
    is_in_doubt = bool(kept.get("readings")) and not encoding_in(tab)
    doubts = {"in_doubt": is_in_doubt, "other_title": kept.get("other_title", "")}
    return replace(layout, month=month, since_1904=kept.get("since_1904", False), **doubts, **extent)


def confirm_layout(tab: ImportSheet, layout: Layout) -> None:
    """Lay a tab out as somebody said, which also answers whether it is the table of another title."""
    confirmed = {"confirmed_title": tab.layout.get("other_title") or tab.layout.get("confirmed_title", "")}
    tab.layout = tab.layout | _as_json(replace(layout, other_title="")) | confirmed
    tab.kind, tab.chosen, tab.rows_read = layout.kind, True, 0


def remember(tab: ImportSheet) -> None:
    """Keep for the organization how a table with these headings is read, or that it is left out."""
    organization, layout = tab.upload.team.organization, layout_of(tab)
    known = _as_json(layout) | {"day": None, "confirmed_title": tab.layout.get("confirmed_title", "")}
    known |= {"encoding": encoding_in(tab)}
    RememberedTable.objects.update_or_create(
        organization=organization,
        headings=_hash_of(tab),
        defaults={"kind": layout.kind, "layout": known, "chosen": tab.chosen},
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


def _as_last_time(tab: ImportSheet) -> None:
    """Lay a tab out as a table with just these headings was the last time, if somebody said so."""
    known = _remembered_table(tab)
    if known and tab.kind and "columns" in known.layout:
        tab.kind, tab.chosen = known.kind, known.chosen
        remembered_layout = {name: what for name, what in known.layout.items() if name != "encoding"}
        tab.layout |= remembered_layout | {name: tab.layout[name] for name in OF_THIS_FILE}
        if tab.layout["other_title"] == known.layout.get("confirmed_title"):
            tab.layout["other_title"] = ""
        tab.chosen = known.chosen and not layout_of(tab).missing()


def _remembered_table(tab: ImportSheet) -> RememberedTable | None:
    tables = RememberedTable.objects.filter(organization=tab.upload.team.organization)
    return tables.filter(headings=_hash_of(tab)).first()


def _hash_of(tab: ImportSheet) -> str:
    """What tells a table from others: its tab's name, and its headings."""
    texts = [tab.name, *tab.layout["headings"]]
    return sha256("\n".join(text.strip().casefold() for text in texts).encode()).hexdigest()


def _guess(tab: ImportSheet, looked: spreadsheets.Look, remembered: Mapping[str, str]) -> Layout | None:
    """How a tab is laid out, its name being what it says where its rows say no month; None where it holds no table."""
    layout = guess(looked.rows, tab.upload.file_name, remembered, since_1904=looked.since_1904)
    return layout and of_month(layout, _said_by_name(tab, looked, layout.header))


def _said_by_name(tab: ImportSheet, looked: spreadsheets.Look, header: int) -> str:
    """The month or the day that a tab is named after; the year may stand above the table, or in the file's name."""
    titles = [[cell] for number, cells in looked.rows if number < header for cell in cells]
    return meanings(looked.sheets, [[tab.upload.file_name], *titles]).get(tab.number, "")


def _lay_out(tab: ImportSheet, looked: spreadsheets.Look, layout: Layout | None) -> None:
    """Note what a tab holds: nothing that can be read, where it has no layout."""
    tab.rows_total = looked.height
    tab.kind = layout.kind if layout else ""
    shape = measured(layout or Layout(TableKind.SHEET, 1), looked.rows)
    if layout:
        file_name = tab.upload.file_name if len(looked.sheets) == 1 else ""
        title = title_of_others(looked.rows, layout, tab.name, file_name)
        shape = replace(without_hidden(shape, looked.hidden_columns), other_title=title)
    plain = _as_json(shape) | {"width": shape.width, "length": shape.length, "commas": looked.commas}
    if shape.kind == TableKind.SHEET and meaning(tab.name) in list(Pillar):
        plain["measure"] = meaning(tab.name)
    kept = {name: tab.layout[name] for name in ("place", "hidden", "readings", "encoding") if name in tab.layout}
    tab.layout = kept | plain | _looks(looked, shape.header)


def _as_json(layout: Layout) -> dict[str, Any]:
    columns = {str(column): what for column, what in layout.columns.items()}
    plain = {"header": layout.header, "columns": columns, "order": layout.order, "measure": layout.measure}
    plain |= {"day": layout.day and layout.day.isoformat(), "month": layout.month and str(layout.month)}
    return plain | {"since_1904": layout.since_1904, "other_title": layout.other_title}


def _looks(looked: spreadsheets.Look, header: int) -> dict[str, Any]:
    """What the page that asks about a tab shows: its first rows, the headings and the cells below each."""
    rows = [cells for number, cells in looked.rows if header <= number <= header + EXAMPLES]
    width = max((len(cells) for cells in rows), default=0)
    columns = [[_example(cells, column) for cells in rows] for column in range(width)]
    hidden = sorted(number for number in looked.hidden_rows if number > header)
    filled = [
        (number, [shown(cell) for cell in cells if cell is not None]) for number, cells in looked.rows[:LOOKED_AT]
    ]
    return {
        "tops": [(number, " · ".join(cells[:EXAMPLES])) for number, cells in filled if cells],
        "headings": [cells[0] for cells in columns],
        "examples": [" · ".join(filter(None, cells[1:])) for cells in columns],
        "numbers": number_columns(looked.rows, header),
        "hidden_columns": sorted(looked.hidden_columns),
        "hidden_rows": {"count": len(hidden), "first": hidden[:MOST_NAMED]},
    }


def _example(cells: Sequence[Cell], column: int) -> str:
    cell = cells[column] if column < len(cells) else None
    return "" if cell is None else shown(cell)


def _remembered_columns(team: Team) -> dict[str, str]:
    known = RememberedColumns.objects.filter(organization=team.organization).values_list("columns", flat=True)
    return {heading: what for columns in known for heading, what in columns.items()}
