"""Puts the words that were seen in a picture into the order of LinkedIn's page, as a text that can be read.

What belongs together stands close together: letters of a word, words of a line, "20" above "out of 100", "Top 75%"
above "Industry SSI rank". What remains is cut along its widest gaps, columns first.
"""

import re
from collections.abc import Callable, Collection, Iterable
from statistics import median
from typing import NamedTuple


class Word(NamedTuple):
    """A word, or several of a line, where it stands (y grows downwards), and how sure the reader is of it: 0–100."""

    left: float
    top: float
    right: float
    bottom: float
    sure: int
    text: str

    @property
    def height(self) -> float:
        """That of its letters."""
        return self.bottom - self.top

    @property
    def width(self) -> float:
        """From its first letter to its last."""
        return self.right - self.left

    @property
    def across(self) -> float:
        """The middle between left and right."""
        return (self.left + self.right) / 2

    @property
    def down(self) -> float:
        """The middle between top and bottom."""
        return (self.top + self.bottom) / 2


DEEPEST = 30
SURE_OF_A_SCRAP = 20
"""Short words below it are dust, ornaments and edges."""

_ORNAMENT = re.compile(r"[(\[{]?\w?[)\]}]|[(\[{]\w?|[^\w%]*")
"""The (i) beside a label, bars and dashes."""
_SHARE = re.compile(r"\d{1,2}(?:[.,]\d{1,3})?")
_TOTAL = re.compile(r"\d{1,3}")
_WHOLE_TOTAL = re.compile(r"\d{1,3} (?:.* )?out of 100")
_OF_HUNDRED = re.compile(r"\D{2,14}\b1[0Oo]{2}")
_TOP = re.compile(r"\D{0,14}\d{1,3} ?%\D{0,3}")
_CORRECTIONS = [
    (re.compile(r"(?<!\w)[S$5][Ss5$][Il1!|\]](?!\w)"), "SSI"),
    (re.compile(r"[|¦]"), " | "),
    (re.compile(r"(?<=\d)(?=[^\W\d_]{3})|(?<=[^\W\d_]{2})(?=\d)"), " "),
    (re.compile(r"(?<=\d)\.(?=\s|$)"), ""),
    (re.compile(r"\s+"), " "),
]


def pieces(words: Iterable[Word]) -> list[Word]:
    """What stands together on a line, one under the other joined where the page means one thing."""
    lines = [piece._replace(text=_corrected(piece.text)) for piece in _lines(filter(_is_legible, words))]
    return _stacked([line for line in lines if line.text])


def text_of(page: list[Word]) -> str:
    """The pieces as a text in reading order."""
    return "\n".join(line.strip() for line in _ordered(page).split("\n") if line.strip())


def totals(page: Iterable[Word]) -> list[Word]:
    """The "20 out of 100" of a page, the largest first: that is the member's own."""
    pieces = [piece for piece in page if _WHOLE_TOTAL.fullmatch(piece.text)]
    return sorted(pieces, key=lambda piece: -piece.height)


def lies_on(one: Word, other: Word, share: float = 0.5) -> bool:
    """Whether two words are at the same place, so that one is the other, seen again."""
    return min(one.right, other.right) - max(one.left, other.left) > share * one.width and _level(one, other) > share


def _is_legible(word: Word) -> bool:
    scrap = word.sure < SURE_OF_A_SCRAP and len(word.text) < 4
    return word.width > 0 and word.height > 0 and not scrap and not _ORNAMENT.fullmatch(word.text)


def _corrected(text: str) -> str:
    for pattern, instead in _CORRECTIONS:
        text = pattern.sub(instead, text)
    return text.strip()


def _level(one: Word, other: Word) -> float:
    """How much of the lower of two words' heights they share."""
    return (min(one.bottom, other.bottom) - max(one.top, other.top)) / max(1, min(one.height, other.height))


def _joined(one: Word, other: Word, text: str) -> Word:
    return Word(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
        min(one.sure, other.sure),
        text,
    )


# -- beside each other ---------------------------------------------------------------------------------


def _lines(words: Iterable[Word]) -> list[Word]:
    """Words that follow each other on a line, as one; digits that nearly touch are one number.

    What is above or below is left out before anything is worked out: most is, and there may be hundreds.
    """
    lines: list[Word] = []
    for word in sorted(words, key=lambda word: word.left):
        before = [line for line in lines if line.bottom > word.top and line.top < word.bottom and _follows(line, word)]
        if before:
            line = max(before, key=lambda line: line.right)
            lines[lines.index(line)] = _joined(line, word, line.text + _between(line, word) + word.text)
        else:
            lines.append(word)
    return lines


