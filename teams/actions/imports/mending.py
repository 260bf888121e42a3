"""Cells that somebody mended in the preview: what they wrote stands in the cell's place."""

from collections.abc import Sequence
from typing import Any

from teams.models import ImportSheet
from teams.rules.sheets.cells import Cell

LONGEST_TEXT = 100


def column_of(address: str) -> int:
    """The column of a cell such as C7, counted from 0."""
    column = 0
    for letter in address.rstrip("0123456789"):
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def text_in(cells: Sequence[Cell], address: str) -> str:
    """What stands in a cell of a row, to be mended."""
    column = column_of(address)
    cell = cells[column] if column < len(cells) else None
    return "" if cell is None else str(cell)[:LONGEST_TEXT]


def mended(tab: ImportSheet, number: int, cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells of a tab's row with what somebody wrote over them in the preview; as they were where nobody did."""
    written: dict[str, Any] = tab.mended.get(str(number), {})
    if not written:
        return cells
    width = max(len(cells), 1 + max(map(int, written)))
    row = [*cells, *[None] * (width - len(cells))]
    for column, text in written.items():
        row[int(column)] = text.strip() or None
    return row
