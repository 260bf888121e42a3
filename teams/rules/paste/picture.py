"""Reads the words that were seen in a picture of LinkedIn's page, and marks what the picture does not prove.

The reader in the browser looks twice: at the whole page, and at each line with a number from near. Each look is put
into the page's order (`picture_text`) and read like a paste. A number is believed where the four pillars make a total
that was seen, and both looks agree on it or one is very sure; everything else is marked.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from teams.rules.measure import ADDS_UP_WITHIN, PILLAR_MOST, Pillar
from teams.rules.paste import Reading, parse
from teams.rules.paste.picture_text import Word, lies_on, pieces, text_of, totals
from teams.rules.paste.result import NOT_SSI_PAGE, Doubt, FieldState

MOST_BYTES = 20_000
MOST_WORDS = 1_500
LONGEST_WORD = 80
FARTHEST = 100_000
SURE = 85
"""From here on one look is enough; a digit that is wrong seldom looks this clear."""

_PERCENTS = re.compile(r"(?<![\d.,])(\d{1,3}) ?%")
_OF_HUNDRED = re.compile(r"^(\d{1,3}) out of 100$")

SCORES = ("total", *(pillar.value for pillar in Pillar))
COMPARED = ("industry_rank", "network_rank", "industry_average", "network_average")


class Seen(NamedTuple):
    """What the browser saw: the words of the whole picture, and those of lines with numbers from near."""

    words: tuple[Word, ...]
    closer: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the page: its pieces, what they say, and the totals that were seen, the member's first."""

    page: list[Word]
    reading: Reading
    totals: list[int]

    @property
    def is_proven(self) -> bool:
        """Whether the pillars make a total that was seen."""
        scores = [getattr(self.reading, name) for name in SCORES]
        return None not in scores and scores[0] in self.totals and _make(scores[1:], scores[0])


def seen(raw: str) -> Seen | None:
    """What a browser sent, `{"words": [[left, top, right, bottom, sure, text], …], "closer": […]}`, or None."""
    if len(raw.encode(errors="replace")) > MOST_BYTES:
        return None
    try:
        sent = json.loads(raw)
        words, closer = (tuple(map(_word, sent[name])) for name in ("words", "closer"))
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        return None
    return Seen(words, closer) if len(words) + len(closer) <= MOST_WORDS else None


def _word(sent: list[Any]) -> Word:
    *box, sure, text = sent
    if not isinstance(text, str) or any(not -FARTHEST < place < FARTHEST for place in box):
        raise ValueError
    left, top, right, bottom = map(float, box)
    return Word(left, top, right, bottom, int(sure), text[:LONGEST_WORD])


def read(picture: Seen) -> Reading:
    """The reading that a picture shows; whatever it does not prove is marked."""
    looks = [_look(_seen_closer(picture)), _look(picture.words)]
    looks.sort(key=lambda look: not look.is_proven)
    main, other = looks
    if main.reading.choices:
        return main.reading
    reading = _merged(main, other, _clearest([*picture.words, *picture.closer]))
    if main.is_proven:
        return reading
    placed = _by_place(looks)
    return _marked(replace(reading, **placed) if placed else reading, placed)


def _look(words: Iterable[Word]) -> Look:
    page = pieces(words)
    return Look(page, parse(text_of(page)), [int(piece.text.split()[0]) for piece in totals(page)])


def _seen_closer(picture: Seen) -> list[Word]:
    """The words of the picture; where there was a look from near, as they were then, the surest of several."""
    closer: list[Word] = []
    for word in sorted(picture.closer, key=lambda word: -word.sure):
        if not any(lies_on(word, other, 0.4) for other in closer):
            closer.append(word)
    return [word for word in picture.words if not any(lies_on(word, other) for other in closer)] + closer


def _clearest(words: Iterable[Word]) -> dict[Decimal, int]:
    """How sure the surest word with each number is."""
    clearest: dict[Decimal, int] = {}
    for word in words:
        for number in re.findall(r"\d{1,6}(?:[.,]\d{1,6})?", word.text):
            value = Decimal(number.replace(",", ".")).normalize()
            clearest[value] = max(clearest.get(value, 0), word.sure)
    return clearest


