"""Turns a pasted text into the few tokens that matter, numbers, labels and headings, and where they stand."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice
from typing import NamedTuple

from teams.rules.paste import words

MOST = 8_000
"""Finds that are looked at: a page has about a hundred, a long text one in forty characters."""


LONG = 20_000
"""Characters before the page's title that are looked at, where a text is that long."""


class Token(NamedTuple):
    """One find: a label, a heading or a number.

    `apart`: words stand between it and the token before. `inside`: it stands in the block of a group, after
    "People in your industry" and before the next "Your Social Selling Index".
    """

    kind: str
    key: str
    text: str
    line: int
    start: int
    apart: bool
    inside: bool

    @property
    def value(self) -> Decimal:
        """The number in it; of "20 out of 100" the first."""
        return Decimal(_DIGITS.search(self.text).group().replace(",", "."))


@dataclass(frozen=True, slots=True)
class Page:
    """A folded text, its tokens in order, and the lines that hold words besides tokens."""

    folded: str
    tokens: list[Token]
    wordy: set[int]

    def of(self, *kinds: str) -> list[Token]:
        """The tokens of these kinds."""
        return [token for token in self.tokens if token.kind in kinds]

    def clean(self, token: Token) -> bool:
        """Whether nothing else stands on the token's line: so it is on the page, seldom in prose."""
        return token.line not in self.wordy


# -- folding: one spelling for everything that looks alike --------------------------------------------