def _follows(line: Word, word: Word) -> bool:
    low, gap = max(1, min(line.height, word.height)), word.left - line.right
    if not -0.5 * low < gap < 2.4 * low or max(line.height, word.height) >= 2.3 * low or _level(line, word) <= 0.5:
        return False
    is_label = _SHARE.fullmatch(line.text) and word.text[0].isalpha()  # a bar stands between, and may be lost
    return bool(is_label) or gap < 1.25 * low


def _between(line: Word, word: Word) -> str:
    close = word.left - line.right < 0.45 * min(line.height, word.height)
    return "" if close and line.text[-1].isdigit() and re.match(r"\d{1,3}%?$", word.text) else " "


# -- above each other ----------------------------------------------------------------------------------


def _stacked(lines: list[Word]) -> list[Word]:
    """The lines, with a number above "out of 100" and "Top 5%" above its label as one."""
    left = sorted(lines, key=lambda line: line.down)
    page: list[Word] = []
    while left:
        line = left.pop(0)
        if _TOTAL.fullmatch(line.text):
            page.append(_with_below(line, left, _is_of_hundred, lambda one, _: f"{one.text} out of 100"))
        elif _TOP.fullmatch(line.text):
            page.append(_with_below(line, left, _is_rank_label, lambda one, label: f"\n{label.text} {one.text}\n"))
        else:
            page.append(line)
    return page


def _with_below(
    line: Word, left: list[Word], fits: Callable[[Word, Word], bool], text: Callable[[Word, Word], str]
) -> Word:
    """The line joined with what it belongs to below, which is taken out of what is left."""
    below = [other for other in left if -0.6 * line.height < other.top - line.bottom < 1.4 * line.height]
    fitting = [other for other in below if fits(line, other)]
    if not fitting:
        return line
    nearest = min(fitting, key=lambda other: other.top)
    left.remove(nearest)
    return _joined(line, nearest, text(line, nearest))


def _is_of_hundred(line: Word, other: Word) -> bool:
    return bool(_OF_HUNDRED.fullmatch(other.text)) and abs(other.across - line.across) < 0.6 * other.width


def _is_rank_label(line: Word, other: Word) -> bool:
    says_so = "SSI" in other.text and len(other.text) < 45 and not any(map(str.isdigit, other.text))
    return says_so and abs(other.left - line.left) < 2.5 * line.height


# -- the page's order ----------------------------------------------------------------------------------


def _ordered(page: Collection[Word], deep: int = 0) -> str:
    """Cut in two at the widest gap, again and again: left and right where it parts columns, else above and below."""
    if len(page) < 2 or deep > DEEPEST:
        return _as_lines(page)
    high = median(piece.height for piece in page)
    (wide, x), (tall, y) = _gap(page, 0, 2), _gap(page, 1, 3)
    if wide > 1.2 * high and wide >= 0.6 * tall:
        halves = [piece for piece in page if piece.across < x], [piece for piece in page if piece.across >= x]
    elif tall > 0.25 * high:
        halves = [piece for piece in page if piece.down < y], [piece for piece in page if piece.down >= y]
    else:
        return _as_lines(page)
    return "\n".join(_ordered(half, deep + 1) for half in halves)


def _gap(page: Collection[Word], begin: int, end: int) -> tuple[float, float]:
    """The widest gap in one direction, and its middle."""
    widest, middle, reached = 0.0, 0.0, float("-inf")
    for piece in sorted(page, key=lambda piece: float(piece[begin])):
        if reached > float("-inf") and float(piece[begin]) - reached > widest:
            widest, middle = float(piece[begin]) - reached, (float(piece[begin]) + reached) / 2
        reached = max(reached, float(piece[end]))
    return widest, middle


def _as_lines(page: Iterable[Word]) -> str:
    lines: list[list[Word]] = []
    for piece in sorted(page, key=lambda piece: piece.down):
        line = next((line for line in lines if line[0].bottom > piece.top and _level(line[0], piece) > 0.5), None)
        if line is None:
            lines.append([piece])
        else:
            line.append(piece)
    return "\n".join(" ".join(piece.text for piece in sorted(line, key=lambda piece: piece.left)) for line in lines)
