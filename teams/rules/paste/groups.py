"""Finds the ranks and averages of industry and network, and never a team's."""

from collections import Counter

from teams.rules.paste.blocks import blocks
from teams.rules.paste.reading import GROUPS, whole
from teams.rules.paste.tokens import Page, Token


def ranks(page: Page) -> tuple[dict[str, int], bool]:
    """The ranks beside "Industry SSI rank" and its like, and whether one stands there as on the page."""
    found: dict[str, int] = {}
    seen = False
    for block in blocks(page.tokens, ("rank",), ("top", "percent")):
        for group, number in block.options()[0].items():
            rank = whole(number.value, least=1)
            if group in GROUPS and rank is not None and f"{group}_rank" not in found:
                found[f"{group}_rank"] = rank
                seen |= page.clean(block.labels[group])
    return found, seen


def averages_and_ranks(page: Page, caption: Token | None, labelled: dict[str, int]) -> tuple[dict[str, int], set[str]]:
    """Ranks and averages by field name, and which of them are in doubt.

    `labelled` ranks come first, then "You rank in the top N%" of a group's block. Without any heading or
    rank label that we know, the page's order has to do: ranks before the total, averages after it.
    """
    start = page.tokens.index(caption) if caption else 0
    headed = bool(page.of("group"))
    after = page.tokens[start + 1 :]
    said = _dealt(page.tokens, ()) if headed or not caption else _dealt(after, GROUPS)
    values: dict[str, int] = dict(labelled)
    unsure: set[str] = set()
    for group in GROUPS:
        for field, kinds in ((f"{group}_average", ("average", "caption")), (f"{group}_rank", ("top",))):
            numbers = [said[group, kind] for kind in kinds if (group, kind) in said]
            if numbers:
                doubtful = not headed and field not in labelled
                kept = values.setdefault(field, numbers[0])
                unsure |= {field} if doubtful or set(numbers) != {kept} else set()
    if caption and not page.of("rank"):
        above = [token for token in page.tokens[:start] if token.kind in ("top", "percent")]
        for group, token in zip(GROUPS, above if len(above) in (2, 3) else [], strict=False):
            rank = whole(token.value, least=1)
            if rank is not None and f"{group}_rank" not in values:
                values[f"{group}_rank"] = rank
                unsure.add(f"{group}_rank")
    return values, unsure


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
