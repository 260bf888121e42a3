"""In which ways others may have written somebody's name: PostgreSQL's patterns that find them."""

import re
import unicodedata

SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa", "ł": "l"})
BETWEEN = r"[\s\u00a0\u202f\u3000._,+\u2019'-]"
"""What stands between the words of a name: in a sentence, an address, the name of a file."""
_BETWEEN_ALONE = re.compile(f"{BETWEEN}+")
QUOTES = "\u201c\u201d\u201e\u00ab\u00bb\u2018\u201a"
"""Marks that others may have written for those around a part of a name; but for ", which ends texts in JSON."""
WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Thai, Lao, Burmese, Khmer, Japanese, Chinese and Korean: what follows a name is written on to it."""
SHORTEST_CUT = 3
"""Letters of a name by which it is known where a text was cut off."""


def pattern_of(name: str) -> str:
    """The pattern of a name or an address, whose case is to be ignored.

    Either order of first and last name, with and without accents, joined by whatever joins words.
    """
    if "@" in name:
        return _whole(re.escape(name))
    glued = bool(WITHOUT_SPACES.search(name))
    words = name.split()
    orders = {_joined(words, glued), _joined([*words[-1:], *words[:-1]], glued)}
    names = f"(?:{'|'.join(sorted(orders))})"
    return names if glued else _whole(f"{names}(?:['\u2019]?s)?")


def finder_of(name: str) -> re.Pattern[str]:
    """The same pattern for Python, which calls letters and digits otherwise."""
    return re.compile(pattern_of(name).replace("[[:alnum:]]", r"[^\W_]"), re.IGNORECASE)


def cut_pattern_of(name: str) -> str:
    """The pattern, in PostgreSQL's dialect, of the first letters of a name where a text ends in the middle of it."""
    composed = unicodedata.normalize("NFC", name)
    beginnings = [re.escape(composed[:length]) for length in range(len(composed) - 1, SHORTEST_CUT - 1, -1)]
    return f"(?<![[:alnum:]])(?:{'|'.join(beginnings or [re.escape(composed)])})$"


def _whole(pattern: str) -> str:
    return f"(?<![[:alnum:]]){pattern}(?![[:alnum:]])"


def _joined(words: list[str], glued: bool) -> str:
    """Words one after the other, whose marks, such as an apostrophe, may be left out or be others."""
    name = unicodedata.normalize("NFC", " ".join(words))
    begins, *rest = re.split(r"([\W_]+)", re.sub(r"^[\W_]+", "", name))
    if not begins:
        return re.escape(name)
    pattern = _spellings(begins)
    for gap, part in zip(rest[::2], rest[1::2], strict=True):
        if part:
            pattern += _between(gap, glued) + _spellings(part)
    return pattern


def _between(gap: str, glued: bool) -> str:
    """What may stand where a name has this: what joins words, and the name's own marks, such as quotes."""
    least = 1 if " " in gap and not glued else 0
    own = {mark for mark in gap.split() if not _BETWEEN_ALONE.fullmatch(mark)}
    if not own:
        return f"{BETWEEN}{{{least},3}}"
    marks = "|".join(sorted(map(re.escape, own | set(QUOTES))))
    return f"(?:{BETWEEN}|{marks}){{{least},6}}"


def _spellings(part: str) -> str:
    split = unicodedata.normalize("NFD", part)
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    ways = {part, split, bare, part.lower().translate(SPELLED_OUT)}
    return f"(?:{'|'.join(sorted(map(re.escape, ways)))})"
