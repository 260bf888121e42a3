"""Scores that were copied from a spreadsheet, beside the names of those whose they are."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.people.name_matching import Roster
from teams.rules.sheets.cells import Cell
from teams.rules.sheets.headings import NAME, TOTAL, meanings
from teams.rules.sheets.numbers import is_nothing, number

COLUMNS = [TOTAL, *Pillar]
"""What stands beside a name where no heading says otherwise."""
LONGEST = 40_000
"""Characters that are read."""
FIGURE = r"\d+(?:[.,]\d+)?"
PILLARS_TOO = rf"(?:(?:\s+|\s*;\s*){FIGURE}){{{len(Pillar)}}}"
WRITTEN = re.compile(
    rf"(?P<name>.*[^\W\d][.)]?)(?:\s*[:;,=]\s*|\s+(?:[-–—]\s+)?)(?P<figures>{FIGURE}(?:{PILLARS_TOO})?)\s*"
)
"""A line as somebody writes it into a mail, `Ben Roe: 55` or `Ben Roe 55`: a score, or a score and its pillars."""


@dataclass
class PlacedScores:
    """What each person's fields are filled with, by id and column; and the rows of which nothing is sure."""

    texts: dict[int, dict[str, str]] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def placed_scores(text: str, roster: Roster, month: Month, first: tuple[int, str] | None = None) -> PlacedScores:
    """Which scores a pasted text holds for whom, and the rows that are left out.

    A row counts where its name is certainly one person's and no other row names them. Of a sheet with a column for each
    month, the column of `month` counts. Rows without any name go to the people in their order: from the `first` person
    and column on, where all have room there; without `first` from the top, where they are as many as the people.
    """
    rows = [[cell.strip() for cell in line.split("\t")] for line in text[:LONGEST].splitlines() if line.strip()]
    if all(_is_figure(cell) for row in rows for cell in row):
        return _in_order(rows, list(roster.by_id), first)
    columns = {0: NAME} | dict(enumerate(COLUMNS, 1))
    if len(rows[0]) > 1 and _is_header(rows[0]):
        columns, rows = _columns(rows[0], month), rows[1:]
    else:
        rows = [_written(row) for row in rows]
    return _by_name(rows, columns, roster) if columns else PlacedScores(left_out=[" ".join(row) for row in rows])


def _written(row: list[str]) -> list[str]:
    """The cells of a row; of one without tabs its name and its figures."""
    match = WRITTEN.fullmatch(row[0]) if len(row) == 1 else None
    return [match["name"], *match["figures"].replace(";", " ").split()] if match else row


def _columns(header: Sequence[Cell], month: Month) -> dict[int, str]:
    """What the headings say; nothing where they do not name people and scores, each once."""
    column_meanings = meanings(header)
    meaning_by_column = {column: TOTAL if what == str(month) else what for column, what in column_meanings.items()}
    known = {column: what for column, what in meaning_by_column.items() if what in (NAME, *COLUMNS)}
    once = len(set(known.values())) == len(known)
    return known if once and NAME in known.values() and len(known) > 1 else {}


def _by_name(rows: list[list[str]], columns: Mapping[int, str], roster: Roster) -> PlacedScores:
    placed = PlacedScores()
    [name_at] = [column for column, what in columns.items() if what == NAME]
    named = [(roster.match(row[name_at]).person if name_at < len(row) else None, row) for row in rows]
    times = Counter(person.id for person, _ in named if person)
    for person, row in named:
        if person is None or times[person.id] > 1:
            placed.left_out.append(row[name_at] if name_at < len(row) else " ".join(row))
            continue
        cells = {columns[column]: cell for column, cell in enumerate(row) if column in columns and column != name_at}
        placed.texts[person.id] = {column: "" if is_nothing(cell) else cell for column, cell in cells.items()}
    return placed


def _in_order(rows: list[list[str]], people: list[int], first: tuple[int, str] | None) -> PlacedScores:
    """The rows one by one, as the people stand; none where they do not fit."""
    columns, fits = COLUMNS, len(rows) == len(people)
    if first and first[0] in people and first[1] in COLUMNS:
        people, columns = people[people.index(first[0]) :], COLUMNS[COLUMNS.index(first[1]) :]
        fits = len(rows) <= len(people) and all(len(row) <= len(columns) for row in rows)
    if not fits:
        return PlacedScores(left_out=[" ".join(row) for row in rows])
    return PlacedScores(
        {
            person: {column: "" if is_nothing(cell) else cell for column, cell in zip(columns, row, strict=False)}
            for person, row in zip(people, rows, strict=False)
        }
    )


def _is_header(row: Sequence[Cell]) -> bool:
    """Whether a row is headings: known words, or nothing that could be a score."""
    return NAME in meanings(row).values() or not any(number(cell) is not None for cell in row)


def _is_figure(cell: str) -> bool:
    return is_nothing(cell) or number(cell) is not None
