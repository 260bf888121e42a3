"""Names and addresses as people write them: "Doe, Jane" is Jane Doe, "Example, MBA" is no first name."""

import re

from teams.rules.people.names import (
    ADDRESS_IN_TEXT,
    LONGEST_ADDRESS,
    WHOLE_ADDRESS,
    canonical_address,
    name_from_address,
    normalized_name,
)
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
SUMS = {
    *("average", "averages", "avg", "mean", "median", "total", "totals", "subtotal", "target", "targets", "goal"),
    *("goals", "quota", "benchmark", "baseline", "durchschnitt", "mittelwert", "summe", "gesamt", "zielwert", "ziel"),
    *("moyenne", "mediane", "objectif", "cible", "promedio", "objetivo", "objetivos", "meta", "gemiddelde", "totaal"),
    *("overall", "count", "deviation", "stdev", "std", "previous", "forecast", "anzahl", "mittel", "spitzenwert", "ø"),
    *("hochstwert", "tiefstwert", "vorjahr", "vormonat", "differenz", "abweichung", "ecart", "effectif", "recuento"),
    *("plan", "planned", "planwert", "budget", "budgets", "forecasts", "quotas", "variance", "difference", "change"),
    *("soll", "sollwert", "vorgabe", "zielvorgabe", "ziele", "prognose", "objectifs", "cibles", "prevision", "gap"),
    *("presupuesto", "diferencia", "obiettivo", "metas", "δ", "σ", "delta"),
    *("doel", "medio", "medie", "genomsnitt", "gennemsnit", "gjennomsnitt", "srednia", "keskiarvo", "ortalama"),
}
"""A name with one of these words may be a line of sums: whoever imports it is asked."""
SUM_NAMES = re.compile(
    r"(the )?(best|worst|top|bottom|highest|lowest|maximum|minimum|first|last|team|all|everybody|company|"
    r"beste|bester|hochste|hochster|niedrigste|meilleur|mejor|north|south|east|west)( \d{1,3}| of( the)? \w+)?"
    r"|team( \w+)+|(\w+ )+team|actual|ist|istwert|score|ssi|rank|ranking|trend|growth|progress|status|platz|rang"
)
"""The same of a whole name: Top 3, Best, Minimum. Max and Min are names of people."""
GENERATIONS = {"jr", "sr", "junior", "senior", "ii", "iii", "iv", "2nd", "3rd", "fils", "jun", "sen"}
"""What tells a daughter from her mother: it stays with the name."""
DEGREES = {
    *(
        "mba",
        "emba",
        "phd",
        "ph d",
        "md",
        "m d",
        "dds",
        "cpa",
        "cfa",
        "cma",
        "pmp",
        "esq",
        "msc",
        "m sc",
        "bsc",
        "b sc",
    ),
    *("meng", "beng", "llm", "llb", "jd", "mph", "mpa", "edd", "dba", "cissp", "csm", "sphr", "ceng", "bba", "mim"),
}
"""What people write behind a comma, in capitals, that is no part of the name."""
TITLES = {"dr", "prof", "mr", "mrs", "ms", "miss", "herr", "frau", "mme", "sra", "ing", "dipl", "mag", "sir"}
_NO_NAMES = TITLES | GENERATIONS | DEGREES
_BESIDE = re.compile(
    r"[(\[{<（【［][^()\[\]{}<>（）【】［］]*+[)\]}>）】］]|\s[-–—|/•·]\s.*|"
    r"\b(?:she|he|they|sie|er|elle|il|ella|él|iel)\s?/\s?[^\W\d_]++.*"
)
"""What people write beside a name: her pronouns, where somebody is, that he is on leave."""
_SEVERAL = re.compile(r"&|\s[+/]\s")
"""Between two people in one cell."""
_QUOTES = str.maketrans("’‘ʼ´`‐‑‒–", "'''''----")


def turned(name: str) -> str:
    """A name in the order in which it is spoken: "Doe, Jane" is Jane Doe, "King, Jr., Martin, MBA" Martin King Jr."""
    all_parts = [" ".join(part.split()) for part in name.split(",")]
    parts = [part for part in all_parts if part]
    names = parts[:1] + [part for part in parts[1:] if not _is_suffix(part)]
    generations = [part for part in parts[1:] if _is_suffix(part) and words(part) in GENERATIONS]
    if len(names) == 2 and len(parts) == len(all_parts):
        names = [f"{names[1]} {names[0]}"]
    return " ".join([", ".join(names), *generations])


