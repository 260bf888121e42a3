"""Which column means what, from the words above it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.sheets import days
from teams.rules.sheets.cells import LONGEST, Cell, words

NAME, LAST_NAME, EMAIL, DATE, MONTH, TOTAL, NOTE = "name", "last_name", "email", "date", "month", "total", "note"
COUNTS, DAY_UNKNOWN = "counts", "day_unknown"
MEANINGS = [NAME, LAST_NAME, EMAIL, DATE, MONTH, TOTAL, *Pillar, NOTE, COUNTS, DAY_UNKNOWN]
"""What a column may mean, besides one month such as 2026-11."""
WHOSE = (NAME, LAST_NAME, EMAIL)
GIVEN = (
    *("first name", "firstname", "given name", "forename", "vorname", "rufname", "prenom", "primeiro nome", "voornaam"),
    *("imie", "fornamn", "fornavn", "etunimi", "jmeno", "krstne meno", "keresztnev", "prenume", "adı", "ad", "имя"),
    *("ім я", "ονομα", "名"),
)
"""Over first names. Beside one of them, a bare `name` is the family's."""
WORDS: dict[str, tuple[str, ...]] = {
    NAME: (
        *(
            "name",
            "rep",
            "full name",
            "member",
            "person",
            "employee",
            "colleague",
            "who",
            "seller",
            "user",
            "seat holder",
        ),
        *("sales rep", "salesperson", "mitarbeiter", "mitarbeiterin", "verkaufer", "vertriebler", "nom", "prenom nom"),
        *("nom complet", "commercial", "vendeur", "nombre", "vendedor", "comercial", "nome", "colaborador", "naam"),
        *("venditore", "imie i nazwisko", "rep name", "member name", "user name", "vor und nachname"),
        *(
            "display name",
            "anzeigename",
            "nom affiche",
            "nombre completo",
            "namn",
            "navn",
            "nimi",
            "nev",
            "nume",
            "ime",
        ),
        *("фио", "ονοματεπωνυμο", "姓名", "氏名", "名前", "이름", "성명", "ad soyad"),
        *GIVEN,
    ),
    LAST_NAME: (
        *("last name", "lastname", "surname", "family name", "nachname", "nom de famille", "apellido", "apellidos"),
        *("sobrenome", "cognome", "achternaam", "nazwisko", "фамилия", "familienname", "efternamn", "etternavn"),
        *("efternavn", "sukunimi", "prijmeni", "priezvisko", "vezeteknev", "nume de familie", "prezime", "priimek"),
        *("soyad", "soyadı", "прізвище", "επωνυμο", "姓", "성"),
    ),
    EMAIL: (
        *("email", "e mail", "mail", "email address", "e mail address", "invited email address", "e mail adresse"),
        *("adresse e mail", "adresse mail", "courriel", "correo", "correo electronico", "e mail adres", "emailadresse"),
    ),
    DATE: (
        *("date", "day", "taken on", "read on", "datum", "tag", "jour", "fecha", "dia", "data", "giorno", "дата"),
        *("date of reading", "reading date", "timestamp", "measured on", "zeitstempel", "am"),
        *("abgelesen am", "releve le", "leida el"),
    ),
    MONTH: ("month", "period", "monat", "mois", "mes", "mese", "maand", "miesiac", "месяц", "zeitraum", "periode"),
    TOTAL: (
        *(
            "score",
            "ssi",
            "ssi score",
            "total",
            "total score",
            "overall",
            "overall score",
            "ssi overall score",
            "points",
        ),
        *("social selling index", "social selling index score", "gesamt", "gesamtwert", "punkte", "wert", "ssi wert"),
        *("punktzahl", "score total", "score ssi", "note ssi", "puntuacion", "puntuacion total", "pontuacao"),
        *("pontuacao total", "punteggio", "wynik", "балл", "current ssi", "ssi total", "index"),
    ),
    Pillar.BRAND: (
        *("brand", "professional brand", "establish your professional brand", "ssi establish your professional brand"),
        *("establish brand", "marke", "professionelle marke", "marque", "marque professionnelle", "marca"),
        *("marca profesional", "marca profissional", "marchio"),
    ),
    Pillar.PEOPLE: (
        *("people", "right people", "find the right people", "ssi find the right people", "find people", "personen"),
        *("die richtigen personen", "richtige personen", "bonnes personnes", "personas", "personas adecuadas"),
        *("pessoas", "pessoas certas"),
    ),
    Pillar.INSIGHTS: (
        *("insights", "engage with insights", "ssi engage with insights", "engage", "engagement", "einblicke"),
        *("informations", "informacion"),
    ),
    Pillar.RELATIONSHIPS: (
        *(
            "relationships",
            "build relationships",
            "ssi build relationships",
            "relationship",
            "beziehungen",
            "relations",
        ),
        *("relaciones", "relacionamentos", "relazioni"),
    ),
    NOTE: ("note", "notes", "comment", "comments", "remark", "bemerkung", "notiz", "commentaire", "nota", "comentario"),
    COUNTS: ("counts", "zahlt", "compte", "cuenta"),
    DAY_UNKNOWN: ("day unknown", "tag unbekannt", "jour inconnu", "dia desconocido"),
}
ASKED = "?"
"""Before what a column may mean: another one may, too."""
_SIGNED = re.compile("[\N{INCREMENT}\N{GREEK CAPITAL LETTER DELTA}±#↑↓▲▼]|\\+ ?/ ?[-–−]")
_MEANING = {spelling: meaning for meaning, spellings in WORDS.items() for spelling in spellings}


