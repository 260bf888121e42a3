"""Writes everything that looks alike in one way: letters, digits, spaces, dashes and line breaks of every script."""

import re
import unicodedata

_EUROPEAN = (range(0xC0, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000))
"""Latin, Greek and Cyrillic: here a mark is an accent. In other scripts it may be a vowel, and stays."""
_UNSEEN = {0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFE0F, 0xFEFF}
_ALIKE = {
    **dict.fromkeys("’‘ʼ`´", "'"),
    **dict.fromkeys("‐‑‒–—−·", "-"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("\v\f\r\x85\u2028\u2029", "\n"),
    **{"ł": "l", "ß": "ss", "٪": "%", "،": ",", "٫": ".", "。": "."},
}


_KEYCAPS = re.compile("(?:[0-9]\ufe0f?\u20e3)+")
_FEWEST_LINES = 4


class _Folding(dict[int, str]):
    """How each character is written; looked up once for each, so that the cost is linear."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _one(chr(code))
        return folded


def _one(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter in _ALIKE:
        return _ALIKE[letter]
    if ord(letter) in _UNSEEN or 0x300 <= ord(letter) < 0x370:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    if category == "No" or (category == "Cc" and letter not in "\t\n"):  # superscripts are no part of a number
        return " "
    if category == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", letter).lower()
    if any(ord(letter) in letters for letters in _EUROPEAN):
        plain = "".join(part for part in unicodedata.normalize("NFD", plain) if not unicodedata.combining(part))
    return "".join(_ALIKE.get(part, part) for part in plain)


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Lower case, without accents and invisible characters; tabs and line breaks stay, for they part cells."""
    return _KEYCAPS.sub(_without_keycaps, text.lower()).replace("💯", "100").translate(_FOLDING)


def _without_keycaps(match: re.Match[str]) -> str:
    """The number that keycap emojis make; a single one is the number of a list, and nobody's score."""
    digits = re.sub("[^0-9]", "", match[0])
    return digits if len(digits) > 1 else " "


def undoubled(folded: str) -> str:
    """A folded text with each line once, where all of them stand twice: under each other, or with themselves."""
    lines = [line.strip() for line in folded.split("\n") if line.strip()]
    if len(lines) < _FEWEST_LINES:
        return folded
    if lines[::2] == lines[1::2]:
        return "\n".join(lines[::2])
    halves = [line[: len(line) // 2] for line in lines]
    return "\n".join(halves) if all(line == 2 * half for line, half in zip(lines, halves, strict=True)) else folded


def squeezed(folded: str) -> str:
    """A folded text with one space between words and no blank lines."""
    text = re.sub("[ \t]+", " ", folded)
    return re.sub(r"(?: \n|\n[ \n])[ \n]*", "\n", text).strip(" \n")
