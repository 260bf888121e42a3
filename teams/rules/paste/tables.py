"""Scores from rows that were copied from a sheet, a tracker or a note: labels above numbers, or beside several."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import islice

from teams.rules.measure import Pillar, total_of
from teams.rules.paste import words
from teams.rules.paste.label_pairs import is_list
from teams.rules.paste.moments import is_goal, moment
from teams.rules.paste.result import GROUPS, Answer, Doubt, pillar_score, whole
from teams.rules.paste.tokens import either

Row = list[str]
Values = dict[str, Decimal | int]

MOST_TABLES = 12
MOST_ANSWERS = 12
"""The last answers of each table that are kept."""
FEWEST_CELLS = 3
MOST_CELLS = 60
MOST_ROWS = 200

_RULE = re.compile(r"[\s|:+=-]+")
_NUMBER = re.compile(r"(?:top )?[~=]?(\d{1,3}(?:[.,]\d{1,9})?)\s?(?:(?:/|out of|von|de|sur) ?(?:25|100)|%)?")
_SIGNED = re.compile(r"[+▲▼△▽↑↓±-]\s?\d.*")


def answers(folded: str) -> tuple[list[Answer], str]:
    """The answers of each table in a folded text, else of its only line, and the text without these tables."""
    lines = folded.split("\n")
    answers: list[Answer] = []
    for start, end, rows in islice(_tables(lines), MOST_TABLES):
        if table_answers := _by_column(rows) or _by_row(rows):
            answers += table_answers[-MOST_ANSWERS:]
            lines[start:end] = [""] * (end - start)
    return answers or _answers_of_only_line(lines), "\n".join(lines)


def _answers_of_only_line(lines: list[str]) -> list[Answer]:
    """The answer of a row without headings, where it is all that was pasted; empty otherwise."""
    filled = [line for line in lines if line.strip()]
    if len(filled) != 1:
        return []
    return next((answers for cells in _SPLITTERS if (answers := _bare_row(cells(filled[0])))), [])


def lacks_headings(folded: str) -> bool:
    """Whether a text is rows of a table, each with as many numbers as a reading has, and none with their labels."""
    lines = [line for line in folded.split("\n") if line.strip()][:MOST_ROWS]
    return bool(lines) and any(all(_numbers_in(cells(line)) > len(Pillar) for line in lines) for cells in _SPLITTERS)


def _numbers_in(row: Row) -> int:
    return sum(bool(_NUMBER.fullmatch(cell)) for cell in row)


# -- where the tables are ------------------------------------------------------------------------------


def _tables(lines: list[str]) -> Iterator[tuple[int, int, list[Row]]]:
    """Runs of two or more lines that are parted into cells by the same sign: first line, the one after, the rows."""
    for cells in _SPLITTERS:
        start, rows = 0, list[Row]()
        for at, line in enumerate([*lines, ""]):
            if "--" in line and _RULE.fullmatch(line):
                continue
            row = cells(line) if len(line) >= 2 * FEWEST_CELLS else []
            if len(row) >= FEWEST_CELLS:
                if not rows:
                    start = at
                if len(rows) < MOST_ROWS:
                    rows.append(row)
            else:
                if len(rows) > 1:
                    yield start, at, rows
                rows = []


def _splitter(sign: str) -> Callable[[str], Row]:
    return lambda line: [cell.strip(" *_") for cell in line.strip(" |" if sign == "|" else " ").split(sign)][
        :MOST_CELLS
    ]


def _by_spaces(line: str) -> Row:
    return [cell.strip() for cell in re.split(r" {2,}", line.strip())][:MOST_CELLS]


def _by_commas(line: str) -> Row:
    if line.count(",") < FEWEST_CELLS or '""' in line:
        return []
    return [cell.strip() for cell in next(csv.reader([line]), [])][:MOST_CELLS]


_SPLITTERS = (_splitter("\t"), _splitter("|"), _splitter(";"), _by_spaces, _by_commas)


# -- what their cells mean -----------------------------------------------------------------------------


def _phrase_pattern(phrases: tuple[str, ...] | list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W\d_]){either(phrases)}")


_LABELS = {pillar.value: _phrase_pattern(words.LABELS[pillar]) for pillar in Pillar}
_STEMS = {pillar.value: _phrase_pattern(words.STEMS[pillar]) for pillar in Pillar}
_GROUP_PATTERNS = {group: _phrase_pattern(words.GROUPS[group]) for group in words.GROUPS}
_AVERAGE, _RANK, _ME = (
    _phrase_pattern(words.AVERAGES),
    _phrase_pattern([*words.RANKS, *words.TOPS, "%"]),
    _phrase_pattern(words.ME),
)
_DAY = re.compile(r"date|day|datum|tag|fecha|data|dia|jour|taken on|read on|дата")
_INDEX = re.compile(r"(?<!\w)(?:ssi|index|indice)(?!\w)")
_TOTAL = re.compile(r"(?:overall|total|gesamt)? ?(?:total|overall|score|points|punkte|gesamt|wert)")
_CHANGE = re.compile(r"(?<![^\W\d_])(?:change|delta|diff|difference|gain|veranderung|cambio|ecart|variacao)|[Δδ±]|\+/-")


def _meaning(cell: str) -> str:
    """The field that a label names: a pillar, "total", "industry_rank" and its like; "" for any other."""
    if _CHANGE.search(cell) or is_goal(cell) or len(cell) > 80:
        return ""
    for group, stems in _GROUP_PATTERNS.items():
        if stems.search(cell):
            kind = "rank" if _RANK.search(cell) else "average" if _AVERAGE.search(cell) else ""
            return f"{group}_{kind}" if kind and group in GROUPS else ""
    if _AVERAGE.search(cell):
        return ""
    labelled = [name for name, label in _LABELS.items() if label.search(cell)]
    short = [name for name, stems in _STEMS.items() if stems.search(cell)] if len(cell.split()) < 5 else []
    if len(labelled or short) == 1:
        return (labelled or short)[0]
    return "total" if not short and (_INDEX.search(cell) or _TOTAL.fullmatch(cell)) else ""


def _unique_meanings(cells: Row) -> list[str]:
    """The field that each label names; "" also where two of them name the same."""
    names = [_meaning(cell) for cell in cells]
    return [name if names.count(name) == 1 else "" for name in names]


def _value(name: str, cell: str) -> Decimal | int | None:
    number = _NUMBER.fullmatch(cell)
    if not number or (name in _LABELS and cell.endswith("%")):
        return None
    value = Decimal(number.group(1).replace(",", "."))
    return pillar_score(value) if name in _LABELS else whole(value, least=1 if name.endswith("rank") else 0)


def _is_somebody_elses(cell: str) -> bool:
    return bool(_AVERAGE.search(cell) or any(group.search(cell) for group in _GROUP_PATTERNS.values()))


# -- reading them --------------------------------------------------------------------------------------


def _bare_row(row: Row) -> list[Answer]:
    """The answer of a row without headings, by its order and marked: a total beside the four that make it."""
    answers: list[Answer] = []
    for at in range(len(row) - len(Pillar)):
        five = row[at : at + len(Pillar) + 1]
        for total, four in ((five[0], five[1:]), (five[-1], five[:-1])):
            scores = {pillar: _value(pillar, cell) for pillar, cell in zip(Pillar, four, strict=True)}
            sum_of_four = total_of(scores)
            has_decimals = any(score % 1 for score in scores.values() if score)
            if sum_of_four is not None and sum_of_four == _value("total", total) and has_decimals:
                values = {
                    "total": sum_of_four,
                    **{name.value: score for name, score in scores.items() if score is not None},
                }
                answers.append(Answer(values, dict.fromkeys(values, Doubt.ORDER)))
    return answers if len(answers) == 1 else []


def _by_column(rows: list[Row]) -> list[Answer]:
    """One answer for each row under a row of labels, and none for a row that has more cells."""
    for at, header in enumerate(rows[:5]):
        names = _unique_meanings(header)
        if len(set(names) & _LABELS.keys()) > 2:
            return [
                _answer(values, " ".join(cell for cell, head in zip(row, header, strict=False) if _DAY.fullmatch(head)))
                for row in rows[at + 1 :]
                if len(row) <= len(header)
                and (values := _values(zip(names, row, strict=False)))
                and not _is_left_out(row, names)
            ]
    return []


def _is_left_out(row: Row, names: list[str]) -> bool:
    texts = [cell for name, cell in zip(names, row, strict=False) if not name]
    return any(is_goal(text) or _is_somebody_elses(text) or _CHANGE.search(text) for text in texts[:3])


def _values(pairs: Iterable[tuple[str, str]]) -> Values:
    values = {name: value for name, cell in pairs if name and (value := _value(name, cell)) is not None}
    pillars = {name: value for name, value in values.items() if name in _LABELS}
    return {} if not pillars or (is_list(pillars) and "total" not in values) else values


def _by_row(rows: list[Row]) -> list[Answer]:
    """One answer for each column beside a column of labels; the others' columns give their averages."""
    at = next((at for at in range(3) if len({_meaning(row[at]) for row in rows} & _LABELS.keys()) > 2), None)
    if at is None:
        return []
    names = _unique_meanings([row[at] for row in rows])
    header = next((row for row, name in zip(rows, names, strict=True) if not name), [])
    if any(_NUMBER.fullmatch(cell) for cell in header):
        header = []
    columns: dict[int, Values] = {}
    for column in range(at + 1, max(map(len, rows))):
        cells = [(name, row[column]) for name, row in zip(names, rows, strict=True) if column < len(row)]
        signed = any(_SIGNED.fullmatch(cell) for _, cell in cells)
        if not signed and (values := _values(cells)):
            columns[column] = values
    heads = {column: header[column] if column < len(header) else "" for column in columns}
    averages = _averages(columns, heads)
    return [_answer(columns[at] | averages, heads[at]) for at in _own_columns(columns, heads)]


def _averages(columns: dict[int, Values], heads: dict[int, str]) -> Values:
    """The averages of industry and network, which are the totals of their columns."""
    averages: Values = {}
    for column, head in heads.items():
        for group in GROUPS:
            if _GROUP_PATTERNS[group].search(head) and "total" in columns[column]:
                averages[f"{group}_average"] = columns[column]["total"]
    return averages


def _own_columns(columns: dict[int, Values], heads: dict[int, str]) -> list[int]:
    """The fullest columns that may be the member's: headed "me" where one is, else nobody else's and no goal."""
    unclaimed = [
        at for at, head in heads.items() if not (is_goal(head) or _is_somebody_elses(head) or _CHANGE.search(head))
    ]
    own_columns = [at for at in unclaimed if _ME.search(heads[at])] or unclaimed
    fullest = max((len(columns[at]) for at in own_columns), default=0)
    return [at for at in own_columns if len(columns[at]) == fullest]


def _answer(values: Values, day_text: str) -> Answer:
    return Answer(values, {}, moment(day_text))
