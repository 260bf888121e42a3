"""Reads LinkedIn's answer as a browser shows JSON and lets it be copied: a name and its value a line, no brackets."""

import re
from itertools import islice
from typing import Any

MOST = 2_000
"""Names that are looked at; an answer has about 60."""

_PAIR = re.compile(
    r"""(?<!\w)(memberScore|groupScore|overall|score|pillar|groupType|rank)(?!\w)["']?[ \t]{0,9}:?\s{0,9}["']?"""
    r"""(-?\d{1,4}(?:\.\d{1,30})?(?![\w.])|[A-Z_]{4,30}(?![a-z\w])|)"""
)


def answer(text: str) -> dict[str, Any]:
    """The answer in the shape that LinkedIn sends; empty where none is, or two that differ. Never raises."""
    member: dict[str, str] = {}
    pillars: list[dict[str, str]] = []
    groups: list[dict[str, Any]] = []
    inside = ""
    for name, value in (find.groups() for find in islice(_PAIR.finditer(text), MOST)):
        if name in ("memberScore", "groupScore"):
            inside = name
        elif inside == "memberScore" and value:
            if name == "overall" and member.setdefault(name, value) != value:
                return {}
            if name in ("score", "pillar"):
                if not pillars or name in pillars[-1]:
                    pillars.append({})
                pillars[-1][name] = value
        elif inside == "groupScore" and value:
            _put(groups, name, value)
    return {"memberScore": {**member, "subScores": pillars}, "groupScore": groups} if member else {}


def _put(groups: list[dict[str, Any]], name: str, value: str) -> None:
    if name == "groupType":
        groups.append({"groupType": value, "score": {}})
    elif groups and name == "rank":
        groups[-1].setdefault("rank", value)
    elif groups and name == "overall":
        groups[-1]["score"].setdefault("overall", value)
