"""Goals as they stand: figures read from the readings that count on a day, in two queries for any number of goals."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from math import floor
from pathlib import Path
from typing import Any

from teams.models.boards.recalibrations import Recalibration
from teams.models.goals import Goal, GoalQuerySet, GoalStart
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.queries.prepared_sql import rows
from teams.rules import goals as rules
from teams.rules.goals import Figures, GoalKind, GoalState, Point, Rep
from teams.rules.months import Month, days_left
from teams.rules.people.leave import is_away
from teams.rules.scores import REACH_BACK

Marks = Mapping[int, list[tuple[date, int]]]
GOAL_READINGS = Path(__file__).with_name("readings.sql").read_text()


@dataclass(frozen=True)
class Progress:
    """A goal as a page shows it: `percent` of the way, 0–100, and where the `line` had it at the latest reading."""

    goal: Goal
    figures: Figures
    state: GoalState
    percent: int
    line: int
    days_left: int
    is_hidden: bool = False
    """Whether its figures are left out: a mean of few would tell of each."""


def progress_of(goals: Iterable[Goal], today: date, marks: Marks | None = None) -> list[Progress]:
    """Each of an organization's goals as it stands today, or stood on its due day; in their order.

    `marks` are the recalibrations by organization, where they were read already.
    """
    goals = list(goals)
    figures_list = figures_of([(goal, min(today, goal.due_on)) for goal in goals], marks)
    return [_progress(goal, figures, today) for goal, figures in zip(goals, figures_list, strict=True)]


def with_known_owners(goals: GoalQuerySet, teams: Iterable[Team], member: Member) -> list[Goal]:
    """The goals of teams and of a member, which were read already with their organization."""
    by_id = {team.pk: team for team in teams}
    goal_list = list(goals.select_related("counter"))
    for goal in goal_list:
        if goal.team_id is None:
            goal.member = member
        else:
            goal.team = by_id[goal.team_id]
    return goal_list


def without_means_of_few(rows: Iterable[Progress], sees_mean: Callable[[Team, int], bool]) -> list[Progress]:
    """The same goals, without the figures of those that are a mean of so few reps that their reader does not see it."""
    return [
        _hidden(row) if _is_mean(row) and row.goal.team and not sees_mean(row.goal.team, row.figures.counted) else row
        for row in rows
    ]


def next_score(rows: Iterable[Progress]) -> int | None:
    """The own score to reach next, which a chart shows as a line; None without one."""
    own = (row for row in rows if row.goal.kind == GoalKind.SCORE and row.goal.counter_id is None)
    scores = (row for row in own if row.state != GoalState.REACHED)
    return next((int(row.goal.target) for row in scores), None)


def figures_of(goal_days: Sequence[tuple[Goal, date]], marks: Marks | None = None) -> list[Figures]:
    """The figures of goals, stored or not yet, each on a day; in their order.

    They are news where they rest on a reading on which they did not when the goal was last looked at.
    """
    if not goal_days:
        return []
    reps = _reps(goal_days)
    marks = _marks({goal.owner.organization_id for goal, _ in goal_days}) if marks is None else marks
    figures_list = [
        rules.figures(
            goal.aim(),
            list(reps.get(number, {}).values()),
            day,
            marks.get(goal.owner.organization_id, []),
        )
        for number, (goal, day) in enumerate(goal_days)
    ]
    return [
        replace(figures, is_news=not figures.readings <= set(goal.readings))
        for figures, (goal, _) in zip(figures_list, goal_days, strict=True)
    ]


def starts_of(goals: Iterable[Goal]) -> list[GoalStart]:
    """Those whom goals are made from, with their figures of that day, to be stored; coverage begins at 0 for all."""
    goal_days = [(goal, goal.started_on) for goal in goals if goal.kind != GoalKind.COVERAGE]
    reps = _reps(goal_days) if goal_days else {}
    return [
        GoalStart(goal=goal, member_id=member, **_as_stored(rep.start))
        for number, (goal, _) in enumerate(goal_days)
        for member, rep in reps.get(number, {}).items()
        if rep.from_start
    ]


def _as_stored(point: Point | None) -> dict[str, Any]:
    return {"value": point.value, "taken_on": point.taken_on, "month": point.month} if point else {}


def _reps(goal_days: Sequence[tuple[Goal, date]]) -> dict[int, dict[int, Rep]]:
    """For the number of each goal in the list, the members who may count towards it."""
    months = [goal.aim().month(day) for goal, day in goal_days]
    columns: dict[str, Any] = {
        "numbers": list(range(len(goal_days))),
        "goals": [goal.pk for goal, _ in goal_days],
        "teams": [goal.team_id for goal, _ in goal_days],
        "members": [goal.member_id for goal, _ in goal_days],
        "pillars": [goal.pillar for goal, _ in goal_days],
        "counters": [goal.counter_id for goal, _ in goal_days],
        "starts": [goal.started_on for goal, _ in goal_days],
        "days": [day for _, day in goal_days],
        "months": [month.first_day for month in months],
    }
    reps_by_goal: dict[int, dict[int, Rep]] = {}
    readings = rows(GOAL_READINGS, **columns, reach_back=REACH_BACK)
    for (number, member, from_start, starts, ends), moments in groupby(readings, key=lambda row: row[:5]):
        start, now = (_point(*row[6:]) for row in moments)
        team = goal_days[number][0].team
        spans = zip(starts or (), ends or (), strict=True)
        away = team is not None and is_away(months[number], spans, team.organization.holidays)
        reps_by_goal.setdefault(number, {})[member] = Rep(start, now, from_start, away)
    return reps_by_goal


def _point(value: Decimal | None, taken_on: date | None, month: date | None, reading: int) -> Point | None:
    if value is None or taken_on is None or month is None:
        return None
    return Point(value, taken_on, Month.of(month), reading)


def _marks(organizations: Iterable[int]) -> Marks:
    """The recalibrations of each organization."""
    marks: dict[int, list[tuple[date, int]]] = {}
    rows = Recalibration.objects.filter(organization__in=organizations)
    for organization, day, shift in rows.values_list("organization_id", "day", "shift"):
        marks.setdefault(organization, []).append((day, shift))
    return marks


def _progress(goal: Goal, figures: Figures, today: date) -> Progress:
    aim = goal.aim()
    state = rules.state(aim, figures, today, goal.reached_on)
    done = 1 if state == GoalState.REACHED else rules.progress(aim, figures) or 0
    return Progress(
        goal=goal,
        figures=figures,
        state=state,
        percent=min(max(floor(100 * done), 0), 100),
        line=round(100 * rules.pace(aim, figures, today)),
        days_left=days_left(goal.due_on, today),
    )


def _is_mean(row: Progress) -> bool:
    return row.goal.team_id is not None and row.goal.kind == GoalKind.MEAN and row.figures.counted > 0


def _hidden(row: Progress) -> Progress:
    return replace(row, figures=replace(row.figures, baseline=None, now=None), percent=0, line=0, is_hidden=True)
