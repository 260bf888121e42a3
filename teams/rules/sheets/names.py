"""Names as people write them: "Doe, Jane" is Jane Doe, with or without accents and capitals."""

import re

from teams.rules.sheets.cells import words

TOTALS = {
    *(
        "total",
        "totals",
        "sum",
        "average",
        "avg",
        "mean",
        "median",
        "team average",
        "team total",
        "team",
        "grand total",
        "subtotal",
    ),
    *("summe", "gesamt", "durchschnitt", "mittelwert", "schnitt", "insgesamt", "zwischensumme", "teamdurchschnitt"),
    *("somme", "moyenne", "media", "promedio", "soma", "totale", "totaal", "gemiddelde", "srednia", "mediane"),
}
"""What stands at the bottom of a sheet where a name would. Nothing that is a name: Max, Min and Suma are people."""
LONGEST, LONGEST_EMAIL = 100, 254


def turned(name: str) -> str:
    """A name in the order in which it is spoken: "Doe, Jane" becomes "Jane Doe"."""
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and last and "," not in first else " ".join(name.split())


def key(name: str) -> str:
    """What two spellings of one name share: its words without accents and capitals, in the order of letters."""
    return " ".join(sorted(words(name).split())) or name.strip().casefold()


def is_totals(name: str) -> bool:
    """Whether this is no person but the sheet's own last line."""
    return words(name) in TOTALS


def email(text: str) -> str:
    """The address in a cell in small letters; nothing where it is none."""
    found = text.strip().lower()
    return found if len(found) <= LONGEST_EMAIL and re.fullmatch(r"[^@\s]+@[^@\s.]+\.[^@\s]+", found) else ""
