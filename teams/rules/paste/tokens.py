"""Turns a pasted text into the few tokens that matter, numbers, labels and headings, and where they stand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from teams.rules.paste import words
from teams.rules.paste.folding import fold

LONG = 40_000
"""Characters that are looked at closely; a page with its menus has about 5,000."""
BEFORE, AFTER = 4_000, 8_000
"""How much of a longer text is looked at around each title."""
MOST_TOKENS = 6_000
NEAR = 80
"""Characters beside a number that may say what it is."""


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
    at: int = 0
    """Its place among the tokens of the text."""

    @property
    def value(self) -> Decimal:
        """The number in it: of "20 out of 100" the 20, of "100-ból 20" too."""
        numbers = [Decimal(digits.replace(",", ".")) for digits in _DIGITS.findall(self.text)]
        return numbers[-1] if self.key == "reversed" else numbers[0]


@dataclass(frozen=True, slots=True)
class Page:
    """The tokens of a page in order, what stands between the tokens of the whole text, and the lines with words."""

    tokens: list[Token]
    gaps: list[str]
    wordy: set[int]

    def of(self, *kinds: str) -> list[Token]:
        """The tokens of these kinds."""
        return [token for token in self.tokens if token.kind in kinds]

    def place(self, token: Token) -> int:
        """Where the token stands in `tokens`."""
        return token.at - self.tokens[0].at

    def clean(self, token: Token) -> bool:
        """Whether nothing else stands on the token's line: so it is on the page, seldom in prose."""
        return token.line not in self.wordy

    def beside(self, token: Token) -> str:
        """The words between this token and its neighbours on the line."""
        before, after = self.gaps[token.at].rpartition("\n")[2], self.gaps[token.at + 1].partition("\n")[0]
        return f"{before[-NEAR:]} {after[:NEAR]}"

    def said_of(self, token: Token) -> str:
        """The words beside a number, or else on the line above it where that is words only."""
        if _WORD.search(beside := self.beside(token)):
            return beside
        place = self.place(token)
        if place and (title := self.tokens[place - 1]).kind in ("title", "index") and title.line == token.line:
            return self.said_of(title)
        lines = self.gaps[token.at].split("\n")
        return lines[-2][-NEAR:] if len(lines) > (2 if token.at else 1) else ""


def either(options: Iterable[str]) -> str:
    """An expression for any of these phrases, the longest first."""
    return "(?:" + "|".join(sorted({_phrase(option) for option in options}, key=lambda it: (-len(it), it))) + ")"


def _phrase(phrase: str) -> str:
    expression = ""
    for word in fold(phrase).split(" "):
        options = "|".join(map(re.escape, word.strip("()").split("/")))
        expression += rf"(?:(?:{options})\s)?" if word.startswith("(") else rf"(?:{options})\s"
    return expression.removesuffix(r"\s")


def _letters(phrases: Iterable[str]) -> set[str]:
    """The letters that these phrases may begin with."""
    letters = set()
    for phrase in phrases:
        for word in fold(phrase).split(" "):
            letters |= {option[:1] for option in word.strip("()").split("/")}
            if not word.startswith("("):
                break
    return letters


_REST = r"\w{0,24}"
"""The rest of a word of which the beginning is known; a word without end would be looked at again from each start."""
_SHORT = r"[^\W\d_]{1,6}"
_SPACELESS = r"\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7af"
"""Thai, Japanese, Chinese, Korean: here letters may touch a number."""
_DIGITS = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = r"\d{1,3}(?:[.,]\d{1,9})?"
_ENDS = rf"(?![.,:/-]?\d)(?![^\W\d_{_SPACELESS}])"
_HUNDRED = rf"100(?:[.,]0+)?{_ENDS}(?!\s?%)"
_OF = rf"(?:\s?/\s?| ?[^\W\d_][^\n\d%|+;:.,)\[\]<>=!?\"]{{0,24}}|\n{_SHORT}(?: {_SHORT}){{0,2}}\s)"
_OF_25 = rf"(?: ?/ ?| ?{_SHORT}(?: {_SHORT}){{0,2}} )25(?![.,]?\d)"