def person(first: str, last: str, address: str) -> tuple[str, str]:
    """Somebody's name and address, from a row's cells: an address in the column of names is one, too."""
    mail = email(address) or email(first)
    has_both = last and spelling(turned(first)).endswith(f" {spelling(last)}")
    name = turned(without_email(first if has_both else " ".join(filter(None, [first, last]))))
    return (normalized_name(name) or name_from_address(mail)), mail


def spelling(name: str) -> str:
    """What is one spelling: only capitals, and the form of apostrophes and hyphens, do not count."""
    return normalized_name(name).lower().translate(_QUOTES)


def key(name: str) -> str:
    """What spellings of one name share: its words in their order, without the accents of Latin, Greek, Cyrillic."""
    return words(name) or name.strip().casefold()


def likeness(name: str) -> str:
    """What may be spellings of one name, or not: in any order, without titles, degrees and notes, ae for ä, l for ł."""
    bare_name = key(_BESIDE.sub(" ", name.casefold()).strip() or name)
    plain = bare_name.translate(str.maketrans("łøđıæœð", "lodiaod"))
    plain = re.sub("[ao]e", lambda match: match[0][0], plain).replace("ue", "u")
    name_words = [word for word in plain.split() if word not in _NO_NAMES]
    return " ".join(sorted(name_words or plain.split()))


def may_name(name: str, person: str) -> bool:
    """Whether a name that comes with somebody's address may be theirs: a part of it, an initial, or some more of it."""
    short, long = sorted((likeness(name).split(), likeness(person).split()), key=len)
    unmatched = list(long)
    for word in sorted(short, key=len, reverse=True):
        match = next((other for other in unmatched if word == other or _is_initial(word, other)), "")
        if not match:
            return False
        unmatched.remove(match)
    return True


def is_totals(name: str) -> bool:
    """Whether this is no person but the sheet's own last line."""
    return words(name) in TOTALS


def may_be_sums(name: str) -> bool:
    """Whether this may be a line such as "North average", "Target" or "Top 3", a formula, or two people in one cell."""
    plain = words(name)
    return (
        bool(_SEVERAL.search(name))
        or name.startswith("=")
        or not any(map(str.isalpha, plain))
        or bool(SUMS & set(plain.split()) or SUM_NAMES.fullmatch(plain))
    )


def email(text: str) -> str:
    """The one address in a cell in small letters, as mail programs write it; nothing where there is none or several."""
    addresses = ADDRESS_IN_TEXT.findall(text) if "@" in text and len(text) <= 2 * LONGEST_ADDRESS else []
    address = canonical_address(addresses[0].rstrip(".")) if len(addresses) == 1 else ""
    is_one = WHOLE_ADDRESS.fullmatch(address) or re.fullmatch(r"[^@\s]+@[^@\s.]+\.[^@\s]+", address)
    return address if is_one and len(address) <= LONGEST_ADDRESS else ""


def without_email(text: str) -> str:
    """What stands beside the address in a cell of names."""
    return " ".join(ADDRESS_IN_TEXT.sub(" ", text).strip(" \t<>()[]\"';:|").split()) if "@" in text else text


def _is_initial(word: str, other: str) -> bool:
    return 1 in (len(word), len(other)) and word[0] == other[0]


def _is_suffix(part: str) -> bool:
    """Whether what follows a comma is Jr., MBA, Dr. or she/her, and no first name: Md Rahman is one, MD is none."""
    plain, capitals = words(part), sum(map(str.isupper, part))
    degrees = [degree for degree in re.split(r"[/&+]| and ", part) if words(degree) not in DEGREES]
    is_title = bool(plain) and all(word in TITLES for word in plain.split())
    pronouns = re.fullmatch(r"(she|he|they)/(her|him|them)(/\w+)?", part.lower().strip("()").replace(" ", ""))
    return plain in GENERATIONS or is_title or bool(pronouns) or (capitals > 1 and not degrees)
