"""A team's month as it closes: places, changes and climbs, who stands apart, and how many are in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tests.quarter.model.people import DAY, Person, World, back, by_name, last_day


@dataclass
class Board:
    """Each place with its name, score, change and climb; those without one by name."""

    places: list[tuple[int, str, int, int | None, int | None]]
    silent: list[str]
    away: list[str]
    no_access: list[str]

    @property
    def expected(self) -> int:
        return len(self.places) + len(self.silent)

    @property
    def is_complete(self) -> bool:
        """From 60 % on places mean something."""
        return bool(self.places) and 10 * len(self.places) >= 6 * self.expected


def board(world: World, team: str, month: date, at: datetime, looked_at: datetime) -> Board:
    """A team's month with the readings of one moment, as somebody sees it at another one."""
    end = last_day(month)
    inside = [person for person in by_name(world.people) if person.team_on(end) == team]
    lost = [person for person in inside if not person.has_access(end)]
    scores = {
        person: reading.total for person in inside if person not in lost and (reading := person.reading(month, at))
    }
    absent = [person for person in inside if person not in lost and person not in scores]
    away = [person for person in absent if world.is_away(person, month)]
    found = Board([], [each.name for each in absent if each not in away], _names(away), _names(lost))
    in_order = sorted(scores, key=lambda person: (-scores[person], person.name))
    climbs = _climbs(team, month, at, scores)
    found.places = [
        (_place(scores, person), person.name, scores[person], change(world, person, month, at, looked_at), None)
        for person in in_order
    ]
    if found.is_complete:
        found.places = [(*place[:4], climbs.get(person)) for place, person in zip(found.places, in_order, strict=True)]
    return found


def change(world: World, person: Person, month: date, at: datetime, looked_at: datetime) -> int | None:
    """Against the latest score of the three months before, less what a new formula moved for everybody."""
    now = person.reading(month, at)
    before = next((found for n in (1, 2, 3) if (found := person.reading(back(month, n), at))), None)
    if now is None or before is None:
        return None
    return now.total - before.total - world.shift_between(before.taken_on, now.taken_on, looked_at)


def _climbs(team: str, month: date, at: datetime, scores: dict[Person, int]) -> dict[Person, int]:
    """Places gained among those who were on this board the month before, too."""
    earlier = back(month, 1)
    before = {
        person: reading.total
        for person in scores
        if person.team_on(month - DAY) == team and (reading := person.reading(earlier, at))
    }
    now = {person: scores[person] for person in before}
    return {person: _place(before, person) - _place(now, person) for person in before}


def _place(scores: dict[Person, int], person: Person) -> int:
    """Equal scores share a place: 1, 2, 2, 4."""
    return 1 + sum(score > scores[person] for score in scores.values())


def _names(people: Iterable[Person]) -> list[str]:
    return [person.name for person in people]
