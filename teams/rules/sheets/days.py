"""Months and days as people write them, in headers and in cells."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from teams.rules.months import Month
from teams.rules.sheets.cells import LONGEST, Cell, words

DMY, MDY, UNKNOWN, PLAIN = "dmy", "mdy", "", "any"
"""How days are written with numbers: 26/10/2026, 10/26/2026, nobody knows, or so that no order matters."""
TURNED = "!"
"""Behind an order: real days stand among texts, so those up to a month's 12th may have been turned on the way."""
YEARS = range(2014, 2100)
NAMES = (
    "january jan januar janvier janv enero ene janeiro gennaio gen januari styczen sty янв январь janner",
    "february feb februar fevrier fevr fev febrero fevereiro febbraio februari luty lut фев февраль",
    "march mar marz mrz maerz mars marzo marco maart mrt marzec март",
    "april apr avril avr abril abr aprile kwiecien kwi апр апрель",
    "may mai mayo maio maggio mag mei maj май",
    "june jun juni juin junio junho giugno giu czerwiec cze июн июнь",
    "july jul juli juillet juil julio julho luglio lug lipiec lip июл июль",
    "august aug aout agosto ago augustus sierpien sie авг август",
    "september sep sept septembre septiembre setembro set settembre wrzesien wrz сен сентябрь",
    "october oct oktober okt octobre octubre outubro out ottobre ott pazdziernik paz окт октябрь",
    "november nov novembre noviembre novembro listopad lis ноя ноябрь",
    "december dec dezember dez decembre diciembre dic dezembro dicembre grudzien gru дек декабрь",
)
"""January to December in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish and Russian."""
NUMBERS = {words(name): number for number, names in enumerate(NAMES, 1) for name in names.split()}
_FIRST_SERIAL = date(1899, 12, 30).toordinal()
_DAY = re.compile(
    r"(\d{1,4}) ?([-./ ]) ?(\d{1,2}) ?[-./ ] ?(\d{1,4})(?:[ t]{1,2}\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?"
)


def month(cell: Cell, year: int | None = None, order: str = DMY) -> Month | None:
    """The month that a header names; a name alone takes the year given, that of a title above. None for others."""
    if isinstance(cell, date):
        return _month(cell.year, cell.month)
    if isinstance(cell, Decimal):
        return _of_serial(cell)
    text = words(cell)
    whole = day(cell, order) if isinstance(cell, str) else None
    if whole:
        return _month(whole.year, whole.month)
    parts = [part for part in re.findall(r"\d+|[^\W\d_]+", text) if part not in ("ssi", "score", "de", "of", "total")]
    if len(parts) == 1 and parts[0] in NUMBERS and year:
        return _month(year, NUMBERS[parts[0]])
    if len(parts) == 1 and re.fullmatch(r"20\d{4}", parts[0]):
        return _month(int(parts[0][:4]), int(parts[0][4:]))
    return _of_two(*parts) if len(parts) == 2 else None


def year(cell: Cell) -> int | None:
    """The year that a title names."""
    found = re.search(r"\b20\d\d\b", cell if isinstance(cell, str) else str(cell or ""))
    return int(found[0]) if found and int(found[0]) in YEARS else None


def day(cell: Cell, order: str) -> date | None:
    """The day in a cell; `order` decides where a text could be read both ways, and nothing is read against it."""
    if isinstance(cell, date):
        return None if TURNED in order and cell.day <= 12 and cell.day != cell.month else cell
    if isinstance(cell, Decimal):
        return _serial_day(cell)
    text = _spaced(cell)
    match = _DAY.fullmatch(text)
    if match:
        return _numeric(match, order)
    parts = re.findall(r"\d+|[^\W\d_]+", words(text))
    parts = [part for part in parts if part not in ("de", "of", "st", "nd", "rd", "th")]
    if len(parts) != 3 or not any(part in NUMBERS for part in parts):
        return None
    name = next(part for part in parts if part in NUMBERS)
    numbers = [int(part) for part in parts if part.isdecimal()]
    if len(numbers) != 2:
        return None
    first, second = numbers if (parts[0].isdecimal() and len(parts[0]) < 4) or parts[0] == name else reversed(numbers)
    return _date(second, NUMBERS[name], first)


def order(cells: Iterable[Cell]) -> str:
    """How a column writes its days: the order that one of them proves; UNKNOWN where none does, or both do.

    With points between, the day comes first everywhere. Real days among texts are what is left of a file in the
    other order, whose days a spreadsheet turned as far as it could.
    """
    known = list(cells)
    matches = [match for cell in known if isinstance(cell, str) and (match := _DAY.fullmatch(_spaced(cell)))]
    pairs = [(int(match[1]), int(match[3])) for match in matches if len(match[1]) < 4 and match[2] != "."]
    proved = {DMY for first, _ in pairs if first > 12} | {MDY for _, second in pairs if second > 12}
    if len(proved) == 1:
        is_mixed = any(isinstance(cell, date) and cell.day <= 12 for cell in known)
        return proved.pop() + TURNED * is_mixed
    return UNKNOWN if proved or any(first != second for first, second in pairs) else PLAIN


def readable_both_ways(cell: Cell) -> bool:
    """Whether a text is one day in one order, and another in the other."""
    return isinstance(cell, str) and day(cell, UNKNOWN) is None and bool(day(cell, DMY) and day(cell, MDY))


def last_day(file_name: str) -> date | None:
    """The last day of the range in a Sales Navigator export's name: `…_2025-01-01_to_2025-01-30.xlsx`."""
    found = re.findall(r"(20\d\d)[-_.](\d\d)[-_.](\d\d)", file_name)
    return _date(*(int(part) for part in found[-1])) if found else None


def _spaced(cell: str | None) -> str:
    """A text in small letters with single spaces; none where it is long."""
    return " ".join(cell.lower().split()) if cell and len(cell) <= LONGEST else ""


def _of_two(first: str, second: str) -> Month | None:
    """Nov and 2026, 11 and 26, 2026 and 11: whichever is the name or the year."""
    if second in NUMBERS:
        first, second = second, first
    if first in NUMBERS:
        return _month(_full(second), NUMBERS[first])
    if not (first.isdecimal() and second.isdecimal()):
        return None
    if len(first) == 4:
        first, second = second, first
    return _month(_full(second), int(first))


def _full(year: str) -> int:
    return 2000 + int(year) if len(year) == 2 and year.isdecimal() else int(year) if year.isdecimal() else 0


def _month(year: int, number: int) -> Month | None:
    return Month(year, number) if year in YEARS and 1 <= number <= 12 else None


def _numeric(match: re.Match[str], order: str) -> date | None:
    first, point, second, third = match.group(1, 2, 3, 4)
    if len(first) == 4:
        return _date(int(first), int(second), int(third))
    one, two, written = int(first), int(second), DMY if point == "." else order[:3]
    if written not in (DMY, MDY) and one != two:
        return None
    number, day = (one, two) if written == MDY else (two, one)
    return _date(_full(third), number, day) if len(third) in (2, 4) else None


def _of_serial(cell: Decimal) -> Month | None:
    if cell == cell.to_integral_value() and 201400 < cell < 210000:
        return _month(int(cell) // 100, int(cell) % 100)
    whole = _serial_day(cell)
    return whole and _month(whole.year, whole.month)


def _serial_day(cell: Decimal) -> date | None:
    """A day that lost its format: spreadsheets count days since 1900."""
    return date.fromordinal(_FIRST_SERIAL + int(cell)) if 41_640 <= cell < 73_000 else None


def _date(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day) if year in YEARS else None
    except ValueError:
        return None
