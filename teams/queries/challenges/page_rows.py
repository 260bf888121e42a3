"""The rows of a challenge's page as plain values, so that each can be drawn once and kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from teams.models.challenges.challenges import Answer, Challenge
from teams.models.challenges.entries import Entry
from teams.queries.challenges.table import Row
from teams.rules.challenges.counting import Reading
from teams.rules.counters import Counted


@dataclass(frozen=True)
class Person:
    """Whom an entry is for, a member or a team (without `pk`), and who noted their answer, if another did."""

    pk: int | None
    name: str
    face: str
    recorded_by: str


@dataclass(frozen=True)
class AskedRow:
    """Somebody who was asked, with their answer and its day."""

    person: Person
    answer: Answer
    answered_on: date | None


@dataclass(frozen=True)
class ReadingShown:
    """A reading that something rests on, as LinkedIn showed it."""

    as_read: Decimal
    taken_on: date
    is_confirmed: bool


@dataclass(frozen=True)
class ProgressRow:
    """How far somebody is, and the readings that say so.

    `start_as_read` and `start_corrected_on` tell of a start that a new formula shifted, or that was corrected.
    """

    person: Person
    is_me: bool
    percent: int
    made_on: date | None
    gained: Decimal | None
    needed: Decimal | None
    start: Decimal | None
    start_is_late: bool
    start_as_read: Decimal | None
    start_corrected_on: date | None
    now: Decimal | None
    readings: tuple[ReadingShown, ...]
    unevidenced: tuple[ReadingShown, ...]
    needs_evidence: bool = False
    """Whether a reading that is only typed or imported counts for nothing, as a start neither."""
    counter: Counted | None = None
    """What is counted, where the figures are not points."""


def asked_row(entry: Entry, challenge: Challenge) -> AskedRow:
    """The row of one of the entries `for_pages`."""
    answered_on = entry.answered_at and timezone.localdate(entry.answered_at, challenge.zone)
    return AskedRow(_person(entry), Answer(entry.answer), answered_on)


def progress_row(row: Row, challenge: Challenge, own: Entry | None) -> ProgressRow:
    """A row of the challenge's table for somebody with such an entry of their own, or none."""
    start = row.progress.baseline if isinstance(row.progress.baseline, Reading) else None
    corrected_at = start.corrected_at if start else None
    terms = challenge.terms()
    return ProgressRow(
        person=_person(row.entry),
        is_me=row.entry == own,
        percent=row.percent,
        made_on=row.made_on,
        gained=row.progress.gained,
        needed=getattr(row.progress, "needed", None),
        start=row.baseline,
        start_is_late=getattr(row.progress, "is_late", False),
        start_as_read=start.as_read if start and start.shift else None,
        start_corrected_on=corrected_at and timezone.localdate(corrected_at, challenge.zone),
        now=row.now,
        readings=tuple(map(_shown, row.readings)),
        unevidenced=tuple(map(_shown, row.unevidenced)),
        needs_evidence=terms.needs_evidence,
        counter=terms.counter,
    )


def _person(entry: Entry) -> Person:
    """Somebody who plays, or a team."""
    recorded_by = entry.recorded_by.name if entry.recorded_by else ""
    if entry.member:
        return Person(entry.member.pk, entry.member.name, entry.member.face, recorded_by)
    return Person(None, str(entry), "", recorded_by)


def _shown(reading: Reading) -> ReadingShown:
    return ReadingShown(reading.as_read, reading.taken_on, reading.is_confirmed)
