"""The figures of Today, in one query."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from teams.fields import name_as_read
from teams.models.people.members import Member
from teams.models.people.organizations import Organization
from teams.models.people.teams import Team
from teams.queries.prepared_sql import named_rows
from teams.rules import scores, standings
from teams.rules.first_steps import FirstStep
from teams.rules.insights.charts import Points
from teams.rules.measure import Pillar
from teams.rules.moments import SEEN_FOR, STANDS
from teams.rules.months import Month, months_between
from teams.rules.people.leave import is_away
from teams.rules.scores import STEADY, Change, Reading
from teams.rules.thanks import OFFERED_FOR

FIGURES = Path(__file__).with_name("figures.sql").read_text()
CHART_MONTHS = 12
NAMED = 6
"""How many of the missing are named."""
MOVED = 3
PLACES = 5
"""Places of a board that Today shows to whoever only looks."""
Marks = list[tuple[date, int]]


class Person(NamedTuple):
    """Somebody whom Today names."""

    pk: int
    name: str
    face: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Own:
    """A rep's own figures: the latest score, what it is compared with, and the board of its month."""

    reading: Reading
    before: Reading | None
    history: Points
    submitted: int
    expected: int
    board_totals: list[int]
    counts: dict[int, int]
    """How many of the company have each score of that month, the highest first."""
    placed_in: int | None
    placed_with: int | None
    """The team in which they have a place that month, and with which score."""

    @property
    def pillars(self) -> Mapping[Pillar, Decimal | None]:
        """The four pillars of the latest score."""
        return dict(zip(Pillar, self.reading.pillars, strict=True))

    @property
    def month(self) -> Month:
        """The month of the latest score."""
        return self.reading.month

    @property
    def board_is_complete(self) -> bool:
        """Whether enough of the team are in that month for places to mean something."""
        return standings.is_complete(self.submitted, self.expected)


@dataclass(frozen=True)
class TeamMonth:
    """A team's month: who is in, and for whoever manages it the first of those who are missing."""

    team: Team
    month: Month
    submitted: int = 0
    expected: int = 0
    is_closed: bool = False
    named: tuple[Person, ...] = ()

    @property
    def missing(self) -> int:
        """How many are expected and not in."""
        return max(0, self.expected - self.submitted)

    @property
    def others(self) -> int:
        """How many are missing besides those that are named."""
        return max(0, self.missing - len(self.named))


@dataclass(frozen=True)
class Mover:
    """Somebody whose score moved by more than a day's noise."""

    member: Person
    team: Team
    month: Month
    total: int
    change: Change


@dataclass(frozen=True)
class FirstPlaces:
    """The first places of the last complete board of a team."""

    team: Team
    month: Month
    rows: list[tuple[int, Person, int]]


@dataclass(frozen=True)
class Figures:
    """All figures of Today."""

    own: Own | None
    marks: Marks
    months: list[TeamMonth]
    movers: list[Mover]
    first_places: list[FirstPlaces]
    steps: set[FirstStep] | None
    """Which of the first steps the company has taken; None where that was not asked."""
    has_moments: bool
    """Whether there may be a moment of theirs."""
    has_closed: bool
    """Whether a month of a team that they manage has closed in the last days."""


def today_figures(  # noqa: PLR0913  each decides what the page shows
    organization: Organization,
    member: Member | None,
    *,
    this_month: Month,
    teams: Collection[Team],
    managed: Collection[Team],
    competes_in: Team | None = None,
    looks_at: Collection[Team] = (),
    asks_steps: bool = False,
) -> Figures:
    """The figures for a member, or for nobody's own: of teams, those managed, and those whose places are looked at."""
    since = this_month - CHART_MONTHS
    parameters: dict[str, Any] = {
        "member": member and member.pk,
        "organization": organization.pk,
        "since": since.first_day,
        "this_month": this_month.first_day,
        "last_month": (this_month - 1).first_day,
        "first_month": organization.first_month.first_day,
        "competes_in": competes_in and competes_in.pk,
        "belongs_to": [each.team_id for each in member.active_memberships] if member else [],
        "teams": [team.pk for team in teams],
        "managed": [team.pk for team in managed],
        "looks_at": [team.pk for team in looks_at],
        "steady": STEADY,
        "complete_from": standings.COMPLETE_FROM,
        "most_missing": 2 * NAMED,
        "most_moved": MOVED,
        "most_places": PLACES,
        "asks_steps": asks_steps,
        "moment_stands": STANDS,
        "moment_seen_for": SEEN_FOR,
        "offered_for": OFFERED_FOR,
    }
    [values] = named_rows(dict, FIGURES, **parameters)
    by_id = {team.pk: team for team in [*teams, *managed, *looks_at]}
    marks = list(zip(values["marked_on"], values["shifts"], strict=True))
    return Figures(
        own=_own(values, since, this_month) if values["totals"] and competes_in else None,
        marks=marks,
        months=_months(values["boards"] or [], by_id, teams, this_month),
        movers=[_mover(row, by_id, marks) for row in values["movers"] or []],
        first_places=_first_places(values["places"] or [], by_id),
        steps=values["steps"] and {step for step, done in zip(FirstStep, values["steps"], strict=True) if done},
        has_moments=values["has_moments"],
        has_closed=values["has_closed"],
    )