def _folding() -> dict[int, str]:
    accented = [*range(0xC0, 0x250), *range(0x400, 0x460), *range(0x1E00, 0x1F00)]
    letters = {code: plain for code in accented if (plain := _without_accent(chr(code)))}
    digits = {zero + n: str(n) for zero in (0x660, 0x6F0, 0xFF10) for n in range(10)}
    spaces = dict.fromkeys([9, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    breaks = dict.fromkeys([0xB, 0xC, 0xD, 0x85, 0x2028, 0x2029], "\n")
    marks = [0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFE0F]
    unseen = dict.fromkeys([*marks, 0xFEFF, *range(0x300, 0x370)], "")
    alike = str.maketrans("łß’‘‐‑‒–—−｜％٪，．٫", "ls''------|%%,..")
    return letters | digits | spaces | breaks | alike | unseen


def _without_accent(letter: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


_FOLDING = _folding()


def fold(text: str) -> str:
    """Lower case, without accents and invisible characters, one kind of space, digit, dash and line break."""
    text = re.sub(" {2,}", " ", text.lower().translate(_FOLDING))
    return re.sub(r"(?: \n|\n[ \n])[ \n]*", "\n", text).strip(" \n")


# -- patterns: the words of `words` as one expression --------------------------------------------------


def either(options: Iterable[str]) -> str:
    """An expression for any of these phrases, the longest first."""
    return "(?:" + "|".join(sorted(map(_phrase, options), key=len, reverse=True)) + ")"


def _phrase(phrase: str) -> str:
    expression = ""
    for word in fold(phrase).split(" "):
        options = "|".join(map(re.escape, word.strip("()").split("/")))
        expression += rf"(?:(?:{options})\s)?" if word.startswith("(") else rf"(?:{options})\s"
    return expression.removesuffix(r"\s")


def _keys(phrases: Iterable[str]) -> set[str]:
    """The first three characters of everything that these phrases may begin with."""
    keys = set()
    for phrase in phrases:
        for word in fold(phrase).split(" "):
            keys |= {f"{option} "[:3] for option in word.strip("()").split("/")}
            if not word.startswith("("):
                break
    return keys


def _words() -> Iterator[tuple[str, Iterable[str], str]]:
    """The tokens that begin with a word: name (kind_key), what they begin with, and the expression."""
    own, now, top = either(words.OWN), either(words.CURRENT), either(words.TOPS)
    rank, average = rf"{either(words.RANKS)}\w*", rf"{either(words.AVERAGES)}\w*"
    people, theirs = either(words.PEOPLE), either(words.THEIRS)
    title = rf"{either(words.TITLES)}(?: \(ssi\))?"
    for group, stems in words.GROUPS.items():
        stem = rf"{either(stems)}\w*"
        before = rf"{stem}[\s-]ssi[\s-]{rank}"
        after = rf"(?:{rank}(?: {_SHORT})?[ -]ssi|ssi[ -]{rank})(?: {_SHORT}){{0,3}}[ -]{stem}"
        starts = [*words.TOPS, *stems, *words.RANKS, "ssi"]
        yield f"rank_{group}", starts, rf"(?:{top} )?(?:{before}|{after})"
        yield f"group_{group}", words.PEOPLE, rf"{people}\s{_SHORT}\s{theirs}\s{stem}"
    yield "group_industry", words.SELLERS, either(words.SELLERS)
    phrase = rf"(?:{average}[\s-](?:[^\W\d_]{{1,12}}\s){{0,2}}ssi|ssi[\s-](?:score\s)?{average})"
    between = r"(?:[\s:=-]{1,3}[^\W\d_]{1,12}){0,3}?[\s:=-]{1,3}"
    yield "average", [*words.AVERAGES, "ssi"], rf"{phrase}{between}{_NUMBER}{_ENDS}(?!\s?%)"
    starts = [*words.OWN, *words.CURRENT, *words.TITLES]
    yield "title_own", starts, rf"(?:(?:{own}|{now})\s){{1,3}}{title}(?: {now})?(?!\w)|{title} {now}(?!\w)"
    yield "title_bare", words.TITLES, rf"{title}(?!\w)"
    for pillar, phrases in words.LABELS.items():
        yield f"pillar_{pillar}", phrases, rf"{either(phrases)}(?![^\W\d_])"
    for pillar, stems in words.STEMS.items():
        yield f"stem_{pillar}", stems, rf"{either(stems)}[^\W\d_]*"
    yield "top", words.TOPS, rf"{top}\s?{_NUMBER}\s?%"


def _numbers() -> Iterator[tuple[str, str]]:
    """The tokens that begin with a number: name and expression."""
    yield "caption", rf"{_NUMBER}\s?(?:/|{_SHORT}(?:\s{_SHORT}){{0,2}})\s?100{_ENDS}(?!\s?%)"
    yield "top", rf"{_NUMBER}\s?%\s(?:{_SHORT}\s)?{either(words.TOPS_AFTER)}(?!\w)"
    yield "change", rf"{_NUMBER}\s?%[^\n\d%]{{0,40}}?(?<!\w){either(words.WEEKS)}"
    yield "percent", rf"{_NUMBER}\s?%"
    yield "number", rf"{_NUMBER}(?:\s?(?:/|{_SHORT}(?:\s{_SHORT})?)\s?25)?{_ENDS}(?!\s?%)"


_SHORT = r"[^\W\d_]{1,6}"
_NUMBER = r"(?<![\w.,-])(?<!\d[:/])\d{1,3}(?:[.,]\d{1,9})?"
_ENDS = r"(?![.,:/-]?\d)(?!\w)"
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]{2,}")


def _readers() -> dict[str, re.Pattern[str]]:
    """For the first three characters of a find the expression that reads it; for digits that of numbers."""
    options: dict[str, list[str]] = {}
    for name, starts, expression in _words():
        for key in _keys(starts):
            options.setdefault(key, []).append(f"(?P<{name}>{expression})")
    options["0"] = [f"(?P<{name}>{expression})" for name, expression in _numbers()]
    return {key: re.compile("|".join(alternatives)) for key, alternatives in options.items()}


def _tree(keys: Iterable[str]) -> str:
    """An expression for any of these keys that looks at the first letter once: other words pass fast."""
    letters = groupby(sorted(keys), key=lambda key: key[0])
    rests = ((first, "|".join(key[1:].replace(" ", r"\s") for key in group)) for first, group in letters)
    return "|".join(f"{first}(?:{rest})" for first, rest in rests)


_READERS = _readers()
_FINDS = re.compile(rf"\d[\d.,]*|\b(?:{_tree(_READERS.keys() - {'0'})})")


def page_of(text: str) -> Page:
    """The tokens of a text."""
    folded = fold(text)
    found: list[Token] = []
    wordy: set[int] = set()
    line = end = 0
    inside = False
    for start, name, part in _finds(folded):
        gap = folded[end:start]
        breaks = gap.count("\n")
        apart = len(gap) > 1 and _WORD.search(gap) is not None
        if apart:
            wordy |= _wordy(gap, line, line + breaks)
        line += breaks
        kind, _, key = name.partition("_")
        if kind in _HEADINGS:
            inside = _HEADINGS[kind] if key != "bare" else inside
        elif not (key or apart) and found and (found[-1].kind, found[-1].key) == ("title", "own"):
            key = "headed"
        found.append(Token(kind, key, part, line, start, apart, inside))
        line += part.count("\n")
        end = start + len(part)
    return Page(folded, found, wordy | _wordy(folded[end:].partition("\n")[0], line, line))


def _finds(folded: str) -> Iterator[tuple[int, str, str]]:
    """Where something was found, its name (kind_key) and its text."""
    title = _TITLE.search(folded, LONG)
    end = max(0, title.start() - LONG) if title and not _TITLE.search(folded, 0, LONG) else 0
    for find in islice(_FINDS.finditer(folded, end), MOST):
        start = find.start()
        if start < end:
            continue
        first = find.group()
        number = first[0].isdigit()
        match = _READERS["0" if number else first.replace("\n", " ")].match(folded, start)
        if match or number:
            name, part = (match.lastgroup, match.group()) if match else ("other", first)
            end = start + len(part)
            yield start, name, part


_TITLE = re.compile(either(words.TITLES))
_HEADINGS = {"group": True, "title": False}


def _wordy(gap: str, first: int, last: int) -> set[int]:
    """Which of the two lines that a gap touches it leaves words on."""
    touched = {(first, gap.partition("\n")[0]), (last, gap.rpartition("\n")[2])}
    return {line for line, text in touched if _WORD.search(text)}
