"""What a challenge is about, when it runs, and the sentence for terms that nobody could play."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from teams.rules.counters import CENT, Counted
from teams.rules.measure import MOST, PILLAR_MOST, Pillar
from teams.rules.months import Month, months_between
from teams.rules.sentences import Sentence

TOTAL = "total"
COUNTER = "counter"
"""What a team counts itself."""
FIGURES = [TOTAL, *Pillar, COUNTER]
"""What a challenge may look at."""
LONGEST = timedelta(days=366)
DUEL_EXPIRES_AFTER = timedelta(hours=72)
INVITED_BEFORE = timedelta(days=3)
"""How long before its start the next edition of a challenge that repeats asks people."""
OPEN_DUELS = 3
"""How many open duels a rep may be in."""


class ChallengeKind(StrEnum):
    """What has to be done to win."""

    GAIN = "gain"
    REACH = "reach"
    IMPROVED = "improved"
    HIGHEST = "highest"
    TEAMS = "teams"


class Winners(StrEnum):
    """Who of those wins: everyone who makes it, the top N with ties, the first N days by day."""

    EVERYONE = "everyone"
    TOP = "top"
    FIRST = "first"


class StakeKind(StrEnum):
    """Who gives what is played for."""

    NONE = "none"
    ON_ME = "on_me"
    LOSER = "loser"
    PRIZE = "prize"


MADE = {ChallengeKind.GAIN, ChallengeKind.REACH}
"""The kinds that each makes or misses alone; the others compare."""
STARTING = {ChallengeKind.GAIN, ChallengeKind.IMPROVED, ChallengeKind.TEAMS}
"""The kinds that look at what was gained since a start."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of one challenge. `points` is the N of gain and reach, `count` the N of top and first."""

    kind: ChallengeKind
    starts_on: date
    ends_on: date
    points: Decimal | None = None
    figure: str = TOTAL
    winners: Winners = Winners.EVERYONE
    count: int | None = None
    is_duel: bool = False
    stake: StakeKind = StakeKind.NONE
    confirmed_only: bool = False
    """Whether only readings count that a manager confirmed."""
    evidenced_only: bool = False
    """Whether only readings count that have some evidence, where something is played for."""
    counter: Counted | None = None
    """What the team counts itself, where that is the figure. It goes by month, each dated its last day."""

    @property
    def needs_evidence(self) -> bool:
        """Whether a reading without evidence is left out: confirmed ones have it, and need somebody to decide."""
        asks = self.evidenced_only and not self.confirmed_only and self.figure != COUNTER
        return asks and self.stake != StakeKind.NONE

    @property
    def fewest(self) -> int:
        """How many must be in at half-time: alone one can make it, but not be compared."""
        return 1 if self.kind in MADE else 2

    @property
    def is_face_to_face(self) -> bool:
        """Whether sides are compared with one another, and may be level."""
        return self.is_duel or self.kind == ChallengeKind.TEAMS

    @property
    def places(self) -> int:
        """How many win where not everybody does who makes it."""
        return self.count or 1

    @property
    def months(self) -> int:
        """How many months it is in."""
        return len(months_between(Month.of(self.starts_on), Month.of(self.ends_on)))

    @property
    def half_time(self) -> date:
        """The last day on which one may join."""
        return self.starts_on + (self.ends_on - self.starts_on) // 2


def as_shown(value: Decimal | int, figure: str) -> Decimal:
    """A figure as people see and compare it: totals whole, pillars to one decimal, what is counted to two."""
    step = {TOTAL: Decimal(1), COUNTER: CENT}.get(figure, Decimal("0.1"))
    return Decimal(value).quantize(step, rounding=ROUND_HALF_UP)


def default_winners(kind: ChallengeKind, *, is_duel: bool = False) -> tuple[Winners, int | None]:
    """Everyone who makes it; else the top three; in a duel and among teams the better one."""
    if kind in MADE:
        return Winners.EVERYONE, None
    return Winners.TOP, 1 if is_duel or kind == ChallengeKind.TEAMS else 3


