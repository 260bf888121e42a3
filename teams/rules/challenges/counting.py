"""Which readings of somebody count in a challenge, and how far they have brought them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from teams.rules.challenges.terms import STARTING, ChallengeKind, Terms
from teams.rules.months import Month

BASELINE_DAYS = timedelta(days=14)
"""How long before the start a baseline may have been read."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A stored reading with its life: what it replaces, and when it was taken back."""

    id: int
    taken_on: date
    typed_at: datetime
    value: Decimal | None
    replaces: int | None = None
    withdrawn_at: datetime | None = None
    is_confirmed: bool = False
    is_evidenced: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading that counts. `known_at` is when its first version was typed, `id` that of the last.

    `shift`: the points of its value that a change of LinkedIn's formula explains.
    """

    id: int
    taken_on: date
    known_at: datetime
    value: Decimal
    corrected_at: datetime | None = None
    shift: Decimal = Decimal(0)
    is_confirmed: bool = False
    is_evidenced: bool = False

    @property
    def as_read(self) -> Decimal:
        """What LinkedIn showed."""
        return self.value - self.shift

    @property
    def order(self) -> tuple[date, int]:
        """By day, then by typing."""
        return self.taken_on, self.id


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is. `is_late`: the baseline is their first reading after accepting; `made_with` made it.

    `unevidenced` are those of the days that do not count, as nothing but their word speaks for them.
    """

    baseline: Reading | None = None
    is_late: bool = False
    readings: tuple[Reading, ...] = ()
    gained: Decimal | None = None
    needed: Decimal | None = None
    made_with: Reading | None = None
    unevidenced: tuple[Reading, ...] = ()

    @property
    def made_on(self) -> date | None:
        """The day of the reading that made it."""
        return self.made_with.taken_on if self.made_with else None

    @property
    def now(self) -> Reading | None:
        """The last reading that counts."""
        return self.readings[-1] if self.readings else None


def counting_at(typed: Iterable[Typed], moment: datetime) -> list[Reading]:
    """The readings that counted at a moment, in their order: whatever came later is not looked at."""
    return _counting([one for one in typed if one.typed_at < moment], moment)


def amended_after(typed: Iterable[Typed], moment: datetime) -> list[Reading]:
    """The readings known by a moment, as they were corrected or withdrawn since: what "settle again" looks at."""
    return [reading for reading in _counting(list(typed), None) if reading.known_at < moment]


def progress(terms: Terms, readings: Sequence[Reading], accepted_at: datetime, accepted_on: date) -> Progress:
    """How far these readings, in their order, bring somebody who accepted at a moment, on the organization's day."""
    unevidenced = [each for each in readings if not is_evidence_enough(terms, each) and _is_near(terms, each)]
    readings = [each for each in readings if is_evidence_enough(terms, each)]
    baseline, is_late = _baseline(terms, readings, accepted_at, accepted_on)
    inside = [reading for reading in readings if terms.starts_on <= reading.taken_on <= terms.ends_on]
    compares = terms.kind in (ChallengeKind.GAIN, ChallengeKind.IMPROVED)
    if compares:
        inside = [reading for reading in inside if baseline and reading.order > baseline.order]
    now = inside[-1] if inside else None
    target = _target(terms, baseline)
    made_readings = [reading for reading in inside if target is not None and reading.value >= target]
    best = now or baseline
    return Progress(
        baseline=baseline,
        is_late=is_late,
        readings=tuple(inside),
        gained=now.value - baseline.value if now and baseline else None,
        needed=None if target is None else _needed(target, best, made_readings),
        made_with=made_readings[0] if made_readings else None,
        unevidenced=tuple(unevidenced),
    )


def is_evidence_enough(terms: Terms, reading: Reading) -> bool:
    """Whether a reading has the evidence that the terms ask for."""
    return reading.is_evidenced or not terms.needs_evidence


def _is_near(terms: Terms, reading: Reading) -> bool:
    """Whether it is of the challenge's days, or of those before in which a start may be read."""
    since = terms.starts_on - BASELINE_DAYS if terms.kind in STARTING else terms.starts_on
    return since <= reading.taken_on <= terms.ends_on


def _counting(typed: list[Typed], moment: datetime | None) -> list[Reading]:
    by_id = {one.id: one for one in typed}
    replaced = {one.replaces for one in typed}
    standing = [one for one in typed if one.id not in replaced and not _is_withdrawn(one, moment)]
    readings = [_reading(one, one.value, by_id) for one in standing if one.value is not None]
    return sorted(readings, key=lambda reading: reading.order)


def _is_withdrawn(one: Typed, moment: datetime | None) -> bool:
    return one.withdrawn_at is not None and (moment is None or one.withdrawn_at < moment)


def _reading(one: Typed, value: Decimal, by_id: dict[int, Typed]) -> Reading:
    first = one
    while first.replaces in by_id:
        first = by_id[first.replaces]
    corrected_at = one.typed_at if first is not one else None
    return Reading(
        one.id,
        one.taken_on,
        first.typed_at,
        value,
        corrected_at,
        is_confirmed=one.is_confirmed,
        is_evidenced=one.is_evidenced,
    )


def _baseline(
    terms: Terms, readings: Sequence[Reading], accepted_at: datetime, accepted_on: date
) -> tuple[Reading | None, bool]:
    """The latest reading of the 14 days up to the start that was known at acceptance, else the first after it.

    Of what a team counts itself, the figure of the month before, however late it was entered.
    """
    if terms.counter:
        before = (Month.of(terms.starts_on) - 1).last_day
        figure = next((each for each in readings if each.taken_on == before), None)
        return figure, figure is not None and figure.known_at >= accepted_at
    from_on = terms.starts_on - BASELINE_DAYS
    known = [each for each in readings if each.known_at < accepted_at and from_on <= each.taken_on <= terms.starts_on]
    if known:
        return known[-1], False
    later = [
        each
        for each in readings
        if each.known_at >= accepted_at and max(accepted_on, from_on) <= each.taken_on <= terms.ends_on
    ]
    return (later[0], True) if later else (None, False)


def _target(terms: Terms, baseline: Reading | None) -> Decimal | None:
    if terms.kind == ChallengeKind.REACH:
        return terms.points
    return baseline.value + (terms.points or 0) if terms.kind == ChallengeKind.GAIN and baseline else None


def _needed(target: Decimal, best: Reading | None, made_readings: list[Reading]) -> Decimal:
    return Decimal(0) if made_readings else max(Decimal(0), target - (best.value if best else 0))
