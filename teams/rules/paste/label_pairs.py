"""Pairs labels with the numbers beside them: one side for a whole block of labels, and column by column."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from teams.rules.measure import PILLAR_MOST
from teams.rules.paste.result import pillar_score
from teams.rules.paste.tokens import Token

MOST_COLUMNS = 6
NUMBERS = ("number", "other")
_OWN_DIGITS = re.compile(r"[^\d.,].*", re.DOTALL)
_JOINED = re.compile(r"\d{1,2}(?:\.\d{1,3})?")
_LEADING_ZERO = re.compile(r"\D*0\d")

Column = dict[str, Decimal]
"""A value for each label that has one."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of different labels, each with the numbers before it and after it, the nearest first."""

    labels: dict[str, Token] = field(default_factory=dict)
    before: dict[str, list[Token]] = field(default_factory=dict)
    after: dict[str, list[Token]] = field(default_factory=dict)

    @property
    def first(self) -> Token:
        """The label that it begins with."""
        return next(iter(self.labels.values()))

    @property
    def last(self) -> Token:
        """The label that it ends with."""
        return list(self.labels.values())[-1]

    def columns(self) -> list[Column]:
        """The ways to read it, the likeliest first: the side on which more labels have a number, then the other.

        A list's own numbers (1, 2, 3 before the labels) and a column that holds only the maximum are no way.
        """
        sides = [side for side in (self.before, self.after) if side]
        most = max((len(side) for side in sides), default=0)
        if most < min(2, len(self.labels) - 1):
            return []
        fullest = [side for side in sides if len(side) == most]
        if len(fullest) == 2:
            ruled = [side for side in fullest if all(map(_on_the_line, side.values(), self.labels.values()))]
            fullest = ruled if len(ruled) == 1 else fullest
        columns = [column for side in fullest for column in _aligned(side)]
        if len(sides) == 2 and all(map(counting, columns)):
            columns += [column for side in sides if side not in fullest for column in _aligned(side)]
        several = [column for column in columns if not (is_list(column) and len(columns) > 1)]
        return sorted(_unique(several or columns), key=len, reverse=True)

    def joined(self) -> list[Column]:
        """The ways to read it if a space stands for the point: "9 6" is 9.6."""
        sides = [(self.before, -1), (self.after, 1)]
        return [_scores_joined(side, step) for side, step in sides if any(len(scores) > 1 for scores in side.values())]

    @property
    def unread(self) -> bool:
        """Whether numbers stand beside most of its labels and none of them is possible."""
        return len(self.before | self.after) > 2 and not self.columns()


def _on_the_line(numbers: list[Token], label: Token) -> bool:
    return numbers[0].line == label.line


def _aligned(side: dict[str, list[Token]]) -> Iterator[Column]:
    """The side's numbers as columns, counted from the label; and, where labels have unlike many, from the other end."""
    depth = max(map(len, side.values()))
    counts = {len(numbers) for numbers in side.values()}
    for at in range(depth):
        yield _scores({key: numbers[at] for key, numbers in side.items() if at < len(numbers)})
    for at in range(depth) if len(counts) > 1 else ():
        yield _scores({key: numbers[-1 - at] for key, numbers in side.items() if at < len(numbers)})


def _scores(tokens: dict[str, Token]) -> Column:
    """The tokens that are scores; "05" is the half of a number that was split, as of "12 05"."""
    whole = {key: token for key, token in tokens.items() if not _LEADING_ZERO.match(token.text)}
    values = {key: token.value if token.kind == "number" else None for key, token in whole.items()}
    return {key: score for key, value in values.items() if (score := pillar_score(value)) is not None}


def _scores_joined(side: dict[str, list[Token]], step: int) -> Column:
    values = {
        key: ".".join(_OWN_DIGITS.sub("", token.text) for token in numbers[:2][::step]) for key, numbers in side.items()
    }
    wholes = {key: Decimal(value) for key, value in values.items() if _JOINED.fullmatch(value)}
    return {key: score for key, value in wholes.items() if (score := pillar_score(value)) is not None}


