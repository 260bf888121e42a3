"""Names and addresses as they are stored and compared, however somebody wrote them."""

import re
import unicodedata

_PART = r"[^\s<>,;:\"'()|]"
ADDRESS_IN_TEXT = re.compile(rf"(?:mailto:)?((?<!{_PART}){_PART}[^@\s<>,;:\"'()|]*+@{_PART}++)")
WHOLE_ADDRESS = re.compile(
    r"[\w.!#$%&*+/=?^`{}~-]+@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE
)
INVISIBLE = re.compile("[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0e-\x1f\x7f]")
_TRANSLITERATED = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Þ": "TH", "þ": "th"}
    | dict(zip("ØøŁłĐđÐðĦħı", "OoLlDdDdHhi", strict=True))
)
"""Letters that have no accent to be taken off, and stand where others do."""
_ACCENTS = re.compile("[\u0300-\u036f]")
LONGEST_NAME = 100
LONGEST_ADDRESS = 254
_CHANGED_BY_IDNA2003 = set("ßς\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
"""Letters of a domain that Python's own table would turn into others, and so into another domain."""


class FormerMember(str):
    """What readers see in place of a name that was erased."""


def normalized_name(name: str) -> str:
    """A name as it is stored: one character for a letter with its accent, single spaces, nothing invisible."""
    return " ".join(unicodedata.normalize("NFC", INVISIBLE.sub("", name)).split())


def sort_key(name: object) -> str:
    """The key that puts names in order: their letters without case and accents, so that Ärmel stands before Berg.

    `teams_alphabetical` in the database must equal it.
    """
    plain = unicodedata.normalize("NFKD", str(name).translate(_TRANSLITERATED))
    return "".join(map(str.lower, _ACCENTS.sub("", plain)))


def canonical_address(email: str) -> str:
    """A mail address as it is stored and compared: in small letters, without what is not seen, its domain in ASCII."""
    plain = unicodedata.normalize("NFKC", INVISIBLE.sub("", email)).strip().lower()
    local, at, domain = plain.rpartition("@")
    if not domain.isascii() and not _CHANGED_BY_IDNA2003 & set(domain):
        try:
            domain = domain.encode("idna").decode()
        except UnicodeError:
            return plain
    return f"{local}{at}{domain}"


def name_from_address(email: str) -> str:
    """The name that jane.doe@example.org most likely stands for."""
    words = re.split(r"[._+-]+", email.partition("@")[0])
    return " ".join(word.capitalize() for word in words if word)
