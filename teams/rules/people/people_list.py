"""A pasted list of names and addresses, as mail programs and sheets write them; and who of it is new."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import takewhile
from typing import NamedTuple

from teams.rules.people.name_matching import Fit, Match, Roster
from teams.rules.people.names import ADDRESS_IN_TEXT, LONGEST_ADDRESS, LONGEST_NAME, WHOLE_ADDRESS, normalized_name
from teams.rules.sheets import headings, names
from teams.rules.sheets.cells import words
from teams.rules.sheets.name_columns import whose_columns

LONGEST_LINE = 500
"""Characters of a line that can be a person: nothing looks for one in more."""
LOOKED_AT = 60
"""Lines below headings that say which column of names is which."""
SEPARATORS = "\t;,|"
AROUND = ' \t,;:|<>()"\N{NO-BREAK SPACE}\N{BULLET}\N{ZERO WIDTH NO-BREAK SPACE}'
_NUMBERING = re.compile(
    r"(?:(?:\(?#?\d{1,4}[.):\]]*+|\(?[a-z]\)|\[[ x\u2713]?\]"
    r"|[-*+\u2022\u00b7\u25aa\u25cf\u25cb\u2713\u2013\u2014]++)\s++)++"
)
"""What stands before a person in a list: 1. or (1) or a) or a bullet, or several: 1 - or - [x]."""
_FIGURE = re.compile(r"\d{1,4}(?:[.,]\d{1,3})?%?")
_COURTESIES = re.compile(
    r"(?:hi|hello|dear|good morning|hallo|guten morgen|guten tag|liebe|lieber|bonjour|salut|hola|buenos dias)\b.*[,!]"
    r"|(?:(?:best|kind|warm|many) )?(?:regards|thanks|wishes)|thank you|cheers"
    r"|(?:mit freundlichen|freundliche|viele|liebe|beste|schone) gruss(?:en?)?|danke|vielen dank|lg|vg|mfg"
    r"|(?:bien )?cordialement|bien a vous|merci|(?:un )?saludos?(?: cordial(?:es)?)?|(?:muchas )?gracias"
)
"""How a mail begins and ends, in words without accents: nobody of a list."""
_BESIDE = {"no", "nr", "number", "numero", "team", "role", "rolle", "title", "position", "phone", "telefon", "id"}
"""Headings of columns that often stand beside names and that nobody asks for."""


class Person(NamedTuple):
    """Somebody of the list; the address is empty where there was none."""

    name: str
    email: str


class Line(NamedTuple):
    """A line, or the part of it that one person takes up: with nobody in it where it is none or was not understood."""

    number: int
    text: str
    person: Person | None = None
    is_heading: bool = False


class Verdict(StrEnum):
    """What adding a line would do."""

    NEW = "new"
    ALIKE = "alike"
    SUMS = "sums"
    LEFT = "left"
    KNOWN = "known"
    NAMESAKE = "namesake"
    HELD = "held"
    AGAIN = "again"
    UNCLEAR = "unclear"
    HEADING = "heading"

    @property
    def may_be_added(self) -> bool:
        """Whether somebody new comes of it, if the manager says so."""
        return self in (Verdict.NEW, Verdict.ALIKE, Verdict.SUMS, Verdict.LEFT)

    @property
    def asks_correction(self) -> bool:
        """Whether somebody new may come of it once the line is written differently."""
        return self in (Verdict.NAMESAKE, Verdict.HELD, Verdict.UNCLEAR)


WITHOUT_NAMESAKES = {Fit.NOBODY: Verdict.NEW, Fit.SUMS: Verdict.SUMS, Fit.FORMER: Verdict.UNCLEAR}


class Judged(NamedTuple):
    """A line, what would come of it, and the name of whom it is like or whose address it has."""

    line: Line
    verdict: Verdict
    who: str = ""


class Holder(NamedTuple):
    """Whose an address is: the member's id and name."""

    id: int
    name: str


