"""What the two teams and some of the twenty people aim for in their three months."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from django.utils import timezone

from teams.actions.goals import make_goal
from teams.models import Goal as StoredGoal
from teams.queries.goals.progress import progress_of
from teams.rules.errors import Refused
from tests.quarter.life import Life
from tests.quarter.model.goals import Goal, figures, starts
from tests.quarter.model.people import last_day, on


class Aiming:
    """Goals, each noted for the model with what is stored of it."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.goals: list[tuple[StoredGoal, Goal]] = []
        day, ends = life.day, [last_day(month) for month in life.months]
        self._then(day(1, 18), self._aim, "North", "mean", 2, day(3, 25))
        self._then(day(2, 12), self._aim, "South", "mean", 1, day(3, 25))
        self._then(day(1, 20), self._aim, "South", "everybody", 2, day(3, 20))
        self._then(day(2, 2), self._aim, "South", "coverage", 70, ends[1])
        self._then(day(3, 1), self._aim, "North", "coverage", 90, ends[2])
        for name in ("Ada", "Ben", "Dag", "Eva", "Oda"):
            self._then(day(1, 25), self._aim, name, "score", 5, ends[2])
        for person in life.world.people:
            self._then(day(3, 10), self._aim, person.name, "score", 4, day(3, 28))
        for number in range(3, 90, 7):
            self._then(day(1, 1 + number), self._look)

    def _then(self, day: date, do: Callable, *given: object) -> None:
        self.life.then(self.life.at(day, time(18, 30)), do, *given)

    def _aim(self, whose: str, kind: str, more: int, due: date) -> None:
        """For so much more than it is; coverage and everybody from nothing."""
        life, now = self.life, timezone.now()
        goal = Goal(whose, kind, Decimal(0), now, due)
        goal.starts = starts(life.world, goal)
        if kind != "coverage" and not any(goal.starts.values()):
            return
        goal.target = more + self._figure(goal)
        member = life.members.get(whose)
        stored = StoredGoal(
            team=None if member else life.teams[whose], member=member, kind=kind, target=goal.target,
            started_on=on(now), due_on=due, made_by=member or life.members[f"Head of {whose}"],
        )  # fmt: skip
        try:
            make_goal(stored)
        except Refused as refused:
            life.differences.append(f"{whose} could not aim for {kind} {goal.target}: {refused}")
            return
        self.goals.append((StoredGoal.objects.with_owners().get(pk=stored.pk), goal))

    def _figure(self, goal: Goal) -> Decimal:
        if goal.kind == "coverage":
            return Decimal(0)
        if goal.kind == "everybody":
            return Decimal(min(found.total for found in goal.starts.values() if found))
        return figures(self.life.world, goal, goal.made_at, on(goal.made_at)).now

    def _look(self) -> None:
        """Whether each goal's page shows the model's figures now."""
        today, now = self.life.organization.today(), timezone.now()
        running = [(stored, goal) for stored, goal in self.goals if today <= goal.due]
        for row, (_, goal) in zip(progress_of([each for each, _ in running], today), running, strict=True):
            there = figures(self.life.world, goal, now, today)
            shown, expected = (row.figures.baseline, row.figures.now), (there.start, there.now)
            if shown != expected:
                self.life.differences.append(
                    f"{goal.whose} {goal.kind} {goal.target} on {today}: {shown}, not {expected}"
                )


def stored_starts(stored: StoredGoal) -> dict[str, int | None]:
    return {start.member.name: start.value for start in stored.starts.select_related("member")}


def expected_starts(goal: Goal) -> dict[str, int | None]:
    return {person.name: found and found.total for person, found in goal.starts.items()}
