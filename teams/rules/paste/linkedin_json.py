"""Reads LinkedIn's own answer of /sales-api/salesApiSsi: as JSON, in somebody's wrapping, or as a program prints it."""

import html
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from teams.rules.measure import Pillar
from teams.rules.paste import loose_json
from teams.rules.paste.result import GROUPS, Answer, pillar_score, whole

# The names in live answers of 2021-2026.
PILLARS = {
    "PROFESSIONAL_BRAND": Pillar.BRAND,
    "FIND_RIGHT_PEOPLE": Pillar.PEOPLE,
    "INSIGHT_ENGAGEMENT": Pillar.INSIGHTS,
    "STRONG_RELATIONSHIP": Pillar.RELATIONSHIPS,
}
ANSWER_NAMES = ("memberScore", "groupScore")
DAY_NAMES = ("day", "date", "timestamp", "time", "capturedAt", "createdAt", "fetchedAt", "startedDateTime")
_NUMBER = re.compile(r"-?\d{1,4}(?:\.\d{1,30})?(?:[eE]-?\d)?")
ENOUGH = 12
"""Answers that are looked at; a text holds one, somebody's history a year of them."""
WRAPPINGS = 3
"""How often JSON may be packed into a string of JSON."""


def answers(text: str) -> list[Answer]:
    """The scores in each JSON answer of the text; nothing when it holds none."""
    if not _may_hold(text):
        return []
    found: list[Answer] = []
    for part, day in _objects(html.unescape(text) if "&quot;" in text else text):
        values = {name: value for name, value in _values(part) if value is not None}
        if values and len(found) < ENOUGH:
            found.append(Answer(values, {}, ("day", day) if day else None))
    return found


def _values(part: dict[str, Any]) -> Iterator[tuple[str, Decimal | int | None]]:
    member = _dict(part.get("memberScore"))
    yield "total", whole(_number(member.get("overall")))
    for score in _dicts(member.get("subScores")):
        pillar = PILLARS.get(str(score.get("pillar")).upper())
        if pillar:
            yield pillar.value, pillar_score(_number(score.get("score")))
    for group in _dicts(part.get("groupScore")):
        name = str(group.get("groupType")).lower()
        if name in GROUPS:
            yield f"{name}_rank", whole(_number(group.get("rank")), least=1)
            yield f"{name}_average", whole(_number(_dict(group.get("score")).get("overall")))


def _objects(text: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every object that looks like LinkedIn's answer, from the outside in, with the day that stands beside it."""
    waiting: list[tuple[Any, int, str]] = [(text, 0, "")]
    for thing, depth, day in waiting:
        if isinstance(thing, dict):
            day = next((str(thing[name]) for name in DAY_NAMES if isinstance(thing.get(name), str)), day)
            if any(name in thing for name in ANSWER_NAMES):
                yield thing, day
            else:
                waiting += [(inner, depth, day) for inner in thing.values()]
        elif isinstance(thing, list):
            waiting += [(inner, depth, day) for inner in thing]
        elif isinstance(thing, str) and depth < WRAPPINGS and _may_hold(thing):
            waiting += [(inner, depth + 1, day) for inner in loose_json.values(thing)]


def _may_hold(text: str) -> bool:
    return "{" in text and any(name in text for name in ANSWER_NAMES)


def _number(value: Any) -> Decimal | None:
    """A number, also one in quotes; None for anything else."""
    return Decimal(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
