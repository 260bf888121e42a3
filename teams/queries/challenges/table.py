"""A challenge as it is read: every entry with its readings, progress and place, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from teams.models.challenges.challenges import Answer, Challenge, ChallengeQuerySet
from teams.models.challenges.entries import Entry
from teams.models.challenges.recalibration_choices import decided_in
from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.queries.challenges.readings import StoredReading, figures_near, first_day, readings_near
from teams.queries.challenges.visibility import shown_winners
from teams.queries.challenges.winners import winners_of
from teams.queries.people.absences import unable_to_play
from teams.rules.challenges import counting, recalibrating, settling
from teams.rules.challenges.counting import Progress, Reading, Typed
from teams.rules.challenges.grounds import Grounds, Ruling
from teams.rules.challenges.progress import percents, to_the_target
from teams.rules.challenges.recalibrating import Decided
from teams.rules.challenges.settling import Result, Standing, TeamProgress
from teams.rules.challenges.stages import Stage
from teams.rules.challenges.terms import MADE, ChallengeKind, Terms
from teams.rules.people.names import sort_key


@dataclass(frozen=True)
class Row:
    """An entry that is in, how far it is, and the result it has with that."""

    entry: Entry
    progress: Progress | TeamProgress
    standing: Standing
    result: Result
    percent: int = 0
    """How much of the way is behind it, in percent."""
    decided: tuple[Decided, ...] = ()
    ruling: Ruling | None = None

    @property
    def grounds(self) -> Grounds:
        """What its result rests on."""
        return Grounds(self.progress, self.decided, self.ruling)

    @property
    def unconfirmed(self) -> list[Reading]:
        """Those of its readings that nobody confirmed."""
        return [reading for reading in self.readings if not reading.is_confirmed]

    @property
    def unevidenced(self) -> tuple[Reading, ...]:
        """Those of these days that do not count, as nothing but their word speaks for them."""
        return getattr(self.progress, "unevidenced", ())

    @property
    def baseline(self) -> Decimal | None:
        """The value of the start."""
        return _value(self.progress.baseline)

    @property
    def now(self) -> Decimal | None:
        """The value of the last reading that counts."""
        return _value(self.progress.now)

    @property
    def made_on(self) -> date | None:
        """The day on which it was made, if it was."""
        return getattr(self.progress, "made_on", None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Those that it rests on: the baseline, then those that count."""
        if isinstance(self.progress, TeamProgress):
            return ()
        baseline = (self.progress.baseline,) if self.progress.baseline else ()
        return baseline + tuple(reading for reading in self.progress.readings if reading not in baseline)


@dataclass(frozen=True)
class Book:
    """All that challenges are judged by, so that any number of them at any moments costs four queries."""

    entries: Mapping[int, list[Entry]]
    reps: Mapping[int, set[int]]
    """For each entry that is a team, those who compete in it from the start to the end, or to today."""
    decided: Mapping[int, list[Decided]]
    readings: Mapping[int, list[StoredReading]]
    figures: Mapping[tuple[int, int], list[Typed]]
    """What was entered of what challenges count, by counter and member."""

    @classmethod
    def of(
        cls,
        challenges: Collection[Challenge],
        entries: Iterable[Entry] | None = None,
        decided: Mapping[int, list[Decided]] | None = None,
    ) -> "Book":
        """That of these challenges, which were read with their organizations; of entries and choices read already."""
        entries_by_challenge: dict[int, list[Entry]] = {challenge.pk: [] for challenge in challenges}
        if entries is None:
            entries = Entry.objects.accepted().filter(challenge__in=list(entries_by_challenge)).for_pages()
        for entry in entries:
            if entry.answer == Answer.ACCEPTED:
                entries_by_challenge[entry.challenge_id].append(entry)
        reps = _reps(challenges, entries_by_challenge)
        members = {entry.member_id for entries in entries_by_challenge.values() for entry in entries if entry.member_id}
        readings = readings_near(members.union(*reps.values()), _on_scores(challenges))
        figures = figures_near(members, challenges)
        return cls(
            entries_by_challenge, reps, decided_in(challenges) if decided is None else decided, readings, figures
        )

    def rows(
        self, challenge: Challenge, moment: datetime, *, amended: bool = False, confirmed: bool = False
    ) -> list[Row]:
        """Everybody who is in, the best first, with what counted at a moment.

        `amended`: what was known by that moment, as it was corrected since. `confirmed`: only what a manager
        confirmed, and what one decided to count without.
        """
        terms, decided = challenge.terms(), self.decided.get(challenge.pk, [])
        judge, since = counting.amended_after if amended else counting.counting_at, first_day(terms)
        readings: dict[int, list[Reading]] = {}
        for entry in self.entries[challenge.pk]:
            for member in self._people(entry):
                typed = _typed(challenge, member, self.readings, self.figures)
                all_count = not confirmed or entry.counts_unconfirmed
                near_readings = [each for each in judge(typed, moment) if each.taken_on >= since]
                counting_ones = [each for each in near_readings if all_count or each.is_confirmed]
                readings[member] = recalibrating.shifted(counting_ones, decided)
        if terms.kind == ChallengeKind.TEAMS:
            rows = _team_rows(terms, self.entries[challenge.pk], self.reps, readings)
        else:
            rows = _member_rows(challenge, terms, self.entries[challenge.pk], readings)
        return [
            replace(row, percent=percent, decided=tuple(decided), ruling=_ruling(row.entry))
            for row, percent in zip(rows, percents(terms, [row.progress for row in rows]), strict=True)
        ]

    def awaiting_confirmation(self, challenge: Challenge, moment: datetime) -> list[Row]:
        """The rows whose result at a moment rests on readings that nobody confirmed or decided about."""
        sure = {row.entry: row.standing for row in self.rows(challenge, moment, confirmed=True)}
        rows = self.rows(challenge, moment)
        return [row for row in rows if row.entry.ruled_at is None and row.standing != sure[row.entry]]

    def _people(self, entry: Entry) -> Iterable[int]:
        return [entry.member_id] if entry.member_id else self.reps[entry.pk]


