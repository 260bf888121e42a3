"""Goals: which readings count towards one, how far it is, whether it keeps pace, and when it is reached."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import floor
from typing import NamedTuple

from teams.rules.counters import CENT, Counted
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.sentences import Sentence
from teams.rules.standings import is_complete

ON_PACE_WITHIN = 1
"""Points off the straight line that still count as on pace: a day's noise."""
LONGEST = timedelta(days=3 * 366)
ALL = Decimal(100)
TENTH = Decimal("0.1")
COUNTED_NOISE = Decimal("0.05")
"""The share of its target that still counts as on pace, of what a team counts itself."""


class GoalKind(StrEnum):
    """What a goal is about."""

    SCORE = "score"
    """A rep's own score."""
    MEAN = "mean"
    """The team's mean, of the score or of a pillar."""
    EVERYBODY = "everybody"
    """Every expected rep at a score; its figure is the share of them, in percent."""
    COVERAGE = "coverage"
    """Submitted of expected in the due month, in percent."""


class GoalState(StrEnum):
    """How a goal stands."""

    REACHED = "reached"
    MISSED = "missed"
    AHEAD = "ahead"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    WAITING = "waiting"
    """There is no reading to tell from."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is to be reached by when. `target` is the score of each rep where the goal is everybody's."""

    kind: GoalKind
    target: Decimal
    started_on: date
    due_on: date
    pillar: Pillar | None = None
    counter: Counted | None = None
    """What the team counts itself, where the goal is not about the score. It is counted anew each month, from 0."""

    @property
    def end(self) -> Decimal:
        """The figure at which it is reached."""
        return ALL if self.kind == GoalKind.EVERYBODY else self.target

    @property
    def line_from(self) -> date:
        """Where the straight line begins: coverage cannot grow before the due month does."""
        return (
            max(self.started_on, Month.of(self.due_on).first_day) if self.kind == GoalKind.COVERAGE else self.started_on
        )

    def month(self, as_of: date) -> Month:
        """The month whose expected reps and whose coverage count on a day."""
        return Month.of(self.due_on if self.kind == GoalKind.COVERAGE else as_of)


class Point(NamedTuple):
    """The score or pillar of a reading; or a month's figure, dated the month's last day, also while that runs."""

    value: Decimal | int
    taken_on: date
    month: Month
    reading: int = 0
    """Its id; a figure's with a minus, so that it is no reading's."""


class Rep(NamedTuple):
    """A rep who competes, with the latest reading at the goal's start and now, each within three months.

    The figure that a month of what the team counts itself starts from is that of the month before.
    """

    start: Point | None
    now: Point | None
    from_start: bool = True
    away: bool = False

    def has_submitted(self, month: Month) -> bool:
        """Whether the rep's latest reading is of this month, which must be the latest one."""
        return self.now is not None and self.now.month == month


@dataclass(frozen=True, slots=True)
class Figures:
    """Where a goal began and where it is; None where no reading tells. `day` is the latest reading's."""

    baseline: Decimal | None
    now: Decimal | None
    day: date
    counted: int
    """How many reps the figures are of."""
    there: int = 0
    """How many of them are there: at the score, or in."""
    is_covered: bool = True
    """Whether enough are in this month for a mean to count."""
    is_shifted: bool = False
    """Whether a recalibration was taken off."""
    readings: frozenset[int] = frozenset()
    """The readings that `now` is made of; with a mean those, too, by which enough are in for it to count."""
    is_news: bool = True
    """Whether one of them came in since the goal was last looked at: nothing else reaches it."""


def figures(aim: Aim, reps: Sequence[Rep], as_of: date, marks: Collection[tuple[date, int]] = ()) -> Figures:
    """A goal's figures on a day, over the same reps at the start and now.

    `marks` are recalibrations as (day, median change), taken off where they lie between a rep's two readings. The
    change is known for the score only, so that pillars and what a team counts itself keep theirs.
    """
    month = aim.month(as_of)
    expected = [rep for rep in reps if rep.has_submitted(month) or not rep.away]
    submitted = sum(rep.has_submitted(month) for rep in expected)
    counted = _counted(aim, expected)
    shifts = [0 if aim.pillar or aim.counter else _shift(aim, rep, marks) for rep in counted]
    now = [rep.now and rep.now.value - shift for rep, shift in zip(counted, shifts, strict=True)]
    start = [rep.start.value if rep.start else _without_start(aim) for rep in counted]
    there = submitted if aim.kind == GoalKind.COVERAGE else _at(aim.target, now)
    share_kinds = {GoalKind.EVERYBODY: _at(aim.target, start), GoalKind.COVERAGE: 0}
    if aim.kind in share_kinds:
        before, after = _share(share_kinds[aim.kind], len(counted)), _share(there, len(counted))
    else:
        before, after = (_mean(values, CENT if aim.counter else TENTH) for values in (start, now))
    points = [rep.now for rep in counted if rep.now and (aim.kind != GoalKind.COVERAGE or rep.has_submitted(month))]
    covering = [rep.now for rep in expected if rep.now and aim.kind == GoalKind.MEAN and rep.has_submitted(month)]
    return Figures(
        baseline=before,
        now=after,
        day=min(max([aim.line_from, *(point.taken_on for point in points)]), aim.due_on),
        counted=len(counted),
        there=there,
        is_covered=aim.kind != GoalKind.MEAN or is_complete(submitted, len(expected)),
        is_shifted=any(shifts),
        readings=frozenset(point.reading for point in points + covering if point.reading),
    )


def progress(aim: Aim, figures: Figures) -> Decimal | None:
    """The share of the way that is done, 1 at the target; below 0 after a fall. None where it cannot be told."""
    began = Decimal(0) if aim.counter else figures.baseline
    if figures.now is None or began is None or began == aim.end:
        return None
    return (figures.now - began) / (aim.end - began)


