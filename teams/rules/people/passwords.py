"""Passwords: those that anybody guesses because a rule makes them, and those that one can read off a screen."""

from itertools import pairwise

LOOKS_AT = 128
"""So many characters are looked at, however long a password is."""
CHARACTERS_A_RUN = 3
"""From so many characters a run on, on average, a password is counted rather than thought of."""


def is_predictable(password: str) -> bool:
    """Whether it is a shorter one repeated, or made of few runs of repeated or counted characters."""
    small = password[:LOOKS_AT].casefold()
    return _is_repeated(small) or _runs(small) * CHARACTERS_A_RUN <= len(small)


def _is_repeated(text: str) -> bool:
    """Whether it is the same characters again and again, the last time perhaps cut off: `abcdabcdab`."""
    return any(text[length:] == text[:-length] for length in range(1, len(text) // 2 + 1))


def _runs(text: str) -> int:
    """How many stretches it has in which each character follows from the one before: `aaaa1234` has two."""
    return 1 + sum(not _follows(one, other) for one, other in pairwise(text))


def _follows(one: str, other: str) -> bool:
    return abs(ord(other) - ord(one)) <= 1 or one + other in ("90", "09")


_WORDS = """
    acorn agate alder amber anchor apple arrow aspen aster autumn badger bamboo barley basil beacon birch
    bison bramble brass breeze bronze brook canyon cedar chalk cherry cinder clover cobalt comet copper coral
    cotton crane crystal cypress daisy dawn delta dune eagle ember falcon fennel fern finch fjord flint
    forest fossil foxglove garnet ginger glacier granite gravel grove harbor hazel heron hickory indigo iris
    island ivory jasper juniper kelp kestrel lagoon lantern larch laurel lava lichen lilac linen lotus lynx
    magnet mango maple marble marlin meadow mint mirror mosaic moss nectar nutmeg oasis ocean olive onyx
    opal orchid otter pebble pepper pine plover plum poplar prairie quartz quill rain raven reed ridge
    river robin rowan saffron sage salmon silver sparrow spruce summit thistle timber topaz tulip
    willow wren yarrow
"""
WORDS = _WORDS.split()


def passphrase(digest: bytes) -> str:
    """The passphrase that a digest (at least four bytes) stands for, such as `kelp-amber-raven-42`."""
    words = [WORDS[byte % len(WORDS)] for byte in digest[:3]]
    return "-".join([*words, str(10 + digest[3] % 90)])
