"""Which kind of table a file holds, and how it is laid out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.sentences import Sentence
from teams.rules.sheets import days, numbers
from teams.rules.sheets.cells import Cell, letters, words
from teams.rules.sheets.headings import (
    ASKED,
    DATE,
    EMAIL,
    MONTH,
    NAME,
    TOTAL,
    WHOSE,
    is_month,
    meaning,
    meanings,
    order_of,
)
from teams.rules.sheets.name_columns import whose_columns
from teams.rules.sheets.no_scores import grouped
from teams.rules.sheets.spans import spans

LARGEST_FILE = 10 * 1024 * 1024
MOST_ROWS = 100_000
LOOKED_AT = 60
"""Rows from the top that are looked at: the header is among the first of them."""
Row = tuple[int, Sequence[Cell]]
"""A row with its number in the file."""


class TableKind(StrEnum):
    """The three tables that teams keep."""

    SHEET = "sheet"
    LIST = "list"
    SALES_NAVIGATOR = "sales_navigator"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand: the header's row, what each column means, how days are written, the day of all rows.

    `measure` is what the months of a sheet hold: the total, or the one pillar that the sheet is named after. `width` is
    where the headings end, `length` how many cells their row has; 0 where that is not known. `month` is that of all
    rows, where a workbook has a sheet for each. `since_1904` is from when days are counted, if not 1900. `in_doubt` are
    the letters of a text that can be read in several encodings. `other_title` says that these are no scores.
    `commas` stand between the cells of a text, so that one of them may be a decimal comma.
    """

    kind: TableKind
    header: int
    columns: Mapping[int, str] = field(default_factory=dict)
    order: str = "dmy"
    day: date | None = None
    measure: str = TOTAL
    width: int = 0
    length: int = 0
    month: Month | None = None
    since_1904: bool = False
    in_doubt: bool = False
    other_title: str = ""
    commas: bool = False

    def dated(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        """A row whose days are counted since 1900, as everywhere else."""
        if not self.since_1904:
            return cells
        dated = [column for column, what in self.columns.items() if what in (DATE, MONTH)]
        return [days.since_1900(cell) if column in dated else cell for column, cell in enumerate(cells)]

    def missing(self) -> list[str]:
        """What must be said before the table can be read, as sentences; of names in doubt only which are right."""
        if self.in_doubt:
            return [Sentence("The names can be read in several ways. Say which one is right.")]
        meanings = set(self.columns.values())
        sentences: list[str] = []
        if self.other_title:
            sentences.append(
                Sentence(
                    "“%(title)s” sounds like targets, changes or ranks. Include it only if it holds scores as LinkedIn "
                    "showed them.",
                    title=self.other_title,
                )
            )
        if not meanings & {NAME, EMAIL, ASKED + NAME, ASKED + EMAIL}:
            sentences.append(Sentence("Say which column holds the names or the e-mail addresses."))
        if self.kind == TableKind.SHEET and self.order != days.UNKNOWN and not any(map(is_month, meanings)):
            sentences.append(Sentence("Say which columns hold which month."))
        if self.kind != TableKind.SHEET and not meanings & {TOTAL, *Pillar}:
            sentences.append(Sentence("Say which column holds the score."))
        if self.kind != TableKind.SHEET and not (self.day or self.month) and not meanings & {DATE, MONTH}:
            sentences.append(Sentence("Say on which day the scores were read."))
        if twice := [letters(column) for column, what in sorted(self.columns.items()) if what.startswith(ASKED)]:
            sentences.append(
                Sentence("Columns %(columns)s may mean the same. Say which one counts.", columns=", ".join(twice))
            )
        if self.order == days.UNKNOWN:
            sentences.append(
                Sentence("The days can be read in two ways. Say whether the day or the month comes first.")
            )
        return sentences


def guess(
    rows: Sequence[Row],
    file_name: str = "",
    remembered: Mapping[str, str] | None = None,
    *,
    since_1904: bool = False,
) -> Layout | None:
    """How a table is laid out, from its first rows and its file's name; None where nothing looks like a header."""
    best: Layout | None = None
    rows = _since_1900(rows) if since_1904 else rows
    for place, (_, cells) in enumerate(rows[:LOOKED_AT]):
        above = [row for _, row in rows[:place]]
        number, columns = _two_rows(rows, place, grouped(meanings(cells, above, remembered), above))
        if best and len(best.columns) >= len(columns):
            continue
        if number != rows[place][0] or _is_header(columns, cells):
            below = [row for below, row in rows if below > number]
            best = _layout(number, cells, columns, below, file_name)
    return best and replace(measured(best, rows), since_1904=since_1904)


def of_month(layout: Layout, named: str) -> Layout:
    """The layout of a list that says no days itself, on a sheet that is named after a month or a day."""
    if (
        layout.kind != TableKind.LIST
        or layout.day
        or {DATE, MONTH} & set(layout.columns.values())
        or not is_month(named)
    ):
        return layout
    if named.startswith(ASKED):
        return layout
    is_day = len(named) > 7
    return replace(layout, **({"day": date.fromisoformat(named)} if is_day else {"month": Month.parse(named)}))


def _since_1900(rows: Sequence[Row]) -> list[Row]:
    return [(number, [days.since_1900(cell) for cell in cells]) for number, cells in rows]


def _two_rows(rows: Sequence[Row], place: int, columns: dict[int, str]) -> tuple[int, dict[int, str]]:
    """The last row of a header and what it means: of two rows where months span the columns that the next one names."""
    number, cells = rows[place]
    below = rows[place + 1][1] if place + 1 < len(rows) else ()
    spanned = spans(cells, columns, below)
    return (rows[place + 1][0], spanned) if spanned else (number, columns)


def laid_out(
    rows: Sequence[Row],
    header: int,
    file_name: str = "",
    remembered: Mapping[str, str] | None = None,
    *,
    since_1904: bool = False,
) -> Layout:
    """How a table is laid out whose headings stand in that row; with no columns where its words are unknown."""
    rows = _since_1900(rows) if since_1904 else rows
    above = [cells for number, cells in rows if number < header]
    below = [cells for number, cells in rows if number > header]
    place = next((place for place, (number, _) in enumerate(rows) if number == header), None)
    if place is None:
        return replace(_layout(header, [], {}, below, file_name), since_1904=since_1904)
    columns = grouped(meanings(rows[place][1], above, remembered), above)
    number, columns = _two_rows(rows, place, columns)
    layout = measured(_layout(number, rows[place][1], columns, below, file_name), rows)
    return replace(layout, since_1904=since_1904)


def measured(layout: Layout, rows: Sequence[Row]) -> Layout:
    """A layout with the width of its headings, which may stand in several rows, and the cells that their rows have."""
    above = [cells for number, cells in rows if number <= layout.header]
    ends = [[column for column, cell in enumerate(cells, 1) if cell is not None] for cells in above]
    width = max((columns[-1] for columns in ends if len(columns) > 1), default=0)
    return replace(layout, width=width, length=max(map(len, above), default=0))


def of_table(rows: Iterable[Row], layout: Layout) -> Iterator[Row]:
    """The rows of a table, up to the headings of another one below it, which are the last."""
    for number, cells in rows:
        yield number, cells
        if number > layout.header and begins_another(cells, layout):
            return


def begins_another(cells: Sequence[Cell], layout: Layout) -> bool:
    """Whether a row is headings again, and one of them means something else than the layout's."""
    columns = [(cells[column], what) for column, what in layout.columns.items() if column < len(cells)]
    is_again = any(meaning(cell) == what for cell, what in columns if what in WHOSE)
    return is_again and any(_differs(cell, what, layout.order) for cell, what in columns if what not in WHOSE)


def _differs(cell: Cell, what: str, order: str) -> bool:
    """Whether a heading says plainly that its column is not what it was."""
    if is_month(what):
        written = what.removeprefix(ASKED)[:7]
        month = days.month(cell, Month.parse(written).year, order)
        return month is not None and str(month) != written
    figures = (TOTAL, DATE, MONTH, *Pillar)
    return days.month(cell, order=order) is not None or (meaning(cell) in figures and meaning(cell) != what)


def _is_header(columns: Mapping[int, str], cells: Sequence[Cell]) -> bool:
    """A row that names a person's column beside figures, or at least two months, and is no row of figures itself."""
    meanings = set(columns.values())
    months = sum(map(is_month, meanings)) + sum(map(days.readable_both_ways, cells))
    figures = months + len(meanings & {TOTAL, *Pillar})
    plain = [cell for column, cell in enumerate(cells) if column not in columns and numbers.number(cell) is not None]
    return not plain and ((bool(meanings & {NAME, EMAIL}) and figures > 0) or months > 1 or len(meanings) > 2)


def _layout(
    number: int, header: Sequence[Cell], columns: dict[int, str], below: Sequence[Sequence[Cell]], file_name: str
) -> Layout:
    columns = whose_columns(columns, header, below)
    meanings = set(columns.values())
    if not meanings & {NAME, EMAIL, ASKED + NAME, ASKED + EMAIL}:
        columns |= _names_below(columns, below)
    if {"seat id", "ssi overall score"} <= {words(cell) for cell in header}:
        return Layout(TableKind.SALES_NAVIGATOR, number, columns, day=days.last_day(file_name))
    months = sum(map(is_month, meanings)) + any(map(days.readable_both_ways, header))
    if months > 1 or (months and TOTAL not in meanings):
        columns = {
            column: what for column, what in columns.items() if is_month(what) or what.removeprefix(ASKED) in WHOSE
        }
        return Layout(TableKind.SHEET, number, columns, order_of(header))
    dates = [column for column, what in columns.items() if what in (DATE, MONTH)]
    dated = [row[column] for row in below for column in dates if column < len(row)]
    columns = {column: what for column, what in columns.items() if not is_month(what)}
    return Layout(TableKind.LIST, number, columns, days.order(dated), days.last_day(file_name))


def _names_below(columns: Mapping[int, str], below: Sequence[Sequence[Cell]]) -> dict[int, str]:
    """The first column under which mostly words stand: a header often leaves the names' place empty."""
    for column in range(max((len(row) for row in below), default=0)):
        cells = [row[column] for row in below if column < len(row) and row[column] is not None]
        texts = [cell for cell in cells if isinstance(cell, str) and words(cell) and numbers.number(cell) is None]
        if column not in columns and cells and len(texts) * 2 > len(cells):
            return {column: NAME}
    return {}
