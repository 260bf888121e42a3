"""Recognises the page that says access to the score has ended, and not one that is out of order for a while."""

import re
from itertools import islice

from teams.rules.paste import words
from teams.rules.paste.tokens import either

NEAR = 300
"""Characters around the page's title in which the notice stands."""
ENOUGH = 12

_ENDED = re.compile(either(words.ENDED))
_NO_ACCESS = re.compile(either(words.NO_ACCESS))
_WAITING = re.compile(rf"(?<![^\W\d_]){either(words.WAITING)}")
_ACCESS = re.compile(r"(?<![^\W\d_])(?:acces|acess|zugriff|zugang|toegang|dostep|доступ)")
_SENTENCE_END = re.compile(r"[.!?] |\n")
_SSI = re.compile(r"(?<!\w)(?:ssi|social selling index)(?!\w)")
_TITLE = re.compile(either(words.TITLES))


def has_ended(folded: str) -> bool:
    """Whether a page without scores tells the member that access has ended.

    Under the title a sentence has to name access, or SSI, and its end; elsewhere a line both. Words of waiting
    ("try again later", "sign in") rule it out.
    """
    for title in islice(_TITLE.finditer(folded), ENOUGH):
        start = folded.rfind("\n", 0, title.start()) + 1
        near = folded[max(0, start - NEAR) : title.end() + NEAR]
        if not _WAITING.search(near) and _heads(folded, title) and any(map(_is_notice, _SENTENCE_END.split(near))):
            return True
    for mention in islice(_SSI.finditer(folded), ENOUGH):
        start = max(folded.rfind("\n", 0, mention.start()) + 1, mention.start() - NEAR)
        line = folded[start : mention.end() + NEAR].partition("\n")[0]
        if not _WAITING.search(line) and _NO_ACCESS.search(line) and _ENDED.search(line):
            return True
    return False


_OWN = re.compile(rf"(?:{either(words.OWN + words.CURRENT)}) ?$|^\W*$")
_CURRENT = re.compile(rf" {either(words.CURRENT)}")
_AFTER = re.compile(rf" {either(words.CURRENT)}|$|\W*\n")


def _heads(folded: str, title: re.Match[str]) -> bool:
    """Whether the title is the page's heading: "your" or "current" beside it, or alone on its line."""
    line = folded.rfind("\n", 0, title.start()) + 1
    return bool(
        _OWN.search(folded[line : title.start()])
        and (folded[line : title.start()].strip() or _AFTER.match(folded, title.end()))
    ) or bool(_CURRENT.match(folded[title.end() : title.end() + 20]))


def _is_notice(line: str) -> bool:
    return bool(_NO_ACCESS.search(line)) or bool(_ENDED.search(line) and (_ACCESS.search(line) or _SSI.search(line)))
