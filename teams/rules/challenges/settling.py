"""Who wins a challenge, and who owes whom."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from teams.rules.challenges.counting import Progress, Reading, is_evidence_enough
from teams.rules.challenges.terms import MADE, ChallengeKind, StakeKind, Terms, Winners, as_shown
from teams.rules.standings import is_complete


@dataclass(frozen=True, slots=True)
class Standing:
    """What an entry is compared by: the day it was made, or the figure; None where there is nothing to compare."""

    made_on: date | None = None
    figure: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The place of an entry (None without one), and whether it wins."""

    place: int | None
    won: bool


@dataclass(frozen=True, slots=True)
class TeamProgress:
    """A team's means over the same reps at start and end; None where no rep had a score at the start.

    `of`: how many reps there are, with those who had none.
    """

    reps: tuple[int, ...]
    baseline: Decimal | None
    now: Decimal | None
    gained: Decimal | None
    of: int = 0

    @property
    def is_comparable(self) -> bool:
        """Whether enough of them (60 %) are compared for the mean to be the team's."""
        return is_complete(len(self.reps), self.of)


def standing(terms: Terms, progress: Progress) -> Standing:
    """The value by which somebody's progress is compared: the day of making it, the figure, or the gain."""
    if terms.kind in MADE:
        return Standing(made_on=progress.made_on)
    if terms.kind == ChallengeKind.HIGHEST:
        return Standing(figure=progress.now.value if progress.now else None)
    return Standing(figure=progress.gained)


def team_progress(terms: Terms, reps: Mapping[int, Sequence[Reading]], accepted_at: datetime) -> TeamProgress:
    """The mean of a team's reps with a reading up to the start; a silent one counts with the last score.

    One of the first day itself is a start only where it was known when the team came in.
    """
    starts: dict[int, Decimal] = {}
    ends: dict[int, Decimal] = {}
    for rep, every_reading in reps.items():
        readings = [each for each in every_reading if is_evidence_enough(terms, each)]
        first_day = [each for each in readings if each.taken_on == terms.starts_on and each.known_at < accepted_at]
        before = [reading for reading in readings if reading.taken_on < terms.starts_on] + first_day
        until_end = [reading for reading in readings if reading.taken_on <= terms.ends_on]
        if before:
            starts[rep], ends[rep] = before[-1].value, until_end[-1].value
    if not starts:
        return TeamProgress((), None, None, None, len(reps))
    baseline, now = _mean(starts.values()), _mean(ends.values())
    return TeamProgress(tuple(sorted(starts)), baseline, now, now - baseline, len(reps))


def results(terms: Terms, standings: Mapping[int, Standing]) -> dict[int, Result]:
    """The result of every entry. Where all who compare are equal in a duel or among teams, it is a draw."""
    if terms.kind in MADE:
        return _made(terms, {entry: each.made_on for entry, each in standings.items()})
    return _compared(terms, {entry: each.figure for entry, each in standings.items()})


def is_draw(terms: Terms, results: Collection[Result]) -> bool:
    """Whether all of a duel, or of team against team, are level."""
    return terms.is_face_to_face and len(results) > 1 and all(each.place == 1 and not each.won for each in results)


def debts(stake: StakeKind, maker: int, winners: Iterable[int], losers: Iterable[int]) -> set[tuple[int, int]]:
    """Who owes whom, as (debtor, creditor); nobody owes themselves, and without a winner it lapses."""
    winners = set(winners)
    if stake == StakeKind.NONE:
        return set()
    debtors = set(losers) if stake == StakeKind.LOSER else {maker}
    return {(debtor, winner) for debtor in debtors for winner in winners if debtor != winner}


def _made(terms: Terms, days: Mapping[int, date | None]) -> dict[int, Result]:
    """By the day on which it was made; of the first N, all of the last day are in."""
    in_order = sorted(day for day in days.values() if day)
    place_by_entry = {}
    last = len(days) if terms.winners == Winners.EVERYONE else terms.places
    for entry, day in days.items():
        place = in_order.index(day) + 1 if day else None
        place_by_entry[entry] = Result(place, place is not None and place <= last)
    return place_by_entry


def _compared(terms: Terms, figures: Mapping[int, Decimal | None]) -> dict[int, Result]:
    """By the figure, sharing places where it is equal. Most improved needs a gain, except against one another.

    Among teams nobody wins where one cannot be compared.
    """
    if terms.kind == ChallengeKind.TEAMS and None in figures.values():
        return dict.fromkeys(figures, Result(None, won=False))
    in_order = sorted((figure for figure in figures.values() if figure is not None), reverse=True)
    is_draw = terms.is_face_to_face and len(in_order) == len(figures) and len(set(in_order)) <= 1
    needs_gain = terms.kind == ChallengeKind.IMPROVED and not terms.is_face_to_face
    place_by_entry = {}
    for entry, figure in figures.items():
        place = None if figure is None else in_order.index(figure) + 1
        is_in = place is not None and place <= terms.places and not is_draw
        place_by_entry[entry] = Result(place, is_in and not (needs_gain and (figure or 0) <= 0))
    return place_by_entry


def _mean(values: Iterable[Decimal]) -> Decimal:
    """To one decimal, as means are shown and compared."""
    values = list(values)
    return as_shown(sum(values, Decimal(0)) / len(values), "mean")
