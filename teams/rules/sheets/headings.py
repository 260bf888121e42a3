"""Which column means what, from the words above it."""

from collections.abc import Mapping, Sequence

from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.sheets import days
from teams.rules.sheets.cells import LONGEST, Cell, words

NAME, LAST_NAME, EMAIL, DATE, MONTH, TOTAL, NOTE = "name", "last_name", "email", "date", "month", "total", "note"
MEANINGS = [NAME, LAST_NAME, EMAIL, DATE, MONTH, TOTAL, *Pillar, NOTE]
"""What a column may mean, besides one month such as 2026-11."""
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
        *("venditore", "imie i nazwisko", "имя", "rep name", "member name", "user name", "vor und nachname"),
        *("first name", "firstname", "given name", "vorname", "prenom", "primeiro nome", "voornaam", "imie"),
    ),
    LAST_NAME: (
        *("last name", "lastname", "surname", "family name", "nachname", "nom de famille", "apellido", "apellidos"),
        *("sobrenome", "cognome", "achternaam", "nazwisko", "фамилия"),
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
}
_MEANING = {spelling: meaning for meaning, spellings in WORDS.items() for spelling in spellings}


def meaning(cell: Cell) -> str:
    """What a column with this heading means, one of MEANINGS; nothing where its words are unknown."""
    return _MEANING.get(words(cell), "")


def meanings(
    header: Sequence[Cell], above: Sequence[Sequence[Cell]] = (), remembered: Mapping[str, str] | None = None
) -> dict[int, str]:
    """What each column means: a meaning, or a month such as 2026-11; columns of unknown words are left out.

    `above` are the rows over the header, whose year a bare "Nov" takes; `remembered` what people corrected before.
    A meaning belongs to the first column that has it.
    """
    found: dict[int, str] = {}
    turned = _month_first(header)
    for column, cell in enumerate(header):
        known = (remembered or {}).get(words(cell)) if isinstance(cell, str) else None
        month = None if known is not None else _month(cell, column, above, turned)
        said = known if known is not None else (str(month) if month else meaning(cell))
        if said and said not in found.values():
            found[column] = said
    return found


def is_month(said: str) -> bool:
    """Whether a column's meaning is one month."""
    return said[:2].isdecimal()


def _month(cell: Cell, column: int, above: Sequence[Sequence[Cell]], turned: bool) -> Month | None:
    if turned and isinstance(cell, str) and (day := days.day(cell, "mdy")):
        return Month.of(day)
    return days.month(cell, _year_above(column, above))


def _year_above(column: int, above: Sequence[Sequence[Cell]]) -> int | None:
    """The year over a column: in the rows above, at its place or, as merged cells are, to its left."""
    for row in reversed(above):
        for cell in reversed(row[: column + 1]):
            if found := days.year(cell):
                return found
    return None


def _month_first(header: Sequence[Cell]) -> bool:
    """Whether headers such as 10/01/2026, 11/01/2026 are first days, written the American way."""
    split = [
        cell.replace("-", "/").replace(".", "/").split("/")
        for cell in header
        if isinstance(cell, str) and len(cell) <= LONGEST
    ]
    written = [parts for parts in split if len(parts) == 3 and all(part.strip().isdecimal() for part in parts)]
    firsts, seconds = {parts[0] for parts in written}, {int(parts[1]) for parts in written}
    return len(firsts) > 1 and seconds == {1}
