"""Finds the ranks and averages of industry and network, and never a team's."""

import re
from collections import Counter
from typing import NamedTuple

from teams.rules.paste import words
from teams.rules.paste.result import GROUPS, Doubt, whole
from teams.rules.paste.tokens import Page, Token, either

PERCENTS = ("top", "percent")
AROUND = 5
"""Tokens beside a label among which its number may be."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_REST = re.compile(rf"(?<![^\W\d_]){either(words.REST)}(?![^\W\d_])")
REACH = 3
"""Lines between a rank's label and its number; "up 1% since last week" may stand between."""


class Ranks(NamedTuple):
    """The ranks beside "Industry SSI rank" and its like, by field name."""

    values: dict[str, int]
    doubts: dict[str, Doubt]
    on_page: bool
    """Whether one stands there as on the page."""


def rank_labels(page: Page) -> Ranks:
    """The ranks that stand beside their labels; one is in doubt where unknown words stand beside its number."""
    named = bool(page.of("title", "index"))
    found: dict[str, int] = {}
    doubts: dict[str, Doubt] = {}
    seen = False
    for labels in _runs(page):
        for label, number in _paired(page, labels):
            rank = whole(number.value, least=1)
            field = f"{label.key}_rank"
            if label.key in GROUPS and rank is not None and field not in found:
                found[field] = rank
                seen |= page.clean(label) and ("ssi" in label.text or named)
                if number.kind == "percent" and _WORD.search(page.beside(number)):
                    doubts[field] = Doubt.ORDER
    return Ranks(found, doubts, seen)


def _runs(page: Page) -> list[list[Token]]:
    """The rank labels that follow each other without a repetition."""
    runs: list[list[Token]] = []
    for token in page.of("rank"):
        if runs and token.key not in [label.key for label in runs[-1]]:
            runs[-1].append(token)
        else:
            runs.append([token])
    return runs[:12]


def _paired(page: Page, labels: list[Token]) -> list[tuple[Token, Token]]:
    """Each label with its number, all of them from the same side.

    Numbers on a label's line are its own. Otherwise the side counts on which more labels have a number: what begins
    with a label goes on label, number. Where both are possible and differ, no number is anybody's.
    """
    places = [page.place(label) for label in labels]
    starts, ends = [places[0] - AROUND, *places[:-1]], [*places[1:], places[-1] + AROUND]
    after = [_own_number(page, label, at + 1, end, 1) for label, at, end in zip(labels, places, ends, strict=True)]
    before = [_own_number(page, label, start, at, -1) for label, start, at in zip(labels, starts, places, strict=True)]
    if len(_pairs(labels, before)) != len(_pairs(labels, after)):
        return max(_pairs(labels, before), _pairs(labels, after), key=len)
    tops = [sum(number is not None and number.kind == "top" for number in side) for side in (before, after)]
    if tops[0] == tops[1]:
        return _pairs(labels, after) if before == after else []
    return _pairs(labels, before if tops[0] > tops[1] else after)


def _pairs(labels: list[Token], numbers: list[Token | None]) -> list[tuple[Token, Token]]:
    return [(label, number) for label, number in zip(labels, numbers, strict=True) if number is not None]


def _own_number(page: Page, label: Token, start: int, end: int, step: int) -> Token | None:
    """The one number in a span of tokens that may be this label's: on its line if one is there, else close by."""
    span = page.tokens[max(0, start) : end]
    numbers: list[Token] = []
    for token in span[::step]:
        if token.kind in ("title", "caption", "group", "pillar", "rank"):
            break
        if token.kind in PERCENTS and abs(token.line - label.line) <= REACH and not _is_rest(page, token):
            numbers.append(token)
    if _has_own_line(page, label):
        numbers = [token for token in numbers if token.line == label.line]
    numbers = [token for token in numbers if token.kind == "top"] or numbers
    return numbers[0] if len({token.value for token in numbers}) == 1 else None


def _is_rest(page: Page, token: Token) -> bool:
    """Whether a percentage counts those behind: "better than 96%"."""
    return token.kind == "percent" and _REST.search(page.beside(token)) is not None


def _has_own_line(page: Page, label: Token) -> bool:
    place = page.place(label)
    near = page.tokens[max(0, place - AROUND) : place + AROUND]
    return any(token.kind in PERCENTS and token.line == label.line for token in near)


def averages_and_ranks(page: Page, caption: Token | None, labelled: Ranks) -> tuple[dict[str, int], dict[str, Doubt]]:
    """Ranks and averages by field name, and which of them are in doubt.

    `labelled` ranks come first, then "You rank in the top N%" of a group's block. Without any heading or
    rank label that we know, the page's order has to do: ranks before the total, averages after it.
    """
    start = page.place(caption) if caption else 0
    headed = bool(page.of("group"))
    after = page.tokens[start + 1 :]
    others = len({token.value for token in after if token.kind == "caption"})
    by_order = caption is not None and not headed and others in (2, 3)
    said = _dealt(after, GROUPS) if by_order else _dealt(page.tokens, ())
    values: dict[str, int] = dict(labelled.values)
    doubts: dict[str, Doubt] = dict(labelled.doubts)
    for group in GROUPS:
        for field, kinds in ((f"{group}_average", ("average", "caption")), (f"{group}_rank", ("top",))):
            numbers = [said[group, kind] for kind in kinds if (group, kind) in said]
            if numbers:
                known = headed or field in labelled.values
                kept = values.setdefault(field, numbers[0])
                if set(numbers) != {kept}:
                    doubts[field] = Doubt.TWICE
                elif not known:
                    doubts[field] = Doubt.ORDER
    for field, rank in _ranks_above(page, start).items():
        if field not in values:
            values[field], doubts[field] = rank, Doubt.ORDER
    return values, doubts


def _ranks_above(page: Page, start: int) -> dict[str, int]:
    """The ranks by field name that stand before a total without any label, in the order of the page."""
    above = [] if page.of("rank") else [token for token in page.tokens[:start] if token.kind in PERCENTS]
    ranks = {
        f"{group}_rank": whole(token.value, least=1)
        for group, token in zip(GROUPS, above if len(above) in (2, 3) else [], strict=False)
    }
    return {field: rank for field, rank in ranks.items() if rank is not None}


def _dealt(found: list[Token], opened: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """The first number of each kind (caption, average, top) for each group.

    Headings that follow each other, as in two columns read line by line, share what comes in their order.
    """
    said: dict[tuple[str, str], int] = {}
    dealt: Counter[str] = Counter()
    for token in found:
        if token.kind == "group" and token.key not in opened:
            opened = (*opened, token.key) if opened and not dealt else (token.key,)
            dealt.clear()
        elif token.kind == "title" and token.key == "own":
            opened = ()
        elif token.kind in ("caption", "average", "top"):
            turn = dealt[token.kind]
            dealt[token.kind] += 1
            group = opened[turn] if turn < len(opened) else None
            if group and (group, token.kind) not in said:
                value = whole(token.value, least=1 if token.kind == "top" else 0)
                if value is not None:
                    said[group, token.kind] = value
    return said