def challenge_rows(
    challenge: Challenge, moment: datetime | None = None, *, amended: bool = False, confirmed: bool = False
) -> list[Row]:
    """Everybody who is in one challenge, the best first, with what counted at a moment (now); four queries."""
    return Book.of([challenge]).rows(challenge, moment or timezone.now(), amended=amended, confirmed=confirmed)


@dataclass(frozen=True)
class Card:
    """A challenge in short, with the viewer's own progress while it runs, and its winners' names once it is settled."""

    challenge: Challenge
    entry: Entry | None
    progress: Progress | None
    winners: list[str]
    others_won: bool = False
    """Whether there are winners of whom the viewer is not told."""
    is_draw: bool = False

    @property
    def percent(self) -> int | None:
        """How much of the viewer's own way is behind them, in percent; None where people are compared."""
        terms = self.challenge.terms()
        return to_the_target(terms, self.progress) if self.progress and terms.kind in MADE else None


def cards(challenges: ChallengeQuerySet, member: Member) -> list[Card]:
    """Challenges of the member's organization as they see them; five queries."""
    challenge_list = list(
        challenges.with_accepted().select_related(None).select_related("counter").with_entry_of(member)
    )
    for each in challenge_list:
        each.organization = member.organization
    entries: dict[int, Entry] = {
        each.pk: entry for each in challenge_list if (entry := getattr(each, "own_entry", None))
    }
    return cards_of(challenge_list, entries, member)


def cards_of(
    challenges: Collection[Challenge],
    entries: Mapping[int, Entry],
    member: Member,
    marked: Collection[date] | None = None,
) -> list[Card]:
    """The same of challenges that were read `with_accepted`, with one's own entries by challenge; four queries.

    `marked` are the days of the company's recalibrations, where they were read already.
    """
    playing = [each for each in challenges if each.pk in entries and entries[each.pk].answer == Answer.ACCEPTED]
    running = [each for each in playing if each.stage == Stage.RUNNING]
    if marked is None and running:
        marked = list(member.organization.recalibrations.values_list("day", flat=True))
    in_doubt = [each for each in running if _has_any(each, marked or ())]
    progress = _own_progress(running, entries, member, decided_in(in_doubt))
    winners, drawn = winners_of(challenges)
    told = shown_winners(winners, {each.pk for each in playing}, member)
    names: dict[int, list[str]] = defaultdict(list)
    for winner in told if member.sees_ranks else sorted(told, key=lambda winner: sort_key(winner.name)):
        names[winner.challenge].append(winner.name)
    untold = {winner.challenge for winner in winners if winner not in told}
    return [
        Card(each, entries.get(each.pk), progress.get(each.pk), names[each.pk], each.pk in untold, each.pk in drawn)
        for each in challenges
    ]


def _has_any(challenge: Challenge, days: Collection[date]) -> bool:
    return any(challenge.starts_on <= day <= challenge.ends_on for day in days)


