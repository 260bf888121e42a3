"""LinkedIn changed its formula inside a challenge: what may be chosen, and what readings then count as."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from teams.rules.challenges.counting import Reading
from teams.rules.challenges.terms import STARTING, TOTAL, Terms


class Choice(StrEnum):
    """Whoever manages the challenge lets it stand, shifts what was read before, or ends it without a result."""

    STAND = "stand"
    SHIFT = "shift"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Decided:
    """What was chosen for the change of one day. `shift`: its median change; `by` is empty where nobody answered."""

    day: date
    choice: Choice
    shift: int = 0
    by: str = ""


def is_inside(terms: Terms, day: date) -> bool:
    """Whether a change of this day asks for a choice: not where LinkedIn's formula has no part in it."""
    return terms.counter is None and terms.starts_on <= day <= terms.ends_on


def choices(terms: Terms) -> list[Choice]:
    """What may be chosen. Shifting needs a start to shift, and the median change is known for the score alone."""
    return list(Choice) if terms.kind in STARTING and terms.figure == TOTAL else [Choice.STAND, Choice.VOID]


def shifted(readings: Iterable[Reading], decided: Iterable[Decided]) -> list[Reading]:
    """The readings as they count: those before a day that shifts, in the new formula's points.

    Readings inside the challenge move with the baseline, so that what was gained before the day stays gained.
    """
    shifts = [each for each in decided if each.choice == Choice.SHIFT]
    return [
        _shifted(reading, sum(each.shift for each in shifts if reading.taken_on < each.day)) for reading in readings
    ]


def _shifted(reading: Reading, points: int) -> Reading:
    return replace(reading, value=reading.value + points, shift=Decimal(points)) if points else reading
