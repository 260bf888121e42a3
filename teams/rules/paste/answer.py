"""Reads LinkedIn's own JSON: the answer of /sales-api/salesApiSsi, bare or in somebody's wrapping."""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice
from typing import Any

from teams.rules.measure import Pillar
from teams.rules.paste.reading import GROUPS, Reading, pillar_score, reading, whole

# The names in live answers of 2021-2026.
PILLARS = {
    "PROFESSIONAL_BRAND": Pillar.BRAND,
    "FIND_RIGHT_PEOPLE": Pillar.PEOPLE,
    "INSIGHT_ENGAGEMENT": Pillar.INSIGHTS,
    "STRONG_RELATIONSHIP": Pillar.RELATIONSHIPS,
}
ENOUGH = 5
"""Objects that are looked at; an answer holds one."""
WRAPPINGS = 3
"""How often JSON may be packed into a string of JSON."""


def read(text: str) -> Reading | None:
    """The scores in a JSON answer; None when the text holds none."""
    values: dict[str, Decimal | int | None] = {}
    for part in islice(_objects(text), ENOUGH):
        for name, value in _values(part):
            if values.get(name) is None:
                values[name] = value
    return reading(values)


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


def _objects(text: str) -> Iterator[dict[str, Any]]:
    """Every object in the text that looks like LinkedIn's answer, from the outside in."""
    waiting: list[tuple[Any, int]] = [(text, 0)]
    for thing, depth in waiting:
        if isinstance(thing, dict):
            if "memberScore" in thing or "groupScore" in thing:
                yield thing
            waiting += [(inner, depth) for inner in thing.values()]
        elif isinstance(thing, list):
            waiting += [(inner, depth) for inner in thing]
        elif isinstance(thing, str) and depth < WRAPPINGS and _may_hold(thing):
            waiting.append((_decoded(thing.strip()), depth + 1))


def _may_hold(text: str) -> bool:
    return "{" in text and ("memberScore" in text or "groupScore" in text)


def _decoded(text: str) -> Any:
    """The JSON that starts with the text's first bracket or quote, None if it is broken or too deep."""
    start = 0 if text.startswith(("{", "[", '"')) else max(0, text.find("{"))
    decoder = json.JSONDecoder(parse_float=_decimal, parse_int=_decimal, parse_constant=lambda _: None)
    try:
        return decoder.raw_decode(text, start)[0]
    except (ValueError, RecursionError):
        return None


def _decimal(digits: str) -> Decimal | None:
    try:
        return Decimal(digits)
    except InvalidOperation:
        return None


def _number(value: Any) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
