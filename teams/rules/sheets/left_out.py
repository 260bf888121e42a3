"""What of a table is not read, and is pointed out: columns with numbers, and whatever a workbook hides."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from teams.rules.measure import Pillar
from teams.rules.sheets import numbers
from teams.rules.sheets.cells import letters
from teams.rules.sheets.headings import ASKED, TOTAL, asked_where_twice, is_month
from teams.rules.sheets.kinds import Layout, Row, TableKind
from teams.rules.sheets.no_scores import other_title


def without_hidden(layout: Layout, hidden: Collection[int]) -> Layout:
    """A layout that takes no figures from hidden columns; names, addresses and days count from there, too."""
    columns = {column: what for column, what in layout.columns.items() if column not in hidden or not _is_figure(what)}
    if len(columns) == len(layout.columns):
        return layout
    plain = {column: what.removeprefix(ASKED) if _is_figure(what) else what for column, what in columns.items()}
    return replace(layout, columns=asked_where_twice(plain))


def title_of_others(rows: Iterable[Row], layout: Layout, tab: str, file_name: str = "") -> str:
    """The title of a table, its tab or its file that says that it holds targets and the like; LinkedIn's never do."""
    if layout.kind == TableKind.SALES_NAVIGATOR:
        return ""
    above = [cells for number, cells in rows if number < layout.header]
    return other_title(tab, file_name, above, has_months=layout.kind == TableKind.SHEET)


def number_columns(rows: Iterable[Row], header: int) -> list[int]:
    """The columns that hold numbers below the headings."""
    below = [cells for number, cells in rows if number > header]
    return sorted({at for cells in below for at, cell in enumerate(cells) if numbers.number(cell) is not None})


def named_columns(columns: Iterable[int], headings: Sequence[str]) -> list[str]:
    """Columns as people find them: `B (augusti 2026)`, or only `B` where nothing stands above."""
    heads = {column: headings[column] if column < len(headings) else "" for column in columns}
    return [f"{letters(column)} ({head})" if head else letters(column) for column, head in heads.items()]


def _is_figure(what: str) -> bool:
    return is_month(what) or what.removeprefix(ASKED) in (TOTAL, *Pillar)