def _words() -> Iterator[tuple[str, Iterable[str], str]]:
    """The tokens that begin with a word: name (kind_key), what they begin with, and the expression."""
    own, now, top = either(words.OWN), either(words.CURRENT), either(words.TOPS)
    rank, average = either(words.RANKS) + _REST, either(words.AVERAGES) + _REST
    people, possessives = either(words.PEOPLE), either(words.THEIRS)
    title = rf"{either(words.TITLES)}(?: \(ssi\))?"
    yield "group_team", words.OWN, rf"(?:{own} )?{either(words.GROUPS['team'])}(?:'s|s)? {title}"
    for group, stems in words.GROUPS.items():
        stem = either(stems) + _REST
        before = rf"{stem}[\s-](?:ssi[\s-])?{rank}"
        after = rf"(?:{rank}(?: {_SHORT})?[ -]ssi|ssi[ -]{rank}|{rank})(?: {_SHORT}){{0,3}}[ -]{stem}"
        starts = [*words.TOPS, *stems, *words.RANKS, "ssi"]
        yield f"rank_{group}", starts, rf"(?:{top} )?(?:{before}|{after})"
        starts = [*words.MINE, *stems]
        yield f"group_{group}", starts, rf"(?:(?<=\n)|(?<=\A))(?:{either(words.MINE)} )?{stem}(?=:?\n)"
        yield f"group_{group}", words.PEOPLE, rf"{people}\s{_SHORT}\s{possessives}\s{stem}"
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
    yield "top", words.TOPS, rf"{top}\s?(?:% ?{_NUMBER}(?!\d)|{_NUMBER}\s?(?:%|percent))"
    yield "past", words.PAST, rf"{either(words.PAST)}[^\w\n]{{1,3}}{_NUMBER}{_ENDS}(?:\s?%)?(?!{_OF}100)"
    ahead = rf"(?=(?: ?[:=|-]| is| ist| est| es| jest)? ?\d|\n{_NUMBER}(?:\n|\Z))"
    starts = [*words.MINE, *words.SHORT_TITLES]
    yield "index_own", starts, rf"(?:{either(words.MINE)} )?{either(words.SHORT_TITLES)}(?: score)?{ahead}"


def _numbers() -> Iterator[tuple[str, str]]:
    """The tokens that begin with a number, its sign or its arrow: name and expression."""
    yield "other", rf"(?<=[\w.,:/-])(?<![{_SPACELESS}])\d[\d.,:/-]*(?<=\d)"
    yield "other", rf"(?:(?<=\n\|)|(?<=\A\|)){_NUMBER}(?= \| ?[^\W\d_][^\n|]*(?:\n|\Z))"  # a stroke that was a 1
    yield "other", rf"{_NUMBER}[oilzs](?: [^\W\d_]|/ ?100)"
    yield "past", rf"{_NUMBER}(?: ?%)?\s?(?:->|=>|→|⇒|➜|»)\s?(?=\d)"
    yield "caption", rf"{_NUMBER}{_OF}{_HUNDRED}"
    yield "caption_reversed", rf"{_HUNDRED}(?:[^\d\n%|+<>]{{1,16}})(?<=[^\W\d_\s]|[\s/-]){_NUMBER}{_ENDS}(?!\s?%)"
    yield "list", r"(?:(?<=\n)|(?<=\A))\d{1,2}[.)](?= [^\d\n]{0,3}[^\W\d_])"
    yield "change", rf"{_NUMBER}\s?%[^\n\d%]{{0,40}}?(?<!\w){either(words.WEEKS)}"
    yield "top", rf"{_NUMBER}\s?%\s(?:{_SHORT}\s)?{either(words.TOPS_AFTER)}(?!\w)"
    yield "top", rf"{_NUMBER} {either(words.TOPS)} ?%"
    yield "percent", rf"{_NUMBER}\s?%"
    yield "other", r"\d{1,3}(?:\s?[.,]\s|\s[.,]\s?)\d{1,3}(?![\d.,])"
    yield "number", rf"{_NUMBER}(?:{_OF_25})?{_ENDS}(?!\s?%)"
    yield "other", r"\d[\d.,:/-]*(?<=\d)|\d"


_SIGNED = rf"(?:[+▲▼△▽↑↓±]\s?|-)-?{_NUMBER}{_ENDS}(?: ?%)?"


