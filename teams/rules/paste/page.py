"""Decides which of a pasted page's numbers are the member's: the total and the four pillars."""

import re
from decimal import Decimal
from itertools import islice, pairwise

from teams.rules.measure import ADDS_UP_WITHIN, Pillar
from teams.rules.paste import words
from teams.rules.paste.blocks import Block, blocks
from teams.rules.paste.groups import averages_and_ranks, ranks
from teams.rules.paste.reading import DISCONTINUED, Reading, pillar_score, reading, whole
from teams.rules.paste.tokens import Page, Token, either, page_of

ENOUGH = 12
"""Captions, blocks and numbers beside a caption that are compared; a page has four of each."""

Pillars = dict[str, Decimal]


def read(text: str) -> Reading | None:
    """The scores on a pasted page, or that it says there are none any more; None for any other text.

    Prose may hold all of the page's words. What counts as the page: four labelled numbers, a rank or a total
    on lines of their own under LinkedIn's headings.
    """
    page = page_of(text)
    labelled, ranked = ranks(page)
    pillars, total, sure = _member(page)
    titled = any(page.clean(title) for title in page.of("title"))
    headed = total is not None and total.key == "headed"
    if not (ranked or headed or len(pillars) > 1 or (titled and (total or pillars))):
        return DISCONTINUED if _says_ended(page) else None
    compared, doubtful = averages_and_ranks(page, total, labelled)
    unsure = doubtful | (pillars.keys() - sure)
    if total and total.kind == "number" and not _makes(pillars, total):
        unsure.add("total")
    values = {"total": whole(total.value) if total else None} | pillars | compared
    return reading(values, frozenset(unsure))


def _member(page: Page) -> tuple[Pillars, Token | None, set[str]]:
    """The member's pillars, the caption of the total, and the names of the pillars beyond doubt.

    Of several blocks the one that makes the total is the member's: the hidden tables of the page's charts
    repeat the labels with the averages. Where labels are in words that we do not know, four numbers that make
    the total have to do; where nothing makes it, the first block is taken as shown.
    """
    captions = _captions(page)
    labelled = list(islice(blocks(page.tokens, ("pillar",), ("number",)), ENOUGH))
    loose = list(islice(blocks(_close(page), ("pillar", "stem"), ("number",)), ENOUGH))
    for caption in captions:
        for block in labelled + loose:
            if pillars := _makes_total(block, caption, certain=_certain(page, caption)):
                return pillars, caption, set(pillars)
    shown = next((caption for caption in captions if _certain(page, caption)), None)
    first = max((_as_shown(block) for block in labelled if not block.inside), key=len, default={})
    for caption in captions if len(first) < 4 else []:
        if pillars := _in_order(page, caption):
            return pillars, caption, {name for name in first if first[name] == pillars[name]}
    return first, shown, set(first)


def _captions(page: Page) -> list[Token]:
    """What may be the member's "N out of 100": under the title, else on its own line, else any other."""
    captions = [
        token
        for token in page.tokens
        if (token.kind == "caption" or (token.kind, token.key) == ("number", "headed")) and not token.inside
    ]
    captions.sort(key=lambda token: (token.key != "headed", token.kind != "caption", not page.clean(token)))
    return list(islice((token for token in captions if whole(token.value) is not None), ENOUGH))


def _certain(page: Page, caption: Token) -> bool:
    return caption.key == "headed" or page.clean(caption)


def _close(page: Page) -> list[Token]:
    """The page as if no words stood between its numbers and labels; nothing where too few are labels."""
    if len(page.of("pillar", "stem")) < len(Pillar):
        return []
    kept = page.of("pillar", "stem", "number", "group", "caption")
    return [token._replace(apart=False) for token in kept]


def _makes_total(block: Block, caption: Token, *, certain: bool) -> Pillars:
    """The block's pillars if they make the total of this caption, else none."""
    for pairs in block.options():
        if _makes(_scores(pairs), caption) and (certain or not _is_list(pairs)):
            return _scores(pairs)
    return {}


def _as_shown(block: Block) -> Pillars:
    """The block's pillars as they stand there; none if it is only a numbered list."""
    return next((_scores(pairs) for pairs in block.options() if not _is_list(pairs)), {})


def _is_list(pairs: dict[str, Token]) -> bool:
    """Whether the numbers only count on, 1, 2, 3, or are all 25: an article about the pillars, not a page."""
    values = [number.value for number in pairs.values()]
    counting = all(after - before == 1 for before, after in pairwise(values))
    return len(values) > 1 and (counting or set(values) == {25})


def _scores(pairs: dict[str, Token]) -> Pillars:
    scores = {name: pillar_score(number.value) for name, number in pairs.items()}
    return {name: score for name, score in scores.items() if score is not None}


def _makes(pillars: Pillars, caption: Token) -> bool:
    """Whether these are four pillars whose sum LinkedIn would show as this total."""
    return len(pillars) == 4 and abs(sum(pillars.values()) - whole(caption.value)) <= ADDS_UP_WITHIN


def _in_order(page: Page, caption: Token) -> Pillars:
    """Four numbers near the caption, in the page's order, that make its total; none if there are no such."""
    at = page.tokens.index(caption)
    for near in (page.tokens[at + 1 : at + 1 + 4 * ENOUGH], page.tokens[max(0, at - 4 * ENOUGH) : at]):
        numbers = [token for token in near if token.kind == "number" and token.value <= 25]
        for start in range(len(numbers) - 3):
            pairs = dict(zip(Pillar, numbers[start : start + 4], strict=True))
            fractions = sum(number.value % 1 != 0 for number in pairs.values())
            if fractions > (0 if page.clean(caption) else 1) and _makes(_scores(pairs), caption):
                return _scores(pairs)
    return {}


_ENDED = re.compile(either(words.ENDED + words.NO_ACCESS))
_NO_ACCESS = re.compile(either(words.NO_ACCESS))
_SSI = re.compile(r"(?<!\w)(?:ssi|social selling index)(?!\w)")
NEAR = 300


def _says_ended(page: Page) -> bool:
    """Whether a page without scores tells the member that access has ended."""
    for title in page.of("title")[:ENOUGH]:
        near = page.folded[max(0, title.start - NEAR) : title.start + NEAR]
        if (title.key == "own" or page.clean(title)) and _ENDED.search(near):
            return True
    for mention in islice(_SSI.finditer(page.folded), ENOUGH):
        start, end = max(0, mention.start() - NEAR), mention.end() + NEAR
        line = (
            page.folded[start : mention.start()].rpartition("\n")[2]
            + page.folded[mention.start() : end].partition("\n")[0]
        )
        if _NO_ACCESS.search(line) and _ENDED.search(line):
            return True
    return False