def _own_progress(
    running: Collection[Challenge],
    entries: Mapping[int, Entry],
    member: Member,
    decided: Mapping[int, list[Decided]],
) -> dict[int, Progress]:
    """How far somebody is in each of the challenges in which they are; one query."""
    all_terms = {each: each.terms() for each in running}
    readings_by_member = readings_near([member.pk], _on_scores(running))
    figures = figures_near([member.pk], running)
    now = timezone.now()
    progress = {}
    for challenge, terms in all_terms.items():
        readings = counting.counting_at(_typed(challenge, member.pk, readings_by_member, figures), now)
        shifted = recalibrating.shifted(readings, decided.get(challenge.pk, []))
        progress[challenge.pk] = _progress(challenge, terms, entries[challenge.pk], shifted)
    return progress


def _on_scores(challenges: Iterable[Challenge]) -> list[Terms]:
    """The terms of those that look at readings."""
    return [each.terms() for each in challenges if each.counter_id is None]


def _typed(
    challenge: Challenge,
    member: int,
    readings: Mapping[int, list[StoredReading]],
    figures: Mapping[tuple[int, int], list[Typed]],
) -> list[Typed]:
    """What somebody typed that a challenge looks at: readings, or figures of what it counts."""
    if challenge.counter_id:
        return figures.get((challenge.counter_id, member), [])
    return [each.typed(challenge.figure) for each in readings.get(member, [])]


def _member_rows(
    challenge: Challenge, terms: Terms, entries: list[Entry], readings: Mapping[int, list[Reading]]
) -> list[Row]:
    progress = {
        entry.pk: _progress(challenge, terms, entry, readings.get(entry.member_id, []))
        for entry in entries
        if entry.member_id is not None
    }
    standings = {pk: settling.standing(terms, each) for pk, each in progress.items()}
    results = settling.results(terms, standings)
    return sorted(
        (
            Row(entry, each, standings[entry.pk], results[entry.pk])
            for entry in entries
            for each in [progress[entry.pk]]
        ),
        key=_best_first,
    )


def _team_rows(
    terms: Terms, entries: list[Entry], reps: Mapping[int, set[int]], readings: Mapping[int, list[Reading]]
) -> list[Row]:
    progress = {
        entry.pk: settling.team_progress(
            terms, {rep: readings.get(rep, []) for rep in reps[entry.pk]}, entry.accepted_at
        )
        for entry in entries
    }
    standings = {pk: Standing(figure=each.gained if each.is_comparable else None) for pk, each in progress.items()}
    results = settling.results(terms, standings)
    return sorted(
        (
            Row(entry, each, standings[entry.pk], results[entry.pk])
            for entry in entries
            for each in [progress[entry.pk]]
        ),
        key=_best_first,
    )


def _progress(challenge: Challenge, terms: Terms, entry: Entry, readings: list[Reading]) -> Progress:
    accepted_on = timezone.localdate(entry.accepted_at, challenge.zone)
    return counting.progress(terms, readings, entry.accepted_at, accepted_on)


def _reps(challenges: Iterable[Challenge], entries: Mapping[int, list[Entry]]) -> dict[int, set[int]]:
    """For each entry that is a team, those who compete in it from the start to the end, or to today, and can play."""
    playing = {entry: each for each in challenges for entry in entries[each.pk] if entry.team_id}
    if not playing:
        return {}
    teams: dict[int | None, list[Membership]] = defaultdict(list)
    for there in Membership.objects.filter(team__in={entry.team_id for entry in playing}, competing=True):
        teams[there.team_id].append(there)
    reps_by_entry = {}
    for entry, challenge in playing.items():
        first = challenge.starts_on
        last = min(challenge.ends_on, max(challenge.organization.today(), first))
        reps = {
            there.member_id
            for there in teams[entry.team_id]
            if there.joined_on <= first and (there.left_on is None or there.left_on > last)
        }
        reps_by_entry[entry.pk] = reps - unable_to_play(reps, first, challenge.ends_on, last)
    return reps_by_entry


def _ruling(entry: Entry) -> Ruling | None:
    """What was decided about an entry's readings that nobody confirmed, if anything."""
    return Ruling(bool(entry.counts_unconfirmed), str(entry.ruled_by or "")) if entry.ruled_at else None


def _best_first(row: Row) -> tuple[Any, ...]:
    place = row.result.place
    gained = row.progress.gained
    return (
        place is None,
        place or 0,
        -(gained if gained is not None else Decimal(-1000)),
        sort_key(row.entry),
    )


def _value(reading: Reading | Decimal | None) -> Decimal | None:
    return reading.value if isinstance(reading, Reading) else reading
