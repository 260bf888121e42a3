"""Months and days as people write them, in headers and in cells."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from teams.rules.months import Month
from teams.rules.sheets.cells import LONGEST, Cell, words
from teams.rules.sheets.month_names import NAMES

DMY, MDY, UNKNOWN, PLAIN = "dmy", "mdy", "", "any"
"""How days are written with numbers: 26/10/2026, 10/26/2026, nobody knows, or so that no order matters."""
TURNED = "!"
"""Behind an order: real days stand among texts, so those up to a month's 12th may have been turned on the way."""
YEARS = range(2014, 2100)
ALSO = {"mrz": 3, "maerz": 3, "сен": 9, "ноя": 11}
"""What people write besides."""
_LANGUAGES = [(name, number) for number, names in enumerate(NAMES, 1) for name in names.replace("ı", "i").split()]
DOUBTFUL = {name: {number for known, number in _LANGUAGES if known == name} for name, _ in _LANGUAGES}
DOUBTFUL = {name: numbers for name, numbers in DOUBTFUL.items() if len(numbers) > 1}
"""Names that are one month here and another there: listopad is November in Poland, and October in Croatia."""
NUMBERS = {name: number for name, number in _LANGUAGES if name not in DOUBTFUL} | ALSO
COUNTERS = {"月", "월", "thang", "thg"}
"""Beside the number of a month: 10月, Tháng 10."""
BESIDE = {
    *("ssi", "score", "total", "final", "actual", "ist", "of", "de", "del", "d", "r", "m"),
    *("г", "р", "年", "년", "nam", "日", "일"),
    *COUNTERS,
}
"""What may stand beside a month or a day, and says nothing else."""
ORDINALS = {"st", "nd", "rd", "th"}
_PARTS = re.compile(r"\d+|[^\d\s]+")
_EASTERN = str.maketrans({"年": "-", "년": "-", "月": "-", "월": "-", "日": " ", "일": " "})
_FIRST_SERIAL = date(1899, 12, 30).toordinal()
FIRST_DAY, FROM_1904 = 41_640, 1_462
"""The number of 1 January 2014, and how much smaller it is where days are counted from 1904."""
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]\.?m\.?)?(?:z| ?[+-]\d{2}:?\d{2}| utc| gmt)?"
_DAY = re.compile(rf"(\d{{1,4}}) ?([-./ ]) ?(\d{{1,2}}) ?[-./ ] ?(\d{{1,4}})(?:,?[ t]{{1,2}}{_TIME})?")


def month(cell: Cell, year: int | None = None, order: str = DMY) -> Month | None:
    """The month that a column's heading names, else None; without a year of its own it takes `year`, a title's."""
    if isinstance(cell, date):
        known = day(cell, order)
        return _month(known.year, known.month) if known else None
    if isinstance(cell, Decimal):
        return _of_serial(cell)
    whole = day(cell, order) if isinstance(cell, str) else None
    if whole:
        return _month(whole.year, whole.month)
    written = _parts(cell)
    parts = [part for part in written if part not in BESIDE]
    if len(parts) == 1 and year:
        is_counted = parts[0].isdecimal() and not COUNTERS.isdisjoint(written)
        return _month(year, NUMBERS.get(parts[0]) or (int(parts[0]) if is_counted else 0))
    if len(parts) == 1 and re.fullmatch(r"20\d{4}", parts[0]):
        return _month(int(parts[0][:4]), int(parts[0][4:]))
    return _of_two(*parts) if len(parts) == 2 else None


def is_bare(cell: Cell) -> bool:
    """Whether a header names a month without its year."""
    parts = [part for part in _parts(cell) if part not in BESIDE]
    return len(parts) == 1 and month(cell) is None and month(cell, YEARS[0]) is not None


def has_short_year(cell: Cell) -> bool:
    """Whether a header such as Nov 16 may be a month of 2016, or the 16th."""
    parts = [part for part in _parts(cell) if part not in BESIDE]
    return len(parts) == 2 and parts[0] in NUMBERS and parts[1].isdecimal() and len(parts[1]) < 3


def doubtful(cell: Cell, year: int | None = None) -> set[Month]:
    """The months that a header may name whose word is one month here and another there."""
    parts = [part for part in _parts(cell) if part not in BESIDE]
    names = [part for part in parts if part in DOUBTFUL]
    if len(names) != 1 or len(parts) > 2:
        return set()
    of = next((_full(part) for part in parts if part.isdecimal()), year or 0)
    return {month for number in DOUBTFUL[names[0]] if (month := _month(of, number))}


def without_year(cell: Cell, year: int | None) -> date | None:
    """The day of the year given that a header such as 16 Nov or Nov 16th names."""
    parts = [part for part in _parts(cell) if part not in BESIDE | ORDINALS]
    names = [part for part in parts if part in NUMBERS]
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) < 3]
    if len(parts) == 2 and len(names) == len(numbers) == 1 and year:
        return _date(year, NUMBERS[names[0]], numbers[0])
    return None


def year(cell: Cell) -> int | None:
    """The year that a title names; none where it names several, as 2025/26 does."""
    text = cell if isinstance(cell, str) else str(cell or "")
    if "20" not in text or len(text) > LONGEST:
        return None
    years = {int(each) for each in re.findall(r"(?<!\d)20\d\d(?!\d)", text)}
    is_range = re.search(r"(?<!\d)20\d\d ?[-/–] ?\d\d(?![\d/-]|\.\d)", text)
    return min(years) if len(years) == 1 and not is_range and years <= set(YEARS) else None


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
    parts = [part for part in _parts(text) if part not in BESIDE | ORDINALS]
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
    days_found = re.findall(r"(20\d\d)[-_.](\d\d)[-_.](\d\d)", file_name)
    return _date(*(int(part) for part in days_found[-1])) if days_found else None


def _spaced(cell: str | None) -> str:
    """A text in small letters with single spaces, as 2026-10-05 where it is 2026年10月5日; none where it is long."""
    text = cell.lower().translate(_EASTERN) if cell and len(cell) <= LONGEST else ""
    return " ".join(text.split()).removesuffix(".")


def _parts(cell: Cell) -> list[str]:
    """The words and the numbers of a cell."""
    return _PARTS.findall(words(cell).replace("ı", "i"))


def _of_two(first: str, second: str) -> Month | None:
    """Nov and 2026, Nov and 26, 11 and 26, 2026 and 11: whichever is the name or the year. 16 Nov is a day."""
    if second in NUMBERS and len(first) == 4:
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
    return _month(whole.year, whole.month) if whole else None


def since_1900(cell: Cell) -> Cell:
    """A cell of a workbook that counts days from 1904, as one that counts from 1900; what is no day stays as it is."""
    return cell + FROM_1904 if isinstance(cell, Decimal) and cell >= FIRST_DAY - FROM_1904 else cell


def _serial_day(cell: Decimal) -> date | None:
    """A day that lost its format: spreadsheets count days since 1900."""
    return date.fromordinal(_FIRST_SERIAL + int(cell)) if FIRST_DAY <= cell < 73_000 else None


def _date(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day) if year in YEARS else None
    except ValueError:
        return None
