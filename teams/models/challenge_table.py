"""A challenge as it is read: every entry with its readings, progress and place, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from teams.models.challenges import Answer, Challenge, ChallengeQuerySet, Entry
from teams.models.members import Member
from teams.models.memberships import Membership
from teams.models.recalibration_choices import decided_in
from teams.models.settlements import Outcome
from teams.models.submissions import Submission
from teams.rules.challenges import counting, recalibrating, settling, wording
from teams.rules.challenges.counting import Progress, Reading, Typed
from teams.rules.challenges.settling import Result, TeamProgress
from teams.rules.challenges.terms import FIGURES, Kind, Terms, as_shown
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK


@dataclass(frozen=True)
class Row:
    """An entry that is in, how far it is, and the result it has with that."""

    entry: Entry
    progress: Progress | TeamProgress
    result: Result
    explanation: str

    @property
    def baseline(self) -> Decimal | None:
        return _value(self.progress.baseline)

    @property
    def now(self) -> Decimal | None:
        return _value(self.progress.now)

    @property
    def made_on(self) -> date | None:
        return getattr(self.progress, "made_on", None)

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Those that it rests on: the baseline, then those that count."""
        if isinstance(self.progress, TeamProgress):
            return ()
        baseline = (self.progress.baseline,) if self.progress.baseline else ()
        return baseline + tuple(reading for reading in self.progress.readings if reading not in baseline)


def challenge_rows(challenge: Challenge, moment: datetime | None = None, *, amended: bool = False) -> list[Row]:
    """Everybody who is in, the best first, with what counted at a moment (now); four queries.

    `amended`: what was known by that moment, as it was corrected since.
    """
    terms = challenge.terms()
    entries = list(challenge.entries.accepted().select_related("member__user", "team", "recorded_by"))
    reps = _reps(challenge, entries) if terms.kind == Kind.TEAMS else {}
    members = {entry.member_id for entry in entries if entry.member_id} | {
        rep for team in reps.values() for rep in team
    }
    moment = moment or timezone.now()
    judge = counting.amended_after if amended else counting.counting_at
    decided = decided_in([challenge])[challenge.pk]
    readings = {
        member: recalibrating.shifted(judge(typed, moment), decided)
        for member, typed in typed_by(members, terms).items()
    }
    if terms.kind == Kind.TEAMS:
        rows = _team_rows(terms, entries, reps, readings)
    else:
        rows = _member_rows(challenge, terms, entries, readings)
    said = [wording.what_was_decided(each) for each in decided]
    return [replace(row, explanation=" ".join([row.explanation, *said])) for row in rows]


@dataclass(frozen=True)
class Card:
    """A challenge in short, with the viewer's own progress and, once it is settled, the names of its winners."""

    challenge: Challenge
    entry: Entry | None
    progress: Progress | None
    winners: list[str]


def cards(challenges: ChallengeQuerySet, member: Member, *, most: int | None = None) -> list[Card]:
    """Challenges as one member sees them, at most so many; five queries."""
    found = list(challenges.with_accepted()[:most])
    entries = {entry.challenge_id: entry for entry in Entry.objects.filter(challenge__in=found, member=member)}
    playing = [each for each in found if each.pk in entries and entries[each.pk].answer == Answer.ACCEPTED]
    rows = list(_submissions([member.pk], [each.terms() for each in playing])) if playing else []
    decided = decided_in(playing)
    progress = {
        each.pk: _progress(
            each,
            each.terms(),
            entries[each.pk],
            recalibrating.shifted(
                counting.counting_at([_typed(row, each.figure) for row in rows], timezone.now()), decided[each.pk]
            ),
        )
        for each in playing
    }
    winners = winners_of(found)
    return [Card(each, entries.get(each.pk), progress.get(each.pk), winners.get(each.pk, [])) for each in found]


def winners_of(challenges: Iterable[Challenge]) -> dict[int, list[str]]:
    """The names of the winners of each settled challenge, by its latest result; one query."""
    latest: dict[int, tuple[int, list[str]]] = {}
    outcomes = Outcome.objects.filter(settlement__challenge__in=[each.pk for each in challenges]).select_related(
        "settlement", "entry__member", "entry__team"
    )
    for outcome in outcomes.order_by("settlement__number", "place", "entry__member__name"):
        settlement = outcome.settlement
        number, names = latest.get(settlement.challenge_id, (0, []))
        if number != settlement.number:
            names = []
        latest[settlement.challenge_id] = settlement.number, names + [str(outcome.entry)] * outcome.won
    return {challenge: names for challenge, (_, names) in latest.items()}


