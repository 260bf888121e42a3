"""In which ways others may have written somebody's name: PostgreSQL's patterns that find them."""

import re
import unicodedata

SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae", "å": "aa", "ł": "l"})
BETWEEN = r"[\s\u00a0\u202f\u3000._,+\u2019'-]"
"""What stands between the words of a name: in a sentence, an address, the name of a file."""
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
    words = [_word(word) for word in name.split()]
    glued = bool(WITHOUT_SPACES.search(name))
    between = f"{BETWEEN}{{{0 if glued else 1},3}}"
    orders = {between.join(words), between.join([*words[-1:], *words[:-1]])}
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


def _word(word: str) -> str:
    """A word whose marks, such as an apostrophe, may be left out or be others."""
    parts = [part for part in re.split(r"[\W_]+", unicodedata.normalize("NFC", word)) if part]
    return f"{BETWEEN}{{0,3}}".join(map(_spellings, parts)) if parts else re.escape(word)


def _spellings(part: str) -> str:
    split = unicodedata.normalize("NFD", part)
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    ways = {part, split, bare, part.lower().translate(SPELLED_OUT)}
    return f"(?:{'|'.join(sorted(map(re.escape, ways)))})"