def next_month(terms: Terms, today: date) -> Terms:
    """The same a month later, or as many months as it takes for half-time to be ahead; a month's end stays one."""
    moved = terms
    months = 0
    while months == 0 or moved.half_time < today:
        months += 1
        moved = replace(
            terms, starts_on=_later(terms.starts_on, months), ends_on=_later(terms.ends_on, months, keeps_end=True)
        )
    return moved


def next_edition(terms: Terms, today: date) -> Terms | None:
    """The same in the next month, once it is time to invite to it: three days before its start; None until then."""
    following = next_month(terms, today)
    return following if today >= following.starts_on - INVITED_BEFORE else None


def refusal(terms: Terms, today: date) -> str | None:
    """Why nobody could play by these terms, for the person who wrote them; None when one can."""
    bad_terms = _bad_points(terms) or _bad_winners(terms) or _bad_duel(terms) or _bad_for_counter(terms)
    return _bad_days(terms, today) or bad_terms


def bad_end(terms: Terms) -> str | None:
    """Why it cannot end on its last day: what a team counts itself ends with a month."""
    if terms.figure == COUNTER and terms.ends_on != Month.of(terms.ends_on).last_day:
        return Sentence("It is counted by month. Choose the last day of one.")
    return None


def _later(day: date, months: int, *, keeps_end: bool = False) -> date:
    """The day some months later, or that month's last where it has none such."""
    month = Month.of(day) + months
    if keeps_end and day == Month.of(day).last_day:
        return month.last_day
    return month.first_day.replace(day=min(day.day, month.last_day.day))


def _bad_days(terms: Terms, today: date) -> str | None:
    if terms.starts_on < today:
        return Sentence("The first day is over. Let it start today or later.")
    if terms.ends_on < terms.starts_on:
        return Sentence("The last day is before the first.")
    if terms.ends_on - terms.starts_on > LONGEST:
        return Sentence("A challenge lasts a year at most.")
    return None


def _bad_points(terms: Terms) -> str | None:
    if terms.kind not in MADE:
        return Sentence("Only “gain” and “reach” need points.") if terms.points is not None else None
    if terms.figure == COUNTER:
        return None if terms.points and terms.points > 0 else Sentence("Write how much of it, above 0.")
    most = MOST if terms.figure == TOTAL else PILLAR_MOST
    if terms.points is None or not 0 < terms.points <= most:
        return Sentence("Write how many points, up to %(most)s.", most=most)
    if terms.points != as_shown(terms.points, terms.figure):
        return Sentence("Scores are whole numbers, and parts are compared to one decimal.")
    return None


def _bad_winners(terms: Terms) -> str | None:
    if (terms.winners == Winners.TOP) == (terms.kind in MADE):
        return Sentence("“Top” is for most improved and highest; “everyone” and “the first” for gain and reach.")
    if (terms.count is None) != (terms.winners == Winners.EVERYONE) or (terms.count or 1) < 1:
        return Sentence("Write how many can win.")
    return None


def _bad_duel(terms: Terms) -> str | None:
    if terms.is_duel and terms.kind not in (ChallengeKind.IMPROVED, ChallengeKind.HIGHEST):
        return Sentence("A duel is about who improves most, or who is highest.")
    if terms.stake == StakeKind.LOSER and not terms.is_duel:
        return Sentence("Only in a duel the loser pays.")
    return None


def _bad_for_counter(terms: Terms) -> str | None:
    """What needs a day or a proof, which the figure of a month has not."""
    if terms.figure != COUNTER:
        return None
    if terms.kind == ChallengeKind.TEAMS:
        return Sentence("Team against team is played on the score: each team counts something of its own.")
    if terms.winners == Winners.FIRST:
        return Sentence("It is counted by month, so nobody is first. Leave open how many can win.")
    if terms.confirmed_only:
        return Sentence("Only readings of the score are confirmed. Untick that.")
    return bad_end(terms)
