"""What a cell of a spreadsheet may hold, where it stands, and its words in one spelling."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

Cell = str | Decimal | date | None
"""A reader gives texts without outer spaces, numbers, days, and None for what is empty."""
LONGEST = 400
"""Characters of a cell that can be a heading, a number or a day: nothing looks for such in more."""
_SIGNS = re.compile(r"[\W_]+")
_END_OF_CYRILLIC = "\N{ARMENIAN CAPITAL LETTER AYB}"
"""Latin, Greek and Cyrillic letters, taken apart from their marks, stand before it."""


def address(row: int, column: int) -> str:
    """Where a cell stands, as spreadsheets write it: row 7 and the third column are C7."""
    return f"{letters(column)}{row}"


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A to Z, AA, AB …"""
    rest_of_number, column_letters = column + 1, ""
    while rest_of_number:
        rest_of_number, rest = divmod(rest_of_number - 1, 26)
        column_letters = chr(ord("A") + rest) + column_letters
    return column_letters


def words(cell: Cell) -> str:
    """The text of a cell in small letters, without accents and signs, with single spaces; none where it is long.

    Only Latin, Greek and Cyrillic letters lose their marks: elsewhere a mark is a vowel, and tells मीना from मोना.
    """
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return ""
    plain = cell.casefold()
    return " ".join((_SIGNS.sub(" ", plain) if plain.isascii() else _letters(plain)).split())


def _letters(text: str) -> str:
    """Letters, digits and the marks that belong to them; a space for every other character."""
    kept, bare = [], False
    for part in unicodedata.normalize("NFKD", text):
        kind = unicodedata.category(part)
        if kind[0] == "L":
            bare = part < _END_OF_CYRILLIC
        if kind[0] in "LN" or (kind[0] == "M" and not bare):
            kept.append(part)
        elif kind[0] != "M" and kind != "Cf":
            kept.append(" ")
    return unicodedata.normalize("NFC", "".join(kept))


def shown(cell: Cell) -> str:
    """A cell as a sentence may quote it, cut where it is long."""
    text = str(cell)
    return text if len(text) <= 40 else f"{text[:39]}…"