def read_people(text: str) -> list[Line]:
    """The lines that hold something, in their order: one person each, or several with semicolons between addresses."""
    lines: list[Line] = []
    columns: Mapping[int, str] = {}
    separator = ""
    texts = text.splitlines()
    for number, text_of_line in enumerate(texts, start=1):
        if headings := _headings(text_of_line, is_first=not lines):
            separator, columns = headings[0], _whose(*headings, texts[number - 1 : number + LOOKED_AT])
            lines.append(Line(number, text_of_line.strip(), is_heading=True))
        elif in_columns := columns and _in_columns(text_of_line, separator, columns):
            lines.append(Line(number, text_of_line.strip(), in_columns))
        else:
            lines += [Line(number, part, *_person(part)) for part in _parts(text_of_line)]
    return lines


def judged(lines: Iterable[Line], roster: Roster, here: set[int], holders: Mapping[str, Holder]) -> list[Judged]:
    """What adding each line would do; `here` are the ids of who is in the team, `holders` of whom an address is."""
    before: set[str] = set()
    judgements = []
    for line in lines:
        verdict, member_name = _verdict(line, roster, here, holders, before)
        judgements.append(Judged(line, verdict, member_name))
        before |= _keys(line.person)
    return judgements


def to_correct(judgements: Iterable[Judged]) -> list[Line]:
    """The lines that ask for correction; before them the headings, if any, that say what stands in them."""
    lines: list[Line] = []
    heading: Line | None = None
    for judgement in judgements:
        if judgement.verdict == Verdict.HEADING:
            heading = judgement.line
        elif judgement.verdict.asks_correction:
            lines += [heading, judgement.line] if heading else [judgement.line]
            heading = None
    return lines


def _verdict(
    line: Line, roster: Roster, here: set[int], holders: Mapping[str, Holder], before: set[str]
) -> tuple[Verdict, str]:
    person = line.person
    if person is None:
        return (Verdict.HEADING if line.is_heading else Verdict.UNCLEAR), ""
    if _keys(person) & before:
        return Verdict.AGAIN, ""
    if person.email and (holder := holders.get(person.email)):
        return (Verdict.KNOWN if holder.id in here else Verdict.HELD), holder.name
    return _by_name(roster.match(*person), here)


def _by_name(match: Match, here: set[int]) -> tuple[Verdict, str]:
    """What adding somebody would do whose address is nobody's, from whom the roster takes them for."""
    likely = [match.person] if match.person else list(match.alike)
    present = [one for one in likely if one.id in here]
    if not likely:
        return WITHOUT_NAMESAKES[match.fit], ""
    if match.fit == Fit.ALIKE or not present:
        return (Verdict.ALIKE if match.fit == Fit.ALIKE else Verdict.LEFT), likely[0].name
    return (Verdict.KNOWN if match.person else Verdict.NAMESAKE), present[0].name


def _keys(person: Person | None) -> set[str]:
    """By what somebody is known again in the same list."""
    return {key for key in (person.email, names.spelling(person.name)) if key} if person else set()


def _headings(line: str, *, is_first: bool) -> tuple[str, dict[int, str]] | None:
    """The separator and the meanings of a line that is no person but says what stands below it; None for any other."""
    if len(line) > LONGEST_LINE or "@" in line or not line.strip(AROUND):
        return None
    bare = line.strip()
    if bare.endswith(":") or _is_courtesy(bare) or (re.search(r"\d", bare) and not re.search(r"[^\W\d_]", bare)):
        return "", {}
    separator = next((sign for sign in SEPARATORS if sign in bare), "")
    cells = [cell.strip(' "') for cell in (line.split(separator) if separator else [bare])]
    meanings = {column: headings.meaning(cell) for column, cell in enumerate(cells) if headings.meaning(cell)}
    is_heading = meanings and (is_first or len(cells) > 1) and _are_known(cells, meanings)
    return (separator, meanings) if is_heading else None


