"""Business figures as people write them, and what each row of a table of them says."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from teams.rules.months import Month
from teams.rules.sheets import days, numbers
from teams.rules.sheets.cells import LONGEST, Cell, address, shown
from teams.rules.sheets.headings import DATE, EMAIL, LAST_NAME, MONTH, NAME, TOTAL, is_month
from teams.rules.sheets.kinds import Layout, TableKind, begins_another
from teams.rules.sheets.names import is_totals, person
from teams.rules.sheets.surplus import beyond_headings

COUNTED = (
    *("meetings", "deals", "revenue", "sales", "calls", "opportunities", "leads", "count", "number", "amount", "value"),
    *("figure", "figures", "termine", "abschlusse", "umsatz", "anzahl", "betrag", "rendez vous", "ventes"),
    *("chiffre d affaires", "nombre", "montant", "reuniones", "ventas", "ingresos", "importe"),
)
"""Headings over a column of figures, besides the counter's own name."""
LARGEST = Decimal("999999999999.99")
_CURRENCY = re.compile(r"^(?:[€$£¥]|[a-z]{3}(?=\d))|(?:[€$£¥]|(?<=\d)[a-z]{3})$")


class Problem(StrEnum):
    """What is wrong with a cell."""

    NOBODY = "nobody"
    NO_MONTH = "no_month"
    NO_FIGURE = "no_figure"
    BEYOND = "beyond"
    ANOTHER = "another"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """Somebody's figure of a month, with the cell that it stands in; or what is wrong there.

    `beyond` is what stands beyond the last heading, where that is the problem.
    """

    cell: str
    name: str
    email: str
    month: Month | None = None
    value: Decimal | None = None
    problem: Problem | None = None
    beyond: str = ""


def amount(cell: Cell) -> Decimal | None:
    """What is counted: 12, 1.250,50, 1,250.50, € 3 000; None for anything else, and for less than nothing.

    Exactly three digits after a single sign are thousands: nobody counts to the thousandth.
    """
    value = cell if isinstance(cell, Decimal) else _written(cell) if isinstance(cell, str) else None
    if value is None or not value.is_finite() or not 0 <= value <= LARGEST:
        return None
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def figures_in(row: int, cells: Sequence[Cell], layout: Layout) -> Iterator[FoundFigure]:
    """What a row below the header says; nothing for an empty row or the totals line."""
    cells = layout.dated(cells)
    at = {what: column for column, what in layout.columns.items() if column < len(cells)}
    name, mail = person(_text(cells, at.get(NAME)), _text(cells, at.get(LAST_NAME)), _text(cells, at.get(EMAIL)))
    columns = [column for what, column in sorted(at.items()) if (is_month(what) and " " not in what) or what == TOTAL]
    surplus = None if is_totals(name) else beyond_headings(cells, layout)
    if surplus is not None:
        beyond = shown(cells[surplus] or "")
        yield FoundFigure(address(row, surplus), name or mail, mail, problem=Problem.BEYOND, beyond=beyond)
        return
    if begins_another(cells, layout):
        yield FoundFigure(address(row, at.get(NAME, at.get(EMAIL, 0))), name, mail, problem=Problem.ANOTHER)
        return
    for column in columns:
        if is_totals(name) or numbers.is_nothing(cells[column]):
            continue
        month = _month(cells, column, layout, at)
        value = amount(cells[column])
        problem = None
        if not (name or mail):
            problem = Problem.NOBODY
        elif month is None:
            problem = Problem.NO_MONTH
        elif value is None:
            problem = Problem.NO_FIGURE
        elif layout.kind == TableKind.SHEET and _is_one_of_several(layout, column):
            problem = Problem.TWICE
        yield FoundFigure(address(row, column), name or mail, mail, month, value, problem)


def names_of_extremes(figures: Sequence[FoundFigure]) -> set[str]:
    """Max and Min, where each of their figures is just the highest, or the lowest, of the others of its month."""
    extremes = {"max": max, "min": min}
    own = {one.name: extremes[plain] for one in figures if not one.email and (plain := _plain(one.name)) in extremes}
    others: dict[Month | None, list[Decimal]] = {}
    for one in figures:
        if one.value is not None and _plain(one.name) not in extremes:
            others.setdefault(one.month, []).append(one.value)
    return {
        name
        for name, extreme in own.items()
        if all(
            one.month in others and one.value == extreme(others[one.month])
            for one in figures
            if one.name == name and one.value is not None
        )
    }


def _plain(name: str) -> str:
    return name.lower().rstrip(".")


def _is_one_of_several(layout: Layout, column: int) -> bool:
    """Whether another column is of the same month: weeks, which nobody has added up."""
    month = layout.columns[column][:7]
    return any(what[:7] == month and other != column and " " not in what for other, what in layout.columns.items())


def _month(cells: Sequence[Cell], column: int, layout: Layout, at: dict[str, int]) -> Month | None:
    if layout.kind == TableKind.SHEET:
        return Month.parse(layout.columns[column][:7])
    if MONTH in at and cells[at[MONTH]] is not None:
        return days.month(cells[at[MONTH]], order=layout.order)
    day = days.day(cells[at[DATE]], layout.order) if DATE in at else layout.day
    return Month.of(day) if day else days.month(cells[at[DATE]], order=layout.order) if DATE in at else None


def _written(text: str) -> Decimal | None:
    if len(text) > LONGEST:
        return None
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split()).replace("'", "").replace("’", "")
    plain = _CURRENCY.sub("", plain)
    if not re.fullmatch(r"\d[\d.,]*", plain) or len(plain) > 20:
        return None
    whole, sign, rest = plain.rpartition(max(".,", key=plain.rfind)) if re.search("[.,]", plain) else (plain, "", "")
    if sign and ((len(rest) == 3 and not whole.startswith("0")) or whole.count(sign)):
        whole, rest = whole + sign + rest, ""
    if not re.fullmatch(r"\d+|[1-9]\d{0,2}([.,]\d{3})+", whole) or len(set(re.findall("[.,]", whole))) > 1:
        return None
    return Decimal(f"{re.sub('[.,]', '', whole)}.{rest or 0}")


def _text(cells: Sequence[Cell], column: int | None) -> str:
    cell = cells[column] if column is not None else None
    return "" if cell is None else str(cell).strip()