def typed_by(members: Iterable[int], terms: Terms) -> dict[int, list[Typed]]:
    """Each member's readings that may matter, replaced and withdrawn ones included; one query."""
    found: dict[int, list[Typed]] = defaultdict(list)
    for row in _submissions(members, [terms]):
        found[row["member_id"]].append(_typed(row, terms.figure))
    return found


def _submissions(members: Iterable[int], all_terms: list[Terms]) -> Iterable[dict]:
    """What members read around the days of challenges, with every figure."""
    since = min(
        min(terms.starts_on - counting.BASELINE_DAYS, (Month.of(terms.starts_on) - REACH_BACK).first_day)
        for terms in all_terms
    )
    until = max(terms.ends_on for terms in all_terms)
    near = Q(taken_on__range=(since, until))
    for neighbour in ("replaces", "replaced_by"):  # a correction may move a reading into these days or out of them
        near |= Q(**{f"{neighbour}__taken_on__range": (since, until)})
    columns = ["id", "member_id", "taken_on", "typed_at", "day_unknown", *FIGURES, "replaces_id", "withdrawal__at"]
    return Submission.objects.filter(near, member__in=list(members)).order_by("pk").values(*columns)


def _typed(row: dict, figure: str) -> Typed:
    """A reading whose day is unknown counts nowhere: it has no value here."""
    value = None if row[figure] is None or row["day_unknown"] else as_shown(row[figure], figure)
    return Typed(row["id"], row["taken_on"], row["typed_at"], value, row["replaces_id"], row["withdrawal__at"])


def _member_rows(
    challenge: Challenge, terms: Terms, entries: list[Entry], readings: Mapping[int, list[Reading]]
) -> list[Row]:
    progress = {entry.pk: _progress(challenge, terms, entry, readings.get(entry.member_id, [])) for entry in entries}
    found = settling.results(terms, {pk: settling.standing(terms, each) for pk, each in progress.items()})
    rows = [
        Row(entry, progress[entry.pk], found[entry.pk], wording.explain(terms, progress[entry.pk], found[entry.pk]))
        for entry in entries
    ]
    return sorted(rows, key=_best_first)


def _team_rows(
    terms: Terms, entries: list[Entry], reps: Mapping[int, set[int]], readings: Mapping[int, list[Reading]]
) -> list[Row]:
    progress = {
        entry.pk: settling.team_progress(
            terms, {rep: readings.get(rep, []) for rep in reps[entry.team_id]}, entry.answered_at
        )
        for entry in entries
    }
    found = settling.results(terms, {pk: settling.Standing(figure=each.gained) for pk, each in progress.items()})
    rows = [
        Row(entry, progress[entry.pk], found[entry.pk], wording.explain_team(progress[entry.pk], found[entry.pk]))
        for entry in entries
    ]
    return sorted(rows, key=_best_first)


def _progress(challenge: Challenge, terms: Terms, entry: Entry, readings: list[Reading]) -> Progress:
    accepted_on = timezone.localdate(entry.answered_at, challenge.zone)
    return counting.progress(terms, readings, entry.answered_at, accepted_on)


def _reps(challenge: Challenge, entries: list[Entry]) -> dict[int, set[int]]:
    """For each team, those who compete in it from the start to the end, or to today."""
    last = min(challenge.ends_on, max(challenge.organization.today(), challenge.starts_on))
    found: dict[int, set[int]] = {entry.team_id: set() for entry in entries}
    there = Membership.objects.filter(
        Q(left_on=None) | Q(left_on__gt=last),
        team__in=found,
        competing=True,
        joined_on__lte=challenge.starts_on,
    )
    for team, member in there.values_list("team_id", "member_id"):
        found[team].add(member)
    return found


def _best_first(row: Row) -> tuple:
    place = row.result.place
    gained = row.progress.gained
    return (place is None, place or 0, -(gained if gained is not None else Decimal(-1000)), str(row.entry))


def _value(reading: Reading | Decimal | None) -> Decimal | None:
    return reading.value if isinstance(reading, Reading) else reading
