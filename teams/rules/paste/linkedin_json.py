"""Reads LinkedIn's own answer of /sales-api/salesApiSsi: as JSON, in somebody's wrapping, or as a program prints it."""

import html
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from teams.rules.measure import Pillar
from teams.rules.paste import json_view, loose_json
from teams.rules.paste.result import GROUPS, Answer, Doubt, pillar_score, whole

# The names in live answers of 2021-2026.
PILLARS = {
    "PROFESSIONAL_BRAND": Pillar.BRAND,
    "FIND_RIGHT_PEOPLE": Pillar.PEOPLE,
    "INSIGHT_ENGAGEMENT": Pillar.INSIGHTS,
    "STRONG_RELATIONSHIP": Pillar.RELATIONSHIPS,
}
ANSWER_NAMES = ("memberScore", "groupScore", "socialSellingIndex")
DAY_NAMES = ("day", "date", "timestamp", "time", "capturedAt", "createdAt", "fetchedAt", "startedDateTime")
_NUMBER = re.compile(r"-?\d{1,4}(?:\.\d{1,30})?(?:[eE]-?\d)?")
ENOUGH = 12
"""Answers that are looked at; a text holds one, somebody's history a year of them."""
WRAPPINGS = 3
"""How often JSON may be packed into a string of JSON."""


def answers(text: str) -> list[Answer]:
    """The scores in each JSON answer of the text; nothing when it holds none."""
    json_answers = _told(_objects(html.unescape(text) if "&quot;" in text else text)) if _may_hold(text) else []
    return json_answers or (_told([(json_view.answer(text), "")]) if "memberScore" in text else [])


def _told(objects: Iterable[tuple[dict[str, Any], str]]) -> list[Answer]:
    told_answers: list[Answer] = []
    for part, day in objects:
        told = [(name, value) for name, value in _values(part) if value is not None]
        values = dict(reversed(told))
        twice = {name: Doubt.TWICE for name, value in told if value != values[name]}
        if values and len(told_answers) < ENOUGH:
            told_answers.append(Answer(values, twice, ("day", day) if day else None))
    return told_answers


def _values(part: dict[str, Any]) -> Iterator[tuple[str, Decimal | int | None]]:
    member = _dict(part.get("memberScore", part.get("currentScore")))
    for name in ("overall", "ssi", "score"):
        yield "total", whole(_number(member.get(name)))
    for parts in (member.get("subScores"), member.get("pillars"), part.get("pillars")):
        for name, score in _pillars(parts):
            if pillar := PILLARS.get(name.upper()):
                yield pillar.value, pillar_score(_number(score))
    for name in GROUPS:
        yield f"{name}_rank", whole(_number(_dict(part.get(name)).get("top")), least=1)
    for group in _dicts(part.get("groupScore")):
        name = str(group.get("groupType")).lower()
        if name in GROUPS:
            yield f"{name}_rank", whole(_number(group.get("rank")), least=1)
            yield f"{name}_average", whole(_number(_dict(group.get("score")).get("overall")))


def _pillars(parts: Any) -> Iterator[tuple[str, Any]]:
    """Each part's name and score: a list of objects, or an object whose names are the parts."""
    yield from ((name, score) for name, score in _dict(parts).items())
    for part in _dicts(parts):
        name = next((part[key] for key in ("pillar", "name", "type") if key in part), "")
        yield str(name), part.get("score", part.get("value"))


def _objects(text: str) -> Iterator[tuple[dict[str, Any], str]]:
    """Every object that looks like LinkedIn's answer, from the outside in, with the day that stands beside it."""
    waiting: list[tuple[Any, int, str]] = [(text, 0, "")]
    for thing, depth, day in waiting:
        if isinstance(thing, dict):
            day = next((str(thing[name]) for name in DAY_NAMES if isinstance(thing.get(name), str)), day)
            if any(name in thing for name in ANSWER_NAMES):
                yield _dict(thing.get("socialSellingIndex", thing)), day
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
