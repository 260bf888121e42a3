"""Which of several columns of names, or of addresses, says whose a row is."""

from collections.abc import Iterator, Mapping, Sequence

from teams.rules.sheets.cells import Cell, words
from teams.rules.sheets.headings import ASKED, EMAIL, GIVEN, LAST_NAME, NAME
from teams.rules.sheets.names import likeness, turned

FAMILY = {"name", "nom", "naam", "nome", "nombre", "nume", "namn", "navn", "nimi", "nev", "ime", "이름"}
"""Headings of whole names, or beside a first name of the family's."""


def whose_columns(
    columns: Mapping[int, str], header: Sequence[Cell], below: Sequence[Sequence[Cell]]
) -> dict[int, str]:
    """What each column means, with at most one of whole names, or one of first and one of last names.

    Where two columns could hold the name, both are marked as asked, so that somebody chooses.

    Of two columns with whole names either may be the one that the team uses, and only the first of two with the same
    addresses is needed.
    """
    meant = dict(columns)
    given = [column for column in _columns(columns, NAME) if column < len(header) and words(header[column]) in GIVEN]
    whole = [column for column in _columns(columns, NAME) if column not in given]
    last = _columns(columns, LAST_NAME)
    if len(given) == len(whole) == 1 and len(last) < 2:
        meant |= _beside_first_names(whole[0], given[0], last, header, below)
    elif len(given) > 1 or len(whole) > 1:
        meant |= dict.fromkeys([*given, *whole], ASKED + NAME)
    if len(last) > 1:
        meant |= dict.fromkeys(last, ASKED + LAST_NAME)
    emails = _columns(columns, EMAIL)
    if any(one != other for column in emails[1:] for one, other in _texts(below, emails[0], column)):
        meant |= dict.fromkeys(emails, ASKED + EMAIL)
    else:
        meant |= dict.fromkeys(emails[1:], "")
    return {column: what for column, what in meant.items() if what}


def _beside_first_names(
    whole: int, given: int, last: Sequence[int], header: Sequence[Cell], below: Sequence[Sequence[Cell]]
) -> dict[int, str]:
    """What a column of names and one of first names mean, as the rows say in which of them the other stands, too."""
    if last:
        names = [
            (likeness(turned(name)), likeness(" ".join(parts))) for name, *parts in _texts(below, whole, given, *last)
        ]
        return {whole: ""} if names and all(one == other for one, other in names) else _asked(whole, given)
    is_in = [set(likeness(first).split()) <= set(likeness(name).split()) for name, first in _texts(below, whole, given)]
    if is_in and all(is_in):
        return {given: ""}
    return {whole: LAST_NAME} if is_in and not any(is_in) and words(header[whole]) in FAMILY else _asked(whole, given)


def _asked(*columns: int) -> dict[int, str]:
    return dict.fromkeys(columns, ASKED + NAME)


def _columns(columns: Mapping[int, str], what: str) -> list[int]:
    return [column for column, meaning in sorted(columns.items()) if meaning == what]


def _texts(below: Sequence[Sequence[Cell]], *columns: int) -> Iterator[list[str]]:
    """The texts of some columns, of each row that has all of them."""
    for cells in below:
        texts = [cell for column in columns if column < len(cells) and isinstance(cell := cells[column], str)]
        if len(texts) == len(columns):
            yield texts
