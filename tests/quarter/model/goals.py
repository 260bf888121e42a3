"""Goals: where they began, where they are, and on which day a reading reached them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from tests.quarter.model.people import DAY, Person, Reading, World, back, first_of, last_day, on, tick

WEEK = 7 * DAY


@dataclass(eq=False)
class Goal:
    """Of a team (`mean`, `everybody` at a score, `coverage`) or of one person (`score`), with whom it was made from."""

    whose: str
    kind: str
    target: Decimal
    made_at: datetime
    due: date
    starts: dict[Person, Reading | None] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"{self.whose} {self.kind} {self.target}"

    @property
    def end(self) -> Decimal:
        """The figure at which it is reached: everybody are 100 %."""
        return Decimal(100) if self.kind == "everybody" else self.target

    def month(self, day: date) -> date:
        return first_of(self.due if self.kind == "coverage" else day)


@dataclass(frozen=True)
class Figures:
    """Where a goal began and where it is; None where no reading tells. `readings` are what that is made of."""

    start: Decimal | None
    now: Decimal | None
    is_covered: bool
    readings: frozenset[Reading]

    def meets(self, goal: Goal) -> bool:
        """A mean counts only in a month with 60 % coverage."""
        return self.now is not None and self.now >= goal.end and self.is_covered


def starts(world: World, goal: Goal) -> dict[Person, Reading | None]:
    """Those whom a goal is made from, with their latest readings; coverage begins at 0 for all."""
    if goal.kind == "coverage":
        return {}
    today = on(goal.made_at)
    there = [each for each in _there(world, goal, goal.made_at, today) if each.team_on(today) == goal.whose]
    people = [each for each in world.people if each.name == goal.whose] or there
    return {each: _latest(each, goal.made_at, today) for each in people}


def figures(world: World, goal: Goal, at: datetime, day: date) -> Figures:
    """As they are known at a moment, of a day: over the same people at the start and now."""
    if goal.kind == "score":
        [(person, start)] = goal.starts.items()
        now = _latest(person, at, day)
        value = now and Decimal(now.total - world.shift_between(start.taken_on, now.taken_on, at))
        return Figures(Decimal(start.total), value, True, frozenset([now] if now else []))
    expected = _expected(world, goal, at, day)
    inside = {each: found for each in expected if (found := _within(each, goal.month(day), at, day))}
    is_covered = 10 * len(inside) >= 6 * len(expected) and bool(inside)
    if goal.kind == "coverage":
        return Figures(Decimal(0), _percent(len(inside), len(expected)), True, frozenset(inside.values()))
    now = {each: _latest(each, at, day) for each in expected if each in goal.starts}
    if goal.kind == "everybody":
        values = {each: _value(world, goal, each, now[each], at) for each in now}
        there = sum(value is not None and value >= goal.target for value in values.values())
        before = sum(
            found is not None and found.total >= goal.target for each, found in goal.starts.items() if each in now
        )
        readings = frozenset(found for found in now.values() if found)
        return Figures(_percent(before, len(now)), _percent(there, len(now)), True, readings)
    same = [each for each in now if goal.starts[each] and now[each]]
    start, end = [goal.starts[each].total for each in same], [_value(world, goal, each, now[each], at) for each in same]
    readings = frozenset(now[each] for each in same) | frozenset(inside.values())
    return Figures(_mean(start), _mean(end), is_covered, readings)


@dataclass
class Reached:
    """On which day a goal is reached, if it is; or was, by what turned out to be the new formula."""

    on: date | None = None
    taken_back_on: date | None = None
    seen_at: list[datetime] = field(default_factory=list)
    """Each moment at which it was seen to be reached."""


def reached(world: World, goal: Goal, until: datetime) -> Reached:
    """By a reading, on the day on which that is seen, never by who drops out.

    A correction takes it back, and so does a mark of a new formula, or another measure of what that moved.
    """
    found, rested = Reached(), figures(world, goal, goal.made_at, on(goal.made_at)).readings
    shifts = _shifts(world, goal, goal.made_at)
    for at in _looks(world, goal, until):
        is_judged_anew, shifts = shifts != (now := _shifts(world, goal, at)), now
        if found.on:
            there = figures(world, goal, at, found.on)
            is_looked_at = is_judged_anew or not all(each.counts(at) for each in rested)
            if is_looked_at and not there.meets(goal):
                found.taken_back_on = found.on if is_judged_anew else None
                found.on, rested = None, frozenset()
        else:
            there = figures(world, goal, at, min(on(at), goal.due))
            if there.meets(goal) and (is_judged_anew or there.readings - rested):
                found = Reached(min(on(at), goal.due), None, [*found.seen_at, at])
            rested = there.readings
    return found


def _looks(world: World, goal: Goal, until: datetime) -> list[datetime]:
    """When the clock looks after something was typed, taken back or marked."""
    moments = {at for person in world.people for each in person.readings for at in (each.typed_at, each.gone_at)}
    moments |= {marked_at for _, marked_at in world.formulas}
    looks = {tick(moment) for moment in moments if goal.made_at < moment <= until}
    return sorted(at for at in looks if at <= until and on(at) <= goal.due + WEEK)


def _shifts(world: World, goal: Goal, at: datetime) -> list[int]:
    """What the new formulas since its start moved, as far as they are marked and measured."""
    marked = [day for day, marked_at in world.formulas if marked_at <= at and on(goal.made_at) < day]
    return [world.shift(day, at) for day in marked]


def _there(world: World, goal: Goal, at: datetime, day: date) -> list[Person]:
    """Who competes in a team at the month's end as far as is known, and has access."""
    end, today = last_day(goal.month(day)), on(at)
    there = [each for each in world.people if each.team_on(end, known_on=today) == goal.whose]
    return [each for each in there if each.has_access(end, known_on=today)]


def _expected(world: World, goal: Goal, at: datetime, day: date) -> list[Person]:
    """Those of them who are not away."""
    month = goal.month(day)
    return [
        each for each in _there(world, goal, at, day) if _within(each, month, at, day) or not world.is_away(each, month)
    ]


def _within(person: Person, month: date, at: datetime, day: date) -> Reading | None:
    found = [each for each in person.counting(at) if each.month == month and each.taken_on <= day]
    return found[-1] if found else None


def _latest(person: Person, at: datetime, day: date) -> Reading | None:
    """The latest score, up to three months old."""
    return next((found for n in range(4) if (found := _within(person, back(first_of(day), n), at, day))), None)


def _value(world: World, goal: Goal, person: Person, now: Reading | None, at: datetime) -> Decimal | None:
    """What it is less what a new formula moved for everybody since the start."""
    if now is None:
        return None
    start = goal.starts[person]
    since = start.taken_on if start else on(goal.made_at)
    return Decimal(now.total - world.shift_between(since, now.taken_on, at))


def _percent(part: int, whole: int) -> Decimal | None:
    """Never rounded up: 100 are all."""
    return Decimal(100 * part // whole) if whole else None


def _mean(values: list) -> Decimal | None:
    if not values:
        return None
    return (Decimal(sum(values)) / len(values)).quantize(Decimal("0.1"), ROUND_HALF_UP)
