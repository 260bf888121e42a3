"""Who is where from when to when, what they read, and the calendar: all that the rules look at."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
"""Where the organization is."""
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FORTNIGHT = 14 * DAY
A_MOMENT = timedelta(seconds=2)
END_OF_TIME = datetime.max.replace(tzinfo=BERLIN)


@dataclass(eq=False)
class Reading:
    """A score as somebody typed it for a month. It never changes: a correction replaces it, a withdrawn one is gone."""

    total: int
    taken_on: date
    month: date
    typed_at: datetime
    replaces: "Reading | None" = None
    gone_at: datetime = END_OF_TIME

    def counts(self, at: datetime) -> bool:
        return self.typed_at <= at < self.gone_at

    @property
    def known_at(self) -> datetime:
        """When it was typed first, before any correction."""
        return self.replaces.known_at if self.replaces else self.typed_at


@dataclass(eq=False)
class Person:
    """Somebody with the teams in which they compete, each from a day to another on which they are there no more."""

    name: str
    zone: ZoneInfo
    teams: list[tuple[str, date, date]] = field(default_factory=list)
    has_login: bool = True
    unsubscribed: bool = False
    leaves: list[tuple[date, date]] = field(default_factory=list)
    no_access_since: date = date.max
    readings: list[Reading] = field(default_factory=list)

    def team_on(self, day: date, *, known_on: date = date.max) -> str | None:
        """Where they compete on a day; as far as it was known on another: whoever moves later is still there."""
        return next(
            (team for team, since, until in self.teams if since <= day and (day < until or known_on < until)), None
        )

    def counting(self, at: datetime) -> list[Reading]:
        """What counts at a moment: by the day it was read, then by when it was typed."""
        found = [each for each in self.readings if each.counts(at)]
        return sorted(found, key=lambda each: (each.taken_on, each.typed_at))

    def reading(self, month: date, at: datetime) -> Reading | None:
        """The month's score is its latest reading."""
        found = [each for each in self.counting(at) if each.month == month]
        return found[-1] if found else None

    def is_on_leave(self, day: date) -> bool:
        return any(first <= day <= last for first, last in self.leaves)

    def has_access(self, day: date, *, known_on: date = date.max) -> bool:
        return day < self.no_access_since or known_on < self.no_access_since


@dataclass
class World:
    """An organization of two teams: its people, its calendar, and what was decided in it."""

    people: list[Person]
    managers: dict[str, Person]
    holidays: set[date]
    closed_early: dict[tuple[str, date], datetime] = field(default_factory=dict)
    """When a manager closed a team's month by hand."""
    closing_workdays: dict[date, int] = field(default_factory=dict)
    """On which working day after it a month closes, where that is not the third."""
    reminder_hours: dict[tuple[str, date], int] = field(default_factory=dict)
    """At which hour a team is reminded of a month, where that is not nine."""
    formulas: list[tuple[date, datetime]] = field(default_factory=list)
    """The days on which LinkedIn changed its formula, each with when it was marked."""

    def works(self, day: date) -> bool:
        return day.weekday() < 5 and day not in self.holidays

    def closes_at(self, team: str | None, month: date) -> datetime:
        """18:00 on the third working day after the month, or when a manager closed it for the team."""
        working = [day for n in range(1, 40) if self.works(day := last_day(month) + n * DAY)]
        regular = datetime.combine(working[self.closing_workdays.get(month, 3) - 1], time(18), BERLIN)
        return self.closed_early.get((team, month), regular)

    def is_away(self, person: Person, month: date) -> bool:
        """On leave on its last five working days, or on most of its days."""
        days = days_of(month)
        last_five = [day for day in days if self.works(day)][-5:]
        return all(map(person.is_on_leave, last_five)) or 2 * sum(map(person.is_on_leave, days)) > len(days)

    def may_file(self, person: Person, taken_on: date, month: date, at: datetime) -> bool:
        """Until the month closes for the team of its last day; what was read after its end only if nothing is in."""
        is_late = first_of(taken_on) != month
        is_open = at < self.closes_at(person.team_on(last_day(month)), month)
        return is_open and not (is_late and person.reading(month, at))

    def shift(self, day: date, at: datetime) -> int:
        """What a new formula moved for everybody: the median over those who read within 14 days on both sides."""
        moved = []
        for person in self.people:
            before = [each for each in person.counting(at) if day - FORTNIGHT <= each.taken_on < day]
            after = [each for each in person.counting(at) if day <= each.taken_on <= day + FORTNIGHT]
            if before and after:
                moved.append(Decimal(after[0].total - before[-1].total))
        return int(Decimal(median(moved)).quantize(Decimal(1), ROUND_HALF_UP)) if moved else 0

    def shift_between(self, earlier: date, later: date, at: datetime) -> int:
        """What new formulas that are marked by then moved between the days of two readings."""
        days = [day for day, marked_at in self.formulas if marked_at <= at and earlier < day <= later]
        return sum(self.shift(day, at) for day in days)


def first_of(day: date) -> date:
    return day.replace(day=1)


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def days_of(month: date) -> list[date]:
    return [month + n * DAY for n in range(last_day(month).day)]


def back(month: date, months: int) -> date:
    for _ in range(months):
        month = first_of(month - DAY)
    return month


def on(moment: datetime) -> date:
    """The organization's day."""
    return moment.astimezone(BERLIN).date()


def midnight(day: date, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.combine(day, time(), zone)


def tick(moment: datetime) -> datetime:
    """When the clock looks next: on the hour, and a moment."""
    start = moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return (start if start == moment else start + HOUR) + A_MOMENT


def by_name(people: list[Person]) -> Iterator[Person]:
    return iter(sorted(people, key=lambda person: person.name))
