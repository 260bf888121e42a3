"""Decides which of a pasted page's numbers are the member's: the total and the four pillars."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from teams.rules.measure import ADDS_UP_WITHIN, PILLAR_MOST, Pillar
from teams.rules.paste import words
from teams.rules.paste.label_pairs import Block, Column, blocks, is_list, rows
from teams.rules.paste.moments import moment
from teams.rules.paste.ranks_and_averages import PERCENTS, averages_and_ranks, rank_labels
from teams.rules.paste.result import Answer, Doubt, pillar_score, whole
from teams.rules.paste.tokens import Page, Token, either, page_of
from teams.rules.paste.totals import beside_a_goal, captions, is_another, is_certain, is_weak

ENOUGH = 12
"""Pages and blocks that are compared; a page has four blocks."""
NEAR = 48
"""Tokens around a total among which four numbers may be its pillars."""


class Own(NamedTuple):
    """What may be the member's: pillars, the total beside them, and doubts by field."""

    pillars: Column
    total: Token | None
    doubts: dict[str, Doubt]


def answers(folded: str) -> list[Answer]:
    """What each of the pages in a folded text says; nothing where it is another text."""
    return [answer for page in islice(_pages(page_of(folded)), ENOUGH) for answer in _answers(page)]


def _pages(page: Page) -> Iterator[Page]:
    """The pages that were pasted one below the other: the next begins at its title."""
    begin, titled, full = 0, False, False
    for at, token in enumerate(page.tokens):
        own_title = (token.kind, token.key) == ("title", "own")
        if own_title and full:
            yield Page(page.tokens[begin:at], page.gaps, page.wordy)
            begin, full = at, False
        titled |= own_title
        full |= titled and token.kind in ("pillar", "group", "caption")
    yield Page(page.tokens[begin:], page.gaps, page.wordy)


def _answers(page: Page) -> Iterator[Answer]:
    """What one page says; several where it shows several totals.

    Prose may hold all of the page's words. What counts as the page: four labelled numbers, a rank or a total
    on lines of their own under LinkedIn's headings.
    """
    labelled = rank_labels(page)
    totals = captions(page)
    columns = _columns(page, totals)
    proven = _proven(page, columns, totals)
    certain_totals = [total for total in totals if is_certain(page, total)]
    titled = any(page.clean(title) for title in page.of("title")) or bool(page.of("index"))
    headed = any(total.key == "headed" for total in certain_totals)
    several = any(len(column) > 1 and not is_list(column) for column in columns)
    if not (proven or labelled.on_page or headed or several or (titled and (certain_totals or columns))):
        return
    for own in proven or _unproven(page, columns, certain_totals):
        compared, doubts = averages_and_ranks(page, own.total, labelled)
        total = whole(own.total.value) if own.total else None
        when = moment(page.said_of(own.total)) if own.total else None
        shown_total = {} if total is None else {"total": total}
        yield Answer({**shown_total, **own.pillars, **compared}, own.doubts | doubts, when)


# -- pillars and totals that prove each other ----------------------------------------------------------


def _proven(page: Page, columns: list[Column], totals: list[Token]) -> list[Own]:
    """Pillars that make one of the totals; where too few labels are known, four numbers in the page's order."""
    loose, joined = _loose_columns(page), _joined_columns(page)
    proven = [
        Own(making[0], total, _differing(making + [column for column in joined if _makes(column, total)]))
        for total in totals
        if (making := _making(page, columns, total) or _making(page, loose, total)[:1])
    ]
    if not proven and max(map(len, columns), default=0) < len(Pillar):
        for total in totals:
            if numbers := _in_order(page, total):
                known = {name for column in columns for name in column if column[name] == numbers[name]}
                doubts = {name: Doubt.ORDER for name in numbers if name not in known}
                doubts |= {} if _is_placed(page, total) else {"total": Doubt.UNNAMED}
                return [Own(numbers, total, doubts)]
    return [own for at, own in enumerate(proven) if own.pillars not in [other.pillars for other in proven[:at]]]


def _joined_columns(page: Page) -> list[Column]:
    return [column for block in islice(blocks(page.tokens, ("pillar",)), ENOUGH) for column in block.joined()]


def _is_placed(page: Page, total: Token) -> bool:
    """Whether a title says that the total is the member's, or its place below two ranks or above two averages."""
    below = [token for token in page.of("caption") if token.at > total.at]
    ranks = [token for token in page.of(*PERCENTS) if token.at < total.at]
    return len(below) > 1 or len(ranks) > 1 or any(title.at < total.at for title in page.of("title", "index"))


def _making(page: Page, columns: list[Column], total: Token) -> list[Column]:
    certain = is_certain(page, total)
    return [column for column in columns if _makes(column, total) and (certain or not is_list(column))]


def _makes(pillars: Column, total: Token) -> bool:
    """Whether these are four pillars whose sum LinkedIn would show as this total."""
    return _makes_total(pillars, whole(total.value))


def _makes_total(pillars: Column, total: int | None) -> bool:
    exact = sum(pillars.values(), Decimal(0))
    return len(pillars) == len(Pillar) and total is not None and abs(exact - total) <= ADDS_UP_WITHIN