def pace(aim: Aim, figures: Figures, today: date) -> Decimal:
    """The share of the way that should be done by the latest reading."""
    if aim.counter and figures.baseline is not None:
        return min(_on_pace(aim, figures.baseline, figures.day, today) / aim.end, Decimal(1))
    return time_gone(aim, figures.day)


def time_gone(aim: Aim, day: date) -> Decimal:
    """The share of the goal's days that is gone on one of them, 0–1."""
    days = (aim.due_on - aim.line_from).days
    return Decimal((day - aim.line_from).days) / days if days else Decimal(1)


def on_the_line(aim: Aim, baseline: Decimal, day: date) -> Decimal:
    """Where the straight line from the start to the due day is on a day between them."""
    return baseline + (aim.end - baseline) * time_gone(aim, day)


def is_met(aim: Aim, figures: Figures) -> bool:
    """Whether the figure is there, however few have submitted."""
    return figures.now is not None and figures.now >= aim.end


def stays_reached(aim: Aim, figures: Figures) -> bool:
    """Whether the figure is there and counts: a mean only in a month with 60 % coverage."""
    return is_met(aim, figures) and figures.is_covered


def is_reached(aim: Aim, figures: Figures) -> bool:
    """Whether a reading brought the figure there; who drops out does not."""
    return stays_reached(aim, figures) and figures.is_news


def state(aim: Aim, figures: Figures, today: date, reached_on: date | None = None) -> GoalState:
    """How a goal stands. Pace is judged on the day of the latest reading, so that waiting costs nothing."""
    if reached_on or is_reached(aim, figures):
        return GoalState.REACHED
    if today > aim.due_on:
        return GoalState.MISSED
    if figures.now is None or figures.baseline is None:
        return GoalState.WAITING
    off = figures.now - _on_pace(aim, figures.baseline, figures.day, today)
    if abs(off) <= (aim.end * COUNTED_NOISE if aim.counter else ON_PACE_WITHIN):
        return GoalState.ON_PACE
    return GoalState.AHEAD if off > 0 else GoalState.BEHIND


def refusal(aim: Aim, figures: Figures, today: date) -> str | None:
    """Why a goal cannot be made, for the person who makes it; None when it can."""
    if aim.due_on <= today:
        return Sentence("Choose a day after today.")
    if aim.due_on > today + LONGEST:
        return Sentence("Choose a day within the next three years.")
    if aim.counter:
        return _bad_for_counter(aim, figures)
    if figures.now is None or figures.baseline is None:
        if aim.kind == GoalKind.SCORE:
            return Sentence("Submit your score first: the goal starts from it.")
        return Sentence("Nobody here has a score of the last three months yet. Make the goal once somebody is in.")
    if not is_met(aim, figures):
        return None
    if aim.kind == GoalKind.EVERYBODY:
        return Sentence("Everybody is at %(target)s already. Choose a higher score.", target=f"{aim.target:.0f}")
    if aim.kind == GoalKind.COVERAGE:
        return Sentence("%(percent)s %% are in already. Choose a higher target.", percent=f"{figures.now:.0f}")
    if aim.kind == GoalKind.MEAN:
        return Sentence("The mean is %(mean)s already. Choose a higher target.", mean=figures.now)
    return Sentence("Your score is %(score)s already. Choose a higher target.", score=f"{figures.now:.0f}")


def _bad_for_counter(aim: Aim, figures: Figures) -> str | None:
    """Why a goal on what the team counts itself cannot be made: it may wait for its first figure, which is a number."""
    if aim.kind == GoalKind.COVERAGE:
        return Sentence("How many are in is counted for the score only.")
    if aim.due_on != Month.of(aim.due_on).last_day:
        return Sentence("It is counted by month. Choose the last day of one.")
    return Sentence("That is reached already. Choose a higher target.") if is_met(aim, figures) else None


def _on_pace(aim: Aim, baseline: Decimal, day: date, today: date) -> Decimal:
    """Where it should be at the reading of a day; of a month that runs, as much as of its days is over."""
    line = on_the_line(aim, baseline, day)
    return line * today.day / day.day if aim.counter and day > today else line


def _counted(aim: Aim, expected: Sequence[Rep]) -> list[Rep]:
    """The reps whom the figures are of: a mean needs both readings of each, everybody those of the start."""
    if aim.kind == GoalKind.COVERAGE:
        return list(expected)
    same = [rep for rep in expected if rep.from_start]
    if aim.kind == GoalKind.EVERYBODY:
        return same
    return [rep for rep in same if rep.now and (rep.start or aim.counter)]


def _without_start(aim: Aim) -> Decimal | None:
    """What counts as the start of whom nothing was known of: what is counted began at nothing."""
    return Decimal(0) if aim.counter else None


def _shift(aim: Aim, rep: Rep, marks: Collection[tuple[date, int]]) -> int:
    """What recalibrations moved for everybody between a rep's two readings."""
    if rep.now is None:
        return 0
    since = rep.start.taken_on if rep.start else aim.started_on
    return sum(shift for day, shift in marks if since < day <= rep.now.taken_on)


def _at(target: Decimal, values: Iterable[Decimal | int | None]) -> int:
    return sum(value is not None and value >= target for value in values)


def _share(part: int, whole: int) -> Decimal | None:
    """In whole percent, never rounded up: 100 are all."""
    return Decimal(floor(100 * part / whole)) if whole else None


def _mean(values: Iterable[Decimal | int | None], step: Decimal) -> Decimal | None:
    """To a step, as it is shown and compared."""
    known = [value for value in values if value is not None]
    return (Decimal(sum(known)) / len(known)).quantize(step, ROUND_HALF_UP) if known else None