def meaning(cell: Cell) -> str:
    """What a column with this heading means, one of MEANINGS; nothing where its words are unknown."""
    return _MEANING.get(words(cell), "")


def meanings(
    header: Sequence[Cell], above: Sequence[Sequence[Cell]] = (), remembered: Mapping[str, str] | None = None
) -> dict[int, str]:
    """What each column means: a meaning, or a month such as 2026-11; columns of unknown words are left out.

    `above` are the rows over the header, whose year a bare "Nov" takes; `remembered` what people corrected before.
    Two columns of one meaning are to be asked about; a second table beside the first is left out.
    """
    written = order_of(header)
    end = _end_of_table(header)
    months = _months(header[:end], above, written)
    meaning_by_column: dict[int, str] = {}
    for column, cell in enumerate(header[:end]):
        known = (remembered or {}).get(words(cell)) if isinstance(cell, str) else None
        heading_meaning = known if known is not None else months.get(column) or meaning(cell)
        is_figure = heading_meaning and (is_month(heading_meaning) or heading_meaning in (TOTAL, *Pillar))
        if heading_meaning and not (is_figure and is_signed(cell) and known is None):
            meaning_by_column[column] = heading_meaning
    return asked_where_twice(meaning_by_column | _whole_days(meaning_by_column, header, written))


def _months(header: Sequence[Cell], above: Sequence[Sequence[Cell]], order: str) -> dict[int, str]:
    """The month, or the day, of each heading that names one, as the others beside it allow."""
    years = _years_above(len(header), above)
    months = [days.month(cell, year, order) for cell, year in zip(header, years, strict=True)]
    if not _is_in_order(month for cell, month in zip(header, months, strict=True) if days.is_bare(cell)):
        months = [None if days.is_bare(cell) else month for cell, month in zip(header, months, strict=True)]
    if _are_days(header):
        months = [None if days.has_short_year(cell) else month for cell, month in zip(header, months, strict=True)]
    month_by_column = {column: str(month) for column, month in enumerate(months) if month}
    for column, (cell, year) in enumerate(zip(header, years, strict=True)):
        may_be = days.doubtful(cell, year)
        free = {str(month) for month in may_be} - set(month_by_column.values())
        if column not in month_by_column and (day := days.without_year(cell, year)):
            month_by_column[column] = day.isoformat()
        elif len(free) == 1 < len(may_be):
            month_by_column[column] = free.pop()
    return month_by_column