def _in_order(page: Page, total: Token) -> Column:
    """Four numbers near the total, in the page's order, that make it; none if there are no such."""
    at = page.place(total)
    for near in (page.tokens[at + 1 : at + 1 + NEAR], page.tokens[max(0, at - NEAR) : at]):
        numbers = [token for token in near if token.kind == "number" and token.value <= PILLAR_MOST]
        for start in range(len(numbers) - 3):
            four = numbers[start : start + 4]
            scores = [pillar_score(number.value) for number in four]
            column = {name.value: score for name, score in zip(Pillar, scores, strict=True) if score is not None}
            fractions = sum(number.value % 1 != 0 for number in four)
            if fractions > (0 if page.clean(total) else 1) and _makes(column, total):
                return column
    return {}


def _loose_columns(page: Page) -> list[Column]:
    """Columns as if no words stood between numbers and labels, stems being enough; only ever taken when proven."""
    if len(page.of("pillar", "stem")) < len(Pillar):
        return []
    kept = [token._replace(apart=False) for token in page.of("pillar", "stem", "number", "other", "group", "caption")]
    loose_columns = [column for block in islice(blocks(kept, ("pillar", "stem")), ENOUGH) for column in block.columns()]
    return loose_columns + list(islice(rows(kept, ("pillar", "stem")), ENOUGH))


# -- what stands there, where nothing proves it --------------------------------------------------------


def _unproven(page: Page, columns: list[Column], tokens: list[Token]) -> list[Own]:
    """The totals that stand there, each with the pillars beside their labels; marked where there is more than one.

    A bare number under the title is no total where labelled pillars do not make it.
    """
    labelled = max(map(len, columns), default=0) > 2
    pillars, doubts = _as_shown([column for column in columns if not is_list(column)])
    strong = [token for token in tokens if not is_weak(page, token)]
    weak = [token for token in tokens if is_weak(page, token) and not (labelled and token.key == "headed")]
    totals = {whole(total.value): total for total in strong or weak}
    if not totals:
        return [Own(pillars, None, doubts)]
    if len(totals) > 1:
        return [Own(pillars, total, dict.fromkeys(["total", *pillars], Doubt.SEVERAL)) for total in totals.values()]
    (total,) = totals.values()
    return [Own(pillars, total, doubts | _doubt_about(page, total))]


def _as_shown(columns: list[Column]) -> tuple[Column, dict[str, Doubt]]:
    """The likeliest column, and marks where another one says something else."""
    return (columns[0] if columns else {}), _differing(columns)


def _differing(columns: list[Column]) -> dict[str, Doubt]:
    """Marks on what one of the columns says otherwise than the first."""
    first = columns[0] if columns else {}
    return {name: Doubt.COLUMNS for name in first if any(column.get(name) != first[name] for column in columns)}


def _doubt_about(page: Page, total: Token) -> dict[str, Doubt]:
    """Why a total that no pillars make is in doubt, if it is."""
    if is_weak(page, total):
        return {"total": Doubt.UNNAMED}
    if beside_a_goal(page):
        return {"total": Doubt.SEVERAL}
    own = [block for block in islice(blocks(page.tokens, ("pillar",)), ENOUGH) if not block.first.inside]
    return {"total": Doubt.UNREAD} if any(block.unread for block in own) else {}


# -- whose block is it ---------------------------------------------------------------------------------


def _columns(page: Page, totals: list[Token]) -> list[Column]:
    """The columns that make a total; else those of the block with most labels.

    Never a group's, nor what makes somebody else's total, a goal or an estimate.
    """
    own = [block for block in islice(blocks(page.tokens, ("pillar",)), ENOUGH) if _is_own(page, block)]
    options = [block.columns() for block in own] + [[row] for row in islice(rows(page.tokens, ("pillar",)), ENOUGH)]
    near = page.of("caption")[: 5 * ENOUGH]
    others = {whole(token.value) for token in near if is_another(page, token)}
    others -= {whole(token.value) for token in totals}
    options = [
        [candidate for candidate in columns if not any(_makes_total(candidate, other) for other in others)]
        for columns in options
    ]
    making = [
        column for columns in options for column in columns if any(_makes(column, candidate) for candidate in totals)
    ]
    return making or max(options, key=lambda columns: max(map(len, columns), default=0), default=[])


_AVERAGE = re.compile(rf"(?<![^\W\d_]){either(words.AVERAGES)}")
_THEIRS = re.compile(
    rf"(?<![^\W\d_])(?:{either(stem for group in ('industry', 'network') for stem in words.GROUPS[group])}"
    rf"|{either(words.AVERAGES)})"
)


def _is_own(page: Page, block: Block) -> bool:
    """Whether a block may be the member's: no group's heading above it, none of a group's words on its lines.

    A copy that begins inside a group's table makes the average that the page says, or the group's sentence follows it;
    under a title both are needed, for one's own may be the same by chance.
    """
    if block.first.inside or any(_THEIRS.search(page.beside(label)) for label in block.labels.values()):
        return False
    averages = {whole(token.value) for token in page.of("average", "number") if _is_average(page, token)}
    makes_average = any(
        len(column) == len(Pillar) and whole(sum(column.values(), Decimal(0))) in averages for column in block.columns()
    )
    follows = _sentence_follows(page, block)
    titled = any(token.at < block.first.at for token in page.of("title", "index"))
    return not (makes_average and follows) if titled else not (makes_average or follows)


def _is_average(page: Page, token: Token) -> bool:
    return token.kind == "average" or _AVERAGE.search(page.beside(token)) is not None


def _sentence_follows(page: Page, block: Block) -> bool:
    """Whether a group's sentence stands below the block, before any title, rank or group's heading."""
    for token in page.tokens[page.place(block.last) + 1 :]:
        if token.kind in ("title", "rank") or (token.kind == "group" and page.clean(token)):
            return False
        if token.kind in ("average", "group"):
            return True
    return False