def _merged(main: Look, other: Look, clearest: Mapping[Decimal, int]) -> Reading:
    """What either look saw; marked where they differ, or where nothing is clear. A proven total proves itself."""
    values: dict[str, Any] = {}
    doubts: dict[str, Doubt] = {}
    for name in (*SCORES, *COMPARED):
        told = [value for look in (main, other) if (value := getattr(look.reading, name)) is not None]
        if not told:
            continue
        values[name] = told[0]
        clear = clearest.get(Decimal(told[0]).normalize(), 0) >= SURE
        if name != "total" and not (clear and getattr(main.reading, name) is not None and len(set(told)) == 1):
            doubts[name] = Doubt.UNCLEAR
        if name in main.reading.doubts:
            doubts[name] = main.reading.doubts[name]
    if not values:
        return main.reading
    return _reading(values, doubts | _crossed(main.page, values))


def _crossed(page: list[Word], values: Mapping[str, Any]) -> dict[str, Doubt]:
    """Marks on industry and network where the network's stands first: a page begins with the industry."""
    marks: dict[str, Doubt] = {}
    for what, sign in (("average", ""), ("rank", "%")):
        names = [f"industry_{what}", f"network_{what}"]
        industry, network = ([piece for piece in page if _shows(piece, values.get(name), sign)] for name in names)
        if any(_stands_before(one, other) for one in network for other in industry) and not any(
            _stands_before(other, one) for one in network for other in industry
        ):
            marks |= dict.fromkeys(names, Doubt.UNCLEAR)
    return marks


def _shows(piece: Word, value: int | None, sign: str) -> bool:
    numbers = _PERCENTS.findall(piece.text) if sign else _OF_HUNDRED.findall(piece.text)
    return value is not None and str(value) in numbers


def _stands_before(one: Word, other: Word) -> bool:
    above = other.top - one.bottom > one.height
    return above or (one.top < other.bottom and other.top < one.bottom and one.right < other.left)


def _reading(values: Mapping[str, Any], doubts: Mapping[str, Doubt]) -> Reading:
    state = FieldState.OK if all(values.get(name) is not None for name in SCORES) else FieldState.PARTIAL
    return Reading(state, **values, doubts=dict(doubts))


def _marked(reading: Reading, placed: Mapping[str, Any]) -> Reading:
    """The reading with each of the five marked: no total that was seen proves them."""
    if reading.state == NOT_SSI_PAGE.state and not placed:
        return reading
    values = {name: value for name in (*SCORES, *COMPARED) if (value := getattr(reading, name)) is not None}
    why = Doubt.ORDER if placed else Doubt.UNPROVEN
    marks = {name: reading.doubts.get(name, why) for name in SCORES if name in values}
    return _reading(values, {**reading.doubts, **marks})


# -- four numbers under each other, where too few labels can be read ------------------------------------


def _by_place(looks: list[Look]) -> dict[str, Any]:
    """Four numbers in a column that make the total, in the page's order, a lost decimal point put back.

    Nothing where there is more than one way. Whatever is found here is marked.
    """
    own = {look.totals[0] for look in looks if look.totals}
    ways = {(total, *four) for look in looks for total in own for four in _fours(look.page, total)}
    return dict(zip(SCORES, ways.pop(), strict=True)) if len(ways) == 1 else {}


def _fours(page: list[Word], total: int) -> Iterator[tuple[Decimal, ...]]:
    numbers = [(piece, values) for piece in page if (values := _points(piece.text))]
    for first, _ in numbers:
        high = first.height
        column = [
            number for number in numbers if abs(number[0].left - first.left) < 2 * high and number[0].down >= first.down
        ]
        column.sort(key=lambda number: number[0].down)
        if len(column) >= len(Pillar):
            four = column[: len(Pillar)]
            yield from (way for way in product(*(values for _, values in four)) if _make(way, total))


def _points(text: str) -> list[Decimal]:
    """What a pillar's points may have been at the beginning of a text: as it stands, or with its point put back."""
    number = re.match(r"(\d{1,2})[.,](\d{1,3})(?!\d)|(\d{1,5})(?![\d.,]|\s*%| out of 100)", text)
    if not number:
        return []
    if whole := number[3]:
        written = [whole, *(f"{whole[:at]}.{whole[at:]}" for at in (1, 2) if 1 <= len(whole) - at <= 3)]
    else:
        written = [f"{number[1]}.{number[2]}"]
    return [points for digits in written if (points := Decimal(digits)) <= PILLAR_MOST]


def _make(pillars: Iterable[Decimal], total: int) -> bool:
    return abs(sum(pillars, Decimal(0)) - total) <= ADDS_UP_WITHIN