def _are_known(cells: list[str], meanings: Mapping[int, str]) -> bool:
    """Whether a line with such meanings is one of headings: each cell is, or names and addresses have one."""
    if {headings.NAME, headings.EMAIL} <= set(meanings.values()):
        return True
    months = {column for column, what in headings.meanings(cells).items() if headings.is_month(what)}
    return all(
        column in meanings or column in months or not words(cell) or words(cell) in _BESIDE
        for column, cell in enumerate(cells)
    )


def _whose(separator: str, columns: Mapping[int, str], lines: list[str]) -> Mapping[int, str]:
    """The meanings of columns, with their heading the first line: Name beside Vorname is the family's name."""
    if not separator:
        return columns
    header, *below = [[cell.strip(' "') or None for cell in line.split(separator)] for line in lines]
    meant = whose_columns(columns, header, below)
    return {column: what.removeprefix(headings.ASKED) for column, what in reversed(meant.items())}


def _in_columns(line: str, separator: str, columns: Mapping[int, str]) -> Person | None:
    """Somebody whose names and address stand below the headings; None where the line is not laid out like them."""
    if not separator or separator not in line or len(line) > LONGEST_LINE or headings.NAME not in columns.values():
        return None
    cells = [cell.strip(' "') for cell in line.split(separator)]
    by_meaning = {meaning: cells[column] for column, meaning in columns.items() if column < len(cells)}
    email = by_meaning.get(headings.EMAIL, "")
    if email and "@" not in email:
        return None
    first, last = _without_number(by_meaning.get(headings.NAME, "")), by_meaning.get(headings.LAST_NAME, "")
    return _checked(*names.person(first, last, email), has_address=bool(email))


def _parts(line: str) -> Iterator[str]:
    """The line, or each of the people that a mail program has put in it."""
    parts = line.split(";") if len(ADDRESS_IN_TEXT.findall(line)) > 1 else [line]
    return (part.strip() for part in parts if part.strip(AROUND))


def _person(part: str) -> tuple[Person] | tuple[()]:
    """Who a part of a line is, without its number; nothing where it is nobody."""
    bare = _without_number(part.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"))
    if len(bare) > LONGEST_LINE or "\0" in bare or len(ADDRESS_IN_TEXT.findall(bare)) > 1:
        return ()
    name = _without_figures(names.without_email(bare), in_cells="\t" in bare).strip(AROUND)
    person = _checked(*names.person(name, "", names.email(bare)), has_address="@" in bare)
    return (person,) if person else ()


def _without_number(text: str) -> str:
    """A text without the number or bullet before it."""
    numbering = _NUMBERING.match(text)
    return text[numbering.end() :] if numbering else text


def _without_figures(text: str, *, in_cells: bool) -> str:
    """A text without the figures behind a person, as rows of a sheet have them: in cells, or several."""
    parts = text.split()
    behind = list(takewhile(lambda part: _FIGURE.fullmatch(part.strip(SEPARATORS)), reversed(parts)))
    has_figures = len(behind) > 1 or (behind and in_cells)
    return " ".join(parts[: -len(behind)]) if has_figures else text


def _is_courtesy(line: str) -> bool:
    """Whether this is a greeting: its last sign counts, for a name stands alone."""
    ending = line[-1:] if line[-1:] in ",!" else ""
    return bool(_COURTESIES.fullmatch(words(line) + ending) or _COURTESIES.fullmatch(words(line)))


def _checked(name: str, email: str, *, has_address: bool) -> Person | None:
    """Somebody whose name is one, and whose address, where there is something like it, is whole."""
    name = normalized_name(name)
    if has_address and (len(email) > LONGEST_ADDRESS or not WHOLE_ADDRESS.fullmatch(email)):
        return None
    return Person(name, email) if any(map(str.isalpha, name)) and len(name) <= LONGEST_NAME else None