def _readers() -> dict[str, re.Pattern[str]]:
    """For each letter the expression that reads what begins with it; for "0" that of numbers."""
    options: dict[str, list[str]] = {}
    for at, (name, starts, expression) in enumerate(_words()):
        for letter in sorted(_letters(starts)):
            options.setdefault(letter, []).append(f"(?P<{name}__{at}>{expression})")
    options["0"] = [f"(?P<{name}__{at}>{expression})" for at, (name, expression) in enumerate(_numbers())]
    options["+"] = [f"(?P<other__0>-{_NUMBER}{_ENDS}(?! ?%))|(?P<change__1>{_SIGNED})"]
    options["%"] = [rf"(?P<percent__0>%\s?{_NUMBER}(?!\d)(?!\s?%))"]
    options["-"] = ["(?P<other__0>-(?=\n|$))"]
    return {letter: re.compile("|".join(alternatives)) for letter, alternatives in options.items()}


_READERS = _readers()
_LETTERS = re.escape("".join(sorted(key for key in _READERS if key.isalpha())))
_STARTS = re.compile(
    rf"(?P<letter>(?<![^\W\d_])[{_LETTERS}])"
    rf"|(?P<signed>(?<![\w.,)%]){_SIGNED})"
    r"|(?P<digit>\d)"
    r"|(?P<before>%(?=\s?\d))"
    r"|(?P<none>(?:(?<=\n)|(?<=: )|(?<=\| ))-(?=\n|\Z))"
)
_KEYS = {"digit": "0", "signed": "+", "before": "%", "none": "-"}
_HEADINGS = {"group": True, "title": False}
_TITLE = re.compile(either(words.TITLES))


def page_of(folded: str) -> Page:
    """A folded text as a page of tokens, at most MOST_TOKENS. Cut the text to LONG characters before."""
    page_tokens: list[Token] = []
    gaps: list[str] = []
    wordy: set[int] = set()
    line, end, inside = 0, 0, False
    for start, name, part in islice(_finds(folded), MOST_TOKENS):
        gaps.append(gap := folded[end:start])
        apart = len(gap) > 1 and _WORD.search(gap) is not None
        breaks = gap.count("\n")
        wordy |= _wordy(gap, line, line + breaks) if apart else set()
        line += breaks
        kind, _, key = name.partition("_")
        if kind in ("title", "index") and _is_possessed(gap):
            kind, key = "group", "team"
        if kind in _HEADINGS:
            inside = _HEADINGS[kind] if key != "bare" else inside
        elif (
            kind == "number"
            and not apart
            and page_tokens
            and (page_tokens[-1].kind, page_tokens[-1].key) in _BEFORE_TOTAL
        ):
            key = "headed"
        page_tokens.append(Token(kind, key, part, line, start, apart, inside, len(page_tokens)))
        line += part.count("\n")
        end = start + len(part)
    gaps.append(folded[end:])
    return Page(page_tokens, gaps, wordy | _wordy(gaps[-1], line, -1))


def _wordy(gap: str, first: int, last: int) -> set[int]:
    """Which of the two lines that a gap touches it leaves words on."""
    touched = {(first, gap.partition("\n")[0]), (last, gap.rpartition("\n")[2])}
    return {line for line, text in touched if _WORD.search(text)}


_POSSESSIVE = re.compile(r"(?<![^\W_])([^\W_]+)'s? (?:linkedin )?$|(?<!\w)(?:his|her|their|sein|seine) (?:linkedin )?$")


def _is_possessed(gap: str) -> bool:
    """Whether the words before a title say whose it is, as in "Anna's Social Selling Index"."""
    owner = _POSSESSIVE.search(gap[-NEAR:])
    return owner is not None and owner.group(1) not in words.NOBODY


_BEFORE_TOTAL = {("title", "own"), ("title", "bare"), ("index", "own")}


def _finds(folded: str) -> Iterator[tuple[int, str, str]]:
    """Where something was found, its name (kind_key) and its text."""
    end = 0
    for find in _STARTS.finditer(folded):
        start = find.start()
        if start < end:
            continue
        reader = _READERS[_KEYS.get(find.lastgroup or "", find.group())]
        if match := reader.match(folded, start):
            end = match.end()
            yield start, (match.lastgroup or "").partition("__")[0], match.group()


def excerpt(folded: str) -> str:
    """A text of at most LONG characters: of a longer one what stands around its titles, else its beginning."""
    if len(folded) <= LONG:
        return folded
    spans: list[list[int]] = []
    for title in _TITLE.finditer(folded):
        start, end = max(0, title.start() - BEFORE), title.end() + AFTER
        if spans and start <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    around = "\n".join(folded[start:end] for start, end in spans)
    return (around or folded)[:LONG]
