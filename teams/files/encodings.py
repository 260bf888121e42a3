"""The encoding of a text file, by evidence: in which one its names look like names.

Only the lines with letters beyond ASCII say anything. Where several encodings give different names that all look
right, such as Hélène and Hélčne, nobody knows: then whoever imports it is asked.
"""

import re
import unicodedata
from contextlib import suppress
from itertools import islice
from typing import NamedTuple

from charset_normalizer import from_bytes

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
UTF_8, BROKEN = "utf-8", "\N{REPLACEMENT CHARACTER}"
NAMES = {
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "mac_roman": "Mac Roman",
    "cp932": "Shift-JIS",
    "cp1251": "Windows-1251",
    "gb18030": "GB 18030",
    "big5": "Big5",
    "cp949": "EUC-KR",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp1257": "Windows-1257",
    "iso8859_2": "ISO 8859-2",
    "koi8_r": "KOI8-R",
    "cp850": "DOS 850",
}
"""The encodings in which programs save tables, the commonest first."""
RARE = {"cp1257", "iso8859_2", "koi8_r", "cp850"}
"""Those that raise no doubt where a commoner one has names that look right."""
MOST_LINES = 200
LONGEST_LINE = 400
SAMPLE_LINES = 3
_WORD = re.compile(r"[^\s,;:\"()<>/|0-9.@!?+*=&_-]+")
_INSIDE = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MIDDLE DOT}\N{HYPHEN}\N{EN DASH}\N{KATAKANA MIDDLE DOT}"
"""What may stand between two letters of a name."""


class Reading(NamedTuple):
    """The text's telling lines in one encoding."""

    encoding: str
    sample: str


def encoding_of(content: bytes) -> str:
    """The most likely encoding of a text: as its mark says, UTF-8 or UTF-16, else the one in which names look right."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return encoding
    start = content[:2_000]
    if start.count(0) > len(start) / 4:
        return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"
    return UTF_8 if is_mostly_utf_8(content) else readings(content)[0].encoding


def in_doubt(content: bytes) -> list[Reading]:
    """The readings among which somebody must choose; none where the encoding is sure, or where it is no text."""
    if content.startswith(b"PK") or encoding_of(content) not in NAMES:
        return []
    likely = readings(content)
    return likely if len(likely) > 1 else []


def readings(content: bytes) -> list[Reading]:
    """The different readings of a text in which its names look most like names, the commonest encoding first."""
    lines = _telling_lines(content)
    telling = b"\n".join([line for line in lines if len(line) <= LONGEST_LINE] or lines[:1])
    encodings_by_text: dict[str, str] = {}
    for encoding in _fitting(telling):
        with suppress(UnicodeDecodeError):
            encodings_by_text.setdefault(telling.decode(encoding), encoding)
    oddities = {text: oddity(text) for text in encodings_by_text}
    best = [text for text, odd in oddities.items() if odd == min(oddities.values())]
    common = [text for text in best if encodings_by_text[text] not in RARE]
    best = common if len(common) == 1 else best
    return [Reading(encodings_by_text[text], _sample(text, best)) for text in best]


def oddity(text: str) -> int:
    """How many words look broken, as by a wrong encoding: signs in them, a capital inside, letters of two scripts."""
    return sum(map(_is_odd, _WORD.findall(text)))


def is_mostly_utf_8(content: bytes) -> bool:
    """Whether at least as many letters beyond ASCII are whole in UTF-8 as are broken: then only these are in doubt."""
    with suppress(UnicodeDecodeError):
        return bool(content.decode(UTF_8)) or True
    text = b"\n".join(_telling_lines(content)).decode(UTF_8, errors="replace")
    broken = text.count(BROKEN)
    return sum(letter > "\x7f" for letter in text) >= 2 * broken > 0


def _telling_lines(content: bytes) -> list[bytes]:
    """The first lines with letters beyond ASCII."""
    return list(islice((line for line in content.splitlines() if not line.isascii()), MOST_LINES))


def _fitting(telling: bytes) -> list[str]:
    """The encodings in which the lines are no noise, in the order of NAMES; all of them where none is."""
    matches = from_bytes(telling, cp_isolation=list(NAMES))
    fitting = {one.encoding for match in matches for one in (match, *match.submatch)}
    return [encoding for encoding in NAMES if encoding in fitting | {"cp1252"}] if fitting else list(NAMES)


def _is_odd(word: str) -> bool:
    if word.isascii():
        return False
    kinds = [unicodedata.category(letter) for letter in word]
    letters = [kind[0] in "LM" for kind in kinds]
    scripts = {_script(letter) for letter, is_letter in zip(word, letters, strict=True) if is_letter}
    if len(word) == 1:
        return kinds[0][0] == "C" or bool(scripts - {"CJK", "HANGUL"})
    is_small = not word.isupper()
    capitals = [place for place, kind in enumerate(kinds) if place and kind == "Lu" and letters[place - 1]]
    climbs = is_small and any(not (word[place - 1] + word[place]).isascii() for place in capitals)
    signs = [place for place, is_letter in enumerate(letters) if not is_letter and word[place] not in _INSIDE]
    loose = word[0] in _INSIDE[1:] or word[-1] in _INSIDE[1:]
    return climbs or len(scripts) > 1 or (any(letters) and bool(signs or loose)) or "C" in {kind[0] for kind in kinds}


def _script(letter: str) -> str:
    """The first word of a letter's name, such as LATIN or CYRILLIC; Japanese mixes three, Korean two."""
    script = unicodedata.name(letter, "NONE").partition(" ")[0].partition("-")[0]
    return "CJK" if script in ("HIRAGANA", "KATAKANA", "IDEOGRAPHIC") else script


def _sample(text: str, others: list[str]) -> str:
    """The first lines of a reading that are others elsewhere: of these the cells that somebody knows them by."""
    rows = zip(text.split("\n"), *(other.split("\n") for other in others), strict=False)
    return " · ".join(islice((_telling_cells(line) for line, *same in rows if len(set(same)) > 1), SAMPLE_LINES))


def _telling_cells(line: str) -> str:
    """A line's cells with letters beyond ASCII, without what stands around them in a csv."""
    return ", ".join(cell.strip(' "\r') for cell in re.split("[,;\t]", line) if not cell.isascii())
