"""What stands for somebody without a picture: a letter or two of their name, on a colour of their own."""

import unicodedata
from enum import StrEnum
from itertools import dropwhile, takewhile

ZERO_WIDTH_NON_JOINER = "\N{ZERO WIDTH NON-JOINER}"
"""Between two letters that would else be written as one, such as Arabic ones."""
TITLES = {"dr", "prof", "mr", "mrs", "ms", "mme", "herr", "frau"}
"""Words before a name that are none, with a full stop or without."""

LARGEST_PICTURE = 10 << 20
"""Bytes of what is uploaded."""
_VIRAMA = 9
"""The combining class of the signs that take a letter's vowel away, as in क्ष."""


class Tone(StrEnum):
    """The colours, as the style sheets call them."""

    ROSE = "rose"
    CLAY = "clay"
    SAND = "sand"
    MOSS = "moss"
    MINT = "mint"
    LAKE = "lake"
    IRIS = "iris"
    PLUM = "plum"


def monogram(name: str) -> str:
    """The first letters of the first and the last word of a name, JD for Jane Doe; one where there is only one.

    Empty for a name without a letter or a digit. A letter keeps the marks that belong to it, in any script.
    """
    words = [word for word in name.split() if any(map(str.isalnum, word))]
    while len(words) > 1 and words[0].rstrip(".").casefold() in TITLES:
        del words[0]
    return _apart([_first_letter(word) for word in words[:1] + words[1:][-1:]])


def tone(member: int) -> Tone:
    """Somebody's colour, by their id: neighbours in a new team have different ones."""
    return list(Tone)[member % len(Tone)]


def _apart(letters: list[str]) -> str:
    """The letters side by side, with a sign between those that a font would join."""
    joins = any(unicodedata.bidirectional(letter[0]) == "AL" for letter in letters)
    return (ZERO_WIDTH_NON_JOINER if joins else "").join(letters)


def _first_letter(word: str) -> str:
    """The first letter or digit, large where that is one letter still, with its marks."""
    first, *rest = dropwhile(lambda sign: not sign.isalnum(), unicodedata.normalize("NFC", word))
    large = first.upper()
    return "".join([large if len(large) == 1 else first, *takewhile(_is_mark, rest)])


def _is_mark(sign: str) -> bool:
    """Whether it belongs to the letter before it; one that only joins that letter with the next does not."""
    return unicodedata.category(sign).startswith("M") and unicodedata.combining(sign) != _VIRAMA