def _own(row: dict[str, Any], since: Month, this_month: Month) -> Own:
    months = [Month.of(day) for day in row["months"]]
    pillars = tuple(row[pillar] for pillar in Pillar)
    past_readings = list(zip(row["totals"], row["days"], months, strict=True))
    totals = dict(zip(months, row["totals"], strict=True))
    return Own(
        reading=Reading(*past_readings[0], pillars),
        before=Reading(*past_readings[1]) if len(past_readings) > 1 else None,
        history=tuple((month, totals.get(month)) for month in months_between(since, this_month)),
        submitted=row["submitted"] or 0,
        expected=row["expected"] or 0,
        board_totals=row["board_totals"],
        counts=dict(row["counts"]),
        placed_in=row["placed_in"],
        placed_with=row["placed_with"],
    )


def _months(
    boards: Iterable[list[Any]], by_id: Mapping[int, Team], teams: Iterable[Team], this_month: Month
) -> list[TeamMonth]:
    """Each team's month, before it that of the last one where it is still open and somebody is missing."""
    months_by_team: dict[int, list[TeamMonth]] = {}
    for team, first_day, submitted, expected, is_closed, people in boards:
        month, team_row = Month.parse(first_day[:7]), by_id[team]
        named = tuple(_missing(people or [], month, team_row))[: min(NAMED, max(0, expected - submitted))]
        months_by_team.setdefault(team, []).append(TeamMonth(team_row, month, submitted, expected, is_closed, named))
    return [
        month
        for team in teams
        for month in [*months_by_team.get(team.pk, []), *_not_stored(months_by_team.get(team.pk, []), team, this_month)]
    ]


def _not_stored(team_months: Iterable[TeamMonth], team: Team, this_month: Month) -> list[TeamMonth]:
    return [] if any(each.month == this_month for each in team_months) else [TeamMonth(team, this_month)]


def _missing(people: Iterable[list[Any]], month: Month, team: Team) -> Iterable[Person]:
    """Those of them who are not away."""
    for pk, name, starts, ends in people:
        days = zip(starts or (), ends or (), strict=True)
        spans = [(date.fromisoformat(start), date.fromisoformat(end)) for start, end in days]
        if not is_away(month, spans, team.organization.holidays):
            yield Person(pk, name_as_read(name))


def _mover(row: dict[str, Any], by_id: Mapping[int, Team], marks: Marks) -> Mover:
    days = {name: date.fromisoformat(row[name]) for name in ("taken_on", "month", "taken_before", "month_before")}
    now = Reading(row["total"], days["taken_on"], Month.of(days["month"]))
    before = Reading(row["total_before"], days["taken_before"], Month.of(days["month_before"]))
    change = scores.change(now, before, marks)
    assert change is not None, "a standing names an earlier reading only where the two can be compared"
    return Mover(
        Person(row["id"], name_as_read(row["name"]), row["face"]), by_id[row["team_id"]], now.month, now.total, change
    )


def _first_places(rows: Iterable[list[Any]], by_id: Mapping[int, Team]) -> list[FirstPlaces]:
    places_by_team: dict[int, FirstPlaces] = {}
    for team, first_day, rank, pk, name, face, total in rows:
        places = places_by_team.setdefault(team, FirstPlaces(by_id[team], Month.parse(first_day[:7]), []))
        places.rows.append((rank, Person(pk, name_as_read(name), face), total))
    return [places_by_team[team] for team in by_id if team in places_by_team]
