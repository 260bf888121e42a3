"""Numbers as people write them: decimal comma, percent sign, "61 / 100"."""

import re
import unicodedata
from decimal import Decimal

from teams.rules.measure import MOST, PILLAR_MOST, rounded
from teams.rules.sentences import Sentence
from teams.rules.sheets.cells import LONGEST, Cell, shown

NOTHING = {"", "-", "–", "—", "n/a", "na", "n.a.", "none", "null", "k.a.", "#n/a", "?", "."}
"""What people write where there is no number."""
_WRITTEN = re.compile(r"(\d{1,4})(?:[.,](\d{1,6}))?\s*(?:%|/\s*(?:100|25)|pts?\.?|points?)?")
_OF_A_PART, _OF_A_WHOLE = re.compile(r"/\s*25\s*$"), re.compile(r"(?:%|/\s*100)\s*$")
"""Behind the points of a pillar, and behind a score: neither is the other."""


_ERROR = re.compile(r"#[^\s\d#]{2,12}[!?/][^\s\d#]{0,2}|#[A-Z]{2,5}")
"""What spreadsheets show for a formula that fails: #REF!, #¡VALOR!, #NAME?, #N/D, #NV."""


class NotANumber(ValueError):
    """Its text says what to write instead."""


def is_nothing(cell: Cell) -> bool:
    """Whether a cell says that there is no number."""
    return cell is None or (isinstance(cell, str) and cell.strip().lower() in NOTHING)


def is_error(cell: Cell) -> bool:
    """Whether a cell says that its formula fails."""
    return isinstance(cell, str) and bool(_ERROR.fullmatch(cell))


def number(cell: Cell) -> Decimal | None:
    """The number that a cell holds; None where it holds none that can be a score or a part of one."""
    if isinstance(cell, Decimal):
        return cell if cell.is_finite() else None
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return None
    match = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", cell).strip().lower())
    return Decimal(f"{match[1]}.{match[2] or 0}") if match else None


def total(cell: Cell) -> int:
    """The score in a cell, rounded half up; NotANumber with a sentence for anything else."""
    value = None if _ends(cell, _OF_A_PART) else number(cell)
    _check_formula(cell)
    if value is None or not 0 <= value <= MOST:
        raise NotANumber(Sentence("“%(cell)s” is not a score. Write a number from 0 to 100.", cell=shown(cell)))
    if 0 < value < 1:
        raise NotANumber(share(shown(cell)))
    return rounded(value)


def share(cell: str) -> Sentence:
    """The sentence for a cell with a fraction, such as 0.61, where a score should stand."""
    return Sentence("“%(cell)s” looks like a share. Write the score as LinkedIn shows it, such as 61.", cell=cell)


def points(cell: Cell) -> Decimal:
    """A pillar's points in a cell, to three decimals; NotANumber with a sentence for anything else."""
    value = None if _ends(cell, _OF_A_WHOLE) else number(cell)
    _check_formula(cell)
    if value is None or not 0 <= value <= PILLAR_MOST:
        raise NotANumber(
            Sentence("“%(cell)s” is not a part of a score. Write a number from 0 to 25.", cell=shown(cell))
        )
    return round(value, 3)


def _ends(cell: Cell, pattern: re.Pattern[str]) -> bool:
    """Whether a text ends with a pattern, in whatever form its signs are written."""
    return isinstance(cell, str) and bool(pattern.search(unicodedata.normalize("NFKC", cell[-LONGEST:])))


def _check_formula(cell: Cell) -> None:
    """NotANumber where a workbook has a formula whose result was never stored."""
    if isinstance(cell, str) and cell.startswith("="):
        raise NotANumber(
            Sentence(
                "“%(cell)s” is a formula without its result. Open the file in your spreadsheet and save it.",
                cell=shown(cell),
            )
        )