def _unique(columns: list[Column]) -> list[Column]:
    return [column for at, column in enumerate(columns) if column and column not in columns[:at]]


def counting(column: Mapping[str, Decimal | int]) -> bool:
    """Whether the numbers are only places, in any order: 1, 2, 3."""
    values = sorted(column.values())
    return len(values) > 1 and all(after - before == 1 for before, after in pairwise(values))


def is_list(column: Mapping[str, Decimal | int]) -> bool:
    """Whether the numbers only count on, or are all 25: an article about the pillars, not a page."""
    return counting(column) or (len(column) > 1 and set(column.values()) == {PILLAR_MOST})


def blocks(tokens: list[Token], kinds: tuple[str, ...]) -> Iterator[Block]:
    """Labels with the numbers near them, block by block; `kinds` are the tokens that count as labels.

    A repeated label, a heading or a title begins the next block.
    """
    block = Block()
    lines = _Lines(tokens, kinds)
    for at, token in enumerate(tokens):
        if token.kind in kinds:
            if token.key in block.labels and tokens[at - 1] == (last := block.last) and last.line == token.line:
                continue  # two words of one label
            if token.key in block.labels:
                yield from [block] if block.before or block.after else []
                block = Block()
            block.labels[token.key] = token
            for side, numbers in ((block.before, lines.before(at)), (block.after, lines.after(at))):
                if numbers:
                    side[token.key] = numbers
        elif token.kind in ("group", "title") and block.labels:
            yield from [block] if block.before or block.after else []
            block = Block()
    if block.before or block.after:
        yield block


def rows(tokens: list[Token], kinds: tuple[str, ...]) -> Iterator[Column]:
    """A line of labels only, dealt with the next line of as many numbers only."""
    by_line: dict[int, list[Token]] = {}
    for token in tokens:
        by_line.setdefault(token.line, []).append(token)
    for line, labels in by_line.items():
        numbers = by_line.get(line + 1, [])
        keys = [label.key for label in labels]
        if (
            len(labels) == len(numbers) == len(set(keys)) > 2
            and all(label.kind in kinds for label in labels)
            and all(number.kind in NUMBERS for number in numbers)
        ):
            yield _scores(dict(zip(keys, numbers, strict=True)))


class _Lines:
    """Which numbers stand beside a label: on its line; or each on lines without the other's like."""

    def __init__(self, tokens: list[Token], kinds: tuple[str, ...]) -> None:
        self.tokens, self.kinds = tokens, kinds
        self.number_lines = {token.line for token in tokens if token.kind in NUMBERS}
        counts: dict[int, int] = {}
        for token in tokens:
            if token.kind in kinds:
                counts[token.line] = counts.get(token.line, 0) + 1
        self.label_lines = counts

    def before(self, at: int) -> list[Token]:
        """The numbers before a label, the nearest first."""
        numbers: list[Token] = []
        for back in range(at - 1, max(-1, at - 1 - MOST_COLUMNS), -1):
            number, follower = self.tokens[back], self.tokens[back + 1]
            if follower.apart or number.kind not in (*NUMBERS, "change", "past") or not self._beside(number, at):
                break
            if number.kind in NUMBERS:
                numbers.append(number)
        return numbers

    def after(self, at: int) -> list[Token]:
        """The numbers after a label, the nearest first."""
        numbers: list[Token] = []
        for number in self.tokens[at + 1 : at + 1 + MOST_COLUMNS]:
            if number.apart and (not numbers or number.line != self.tokens[at].line):
                break
            if number.kind not in (*NUMBERS, "change", "past") or not self._beside(number, at):
                break
            if number.kind in NUMBERS:
                numbers.append(number)
        return numbers

    def _beside(self, number: Token, at: int) -> bool:
        label = self.tokens[at]
        if number.line == label.line:
            return True
        return (
            number.line not in self.label_lines
            and label.line not in self.number_lines
            and (self.label_lines[label.line] == 1)
        )
