"""Pairs labels with the numbers beside them, whichever comes first."""

from collections.abc import Iterator
from dataclasses import dataclass

from teams.rules.paste.tokens import Token


@dataclass(frozen=True, slots=True)
class Block:
    """A run of different labels, each with the number before and the number after it."""

    sides: dict[str, tuple[Token | None, Token | None]]
    labels: dict[str, Token]

    @property
    def inside(self) -> bool:
        """Whether it stands in the block of a group, so that its numbers are averages."""
        return next(iter(self.labels.values())).inside

    def options(self) -> list[dict[str, Token]]:
        """The two ways to read it, all numbers before or all after their labels, the fuller one first."""
        return sorted((self._paired(side) for side in (0, 1)), key=len, reverse=True)

    def _paired(self, side: int) -> dict[str, Token]:
        pairs: dict[str, Token] = {}
        for key, numbers in self.sides.items():
            beside = [number for number in numbers if number and number.line == self.labels[key].line]
            number = beside[0] if len(beside) == 1 else numbers[side]
            if number and number not in pairs.values():
                pairs[key] = number
        return pairs


def blocks(found: list[Token], labels: tuple[str, ...], numbers: tuple[str, ...]) -> Iterator[Block]:
    """The blocks of a page: a repeated label or a group's heading begins the next."""
    if not any(token.kind in labels for token in found):
        return
    number_lines = {token.line for token in found if token.kind in numbers}
    label_lines = {token.line for token in found if token.kind in labels}

    def beside(number: Token, label: Token) -> bool:
        """On the label's line; or each on a line without the other's like."""
        shared = number.line == label.line
        return shared or (number.line not in label_lines and label.line not in number_lines)

    block = Block({}, {})
    for at, token in enumerate(found):
        if token.kind in labels:
            before = found[at - 1] if at and not token.apart else None
            after = found[at + 1] if at + 1 < len(found) and not found[at + 1].apart else None
            sides = tuple(
                side if side and side.kind in numbers and beside(side, token) else None for side in (before, after)
            )
            if sides == (None, None):
                continue
            if token.key in block.labels:
                yield block
                block = Block({}, {})
            block.labels[token.key] = token
            block.sides[token.key] = sides
        elif token.kind == "group" and block.labels:
            yield block
            block = Block({}, {})
    if block.labels:
        yield block