def _is_in_order(months: Iterable[Month | None]) -> bool:
    """Whether months go forward, or backward: from December on to January they are of two years."""
    known = [month for month in months if month]
    return known in (sorted(known), sorted(known, reverse=True))


def _are_days(header: Sequence[Cell]) -> bool:
    """Whether headings such as Nov 16 are days: as months they would lie a year apart, or before anything is read."""
    months = [days.month(cell) for cell in header if days.has_short_year(cell)]
    known = [month for month in months if month]
    return len(known) < len(months) or any(abs(one.since(other)) >= 12 for one, other in pairwise(known))


def order_of(header: Sequence[Cell]) -> str:
    """How the days in a row of headings are written."""
    return days.order(cell for cell in header if isinstance(cell, str))


def _end_of_table(header: Sequence[Cell]) -> int:
    """The column where a second table begins beside the first: with people again, between figures."""
    figures = [column for column, cell in enumerate(header) if _is_figure(cell)]
    for name_column in (NAME, EMAIL):
        named = [column for column, cell in enumerate(header) if meaning(cell) == name_column]
        for column in named[1:]:
            if words(header[column]) == words(header[named[0]]) or (
                any(named[0] < figure < column for figure in figures) and any(figure > column for figure in figures)
            ):
                return column
    return len(header)


def _is_figure(cell: Cell) -> bool:
    """Whether a heading names a score, a part of it, or a month."""
    return meaning(cell) in (TOTAL, *Pillar) or days.month(cell) is not None or days.is_bare(cell)


def _whole_days(meaning_by_column: Mapping[int, str], header: Sequence[Cell], order: str) -> dict[int, str]:
    """The days of columns that are headed by days: not where each is the first or the last of a month of its own."""
    dated = {
        column: day
        for column in meaning_by_column
        if is_month(meaning_by_column[column])
        and not isinstance(header[column], Decimal)
        and (day := days.day(header[column], order))
    }
    months = [meaning_by_column[column] for column in dated]
    for_months = all(day.day == 1 for day in dated.values()) or all(
        day == Month.of(day).last_day for day in dated.values()
    )
    if for_months and len(set(months)) == len(months):
        return {}
    return {column: day.isoformat() for column, day in dated.items()}


def asked_where_twice(meaning_by_column: Mapping[int, str]) -> dict[int, str]:
    """What columns mean, the first of each meaning; two that may hold the same figures are to be asked about.

    Columns that say whose a row is stay as they are: what stands below them tells which of them do.
    """
    firsts: dict[str, int] = {}
    for column, what in meaning_by_column.items():
        firsts.setdefault(what, column)
    twice = {what for column, what in meaning_by_column.items() if firsts[what] != column}
    ambiguous = {what for what in twice if is_month(what) or what in (TOTAL, DATE, MONTH, *Pillar)}
    return {
        column: ASKED + what if what in ambiguous and not what.startswith(ASKED) else what
        for column, what in meaning_by_column.items()
        if what in ambiguous or what in WHOSE or firsts[what] == column
    }


def is_signed(cell: Cell) -> bool:
    """Whether a heading says by a sign that its figures are no scores: ∆ Oct, # Nov 2026, % Nov 2026, SSI +/-."""
    if not isinstance(cell, str) or len(cell) > LONGEST:
        return False
    return bool(_SIGNED.search(cell)) or ("%" in cell and any(map(str.isdecimal, cell)))


def is_month(meaning: str) -> bool:
    """Whether a column's meaning is one month, a day of it, or a part of its score: 2026-11, 2026-11-09 brand."""
    return meaning.removeprefix(ASKED)[:2].isdecimal()


def _years_above(width: int, above: Sequence[Sequence[Cell]]) -> list[int | None]:
    """The year over each column: in the nearest row that has one at its place or, as merged cells are, to its left."""
    years: list[int | None] = [None] * width
    for row in reversed(above):
        known = None
        for column in range(width):
            known = (days.year(row[column]) if column < len(row) else None) or known
            years[column] = years[column] or known
    return years
