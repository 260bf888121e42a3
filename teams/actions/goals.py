"""Making a goal, cancelling it, and noticing that it is reached."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.counters import check_playable
from teams.actions.moments.noticing import note_reached
from teams.models import Act, Goal, GoalStart, Organization
from teams.models.goals import SETTLES_WITHIN
from teams.queries.goals.progress import figures_of, starts_of
from teams.rules.errors import Refused
from teams.rules.goals import is_reached, refusal, stays_reached
from teams.words.translation import translated

WHAT = ["team", "member", "kind", "pillar", "counter", "target", "due_on"]
"""What makes two goals the same."""
AT_ONCE = 200
"""How many goals one sweep's transaction looks at."""


@transaction.atomic
def make_goal(goal: Goal) -> list[int]:
    """Store a goal; the boards to nudge a worker for. The same goal twice is stored once.

    Refused where it is met already or cannot be measured. A team's goal is news on its boards and walls.
    """
    if goal.counter:
        check_playable(goal.counter)
    if sentence := refused(goal):
        raise Refused(sentence)
    stored, is_new = Goal.objects.get_or_create(
        **{field: getattr(goal, field) for field in [*WHAT, "cancelled_on"]},
        defaults={field: getattr(goal, field) for field in ["started_on", "text", "shared", "made_by"]},
    )
    goal.pk = stored.pk
    if is_new:
        store_starts([stored])
        record_goal(Act.GOAL_MADE, goal)
    return mark_team_stale(goal.team) if goal.team and is_new else []


def store_starts(goals: Iterable[Goal]) -> None:
    """Store whom goals are made from, and the readings on which they rest so far."""
    goals = list(goals)
    GoalStart.objects.bulk_create(starts_of(goals))
    for goal, figures in zip(goals, figures_of([(goal, goal.started_on) for goal in goals]), strict=True):
        goal.readings = sorted(figures.readings)
    Goal.objects.bulk_update(goals, ["readings"])


def refused(goal: Goal) -> str | None:
    """The sentence that says why a goal, not stored yet, cannot be made on the day it starts; None when it can."""
    [figures] = figures_of([(goal, goal.started_on)])
    sentence = refusal(goal.aim(), figures, goal.started_on)
    return sentence and translated(sentence)


@transaction.atomic
def edit_goal(goal: Goal) -> None:
    """Store what it is for, and whether the team sees it."""
    goal.save(update_fields=["text", "shared"])
    record_goal(Act.GOAL_CHANGED, goal)


@transaction.atomic
def cancel_goal(goal: Goal, today: date) -> list[int]:
    """Cancel a goal, which stays visible; return the boards to nudge a worker for. Twice is once."""
    if Goal.objects.filter(pk=goal.pk, cancelled_on=None).update(cancelled_on=today):
        record_goal(Act.GOAL_CANCELLED, goal)
    return mark_team_stale(goal.team) if goal.team else []


def record_goal(act: Act, goal: Goal) -> None:
    """What somebody did with a team's goal; one's own goal is nobody else's business."""
    if goal.team:
        record(act, teams=[goal.team], target=f"{goal.target:g}", day=goal.due_on)


@transaction.atomic
def notice_reached(now: datetime) -> list[int]:
    """Look at goals whose figures may have changed, at most 200 and each by one worker; the ids of those looked at."""
    due = Goal.objects.to_check(now.date()).filter(checked_at__lt=now).with_owners().order_by("checked_at")
    return check_goals(due.select_for_update(of=["self"], skip_locked=True)[:AT_ONCE], now)


@transaction.atomic
def look_again_after_withdrawal(readings: list[int], now: datetime) -> None:
    """Take back at once what readings reached that count no more, so that no page says otherwise until the sweep."""
    since = now.date() - SETTLES_WITHIN
    reached = Goal.objects.filter(reached_on__isnull=False, cancelled_on=None, due_on__gte=since)
    check_goals(reached.filter(readings__overlap=readings).with_owners().select_for_update(of=["self"]), now)


@transaction.atomic
def look_again_after_recalibration(organization: Organization, day: date, now: datetime) -> None:
    """Take back what only the new formula reached, with that day to say so; let the others be judged anew."""
    goals = Goal.objects.of_organization(organization).filter(started_on__lt=day, cancelled_on=None, counter=None)
    goals.filter(reached_on=None).update(readings=[])
    reached = goals.filter(reached_on__gte=day).with_owners().select_for_update(of=["self"])
    days = dict(reached.values_list("pk", "reached_on"))
    check_goals(reached, now)
    for goal in Goal.objects.filter(pk__in=days, reached_on=None):
        goal.taken_back_on = days[goal.pk]
        goal.save(update_fields=["taken_back_on"])


def check_goals(goals: Iterable[Goal], now: datetime) -> list[int]:
    """Date the goals that are reached, and take the date back where a correction did. Celebrated is the first only."""
    goals = list(goals)
    days = [goal.reached_on or min(_today(goal, now), goal.due_on) for goal in goals]
    for goal, day, figures in zip(goals, days, figures_of(list(zip(goals, days, strict=True))), strict=True):
        was_reached, still = goal.reached_on, stays_reached if goal.reached_on else is_reached
        goal.checked_at = now
        goal.reached_on = day if still(goal.aim(), figures) else None
        goal.readings = [] if was_reached and not goal.reached_on else sorted(figures.readings)
        if goal.reached_on:
            goal.taken_back_on, goal.celebrated_at = None, goal.celebrated_at or now
    Goal.objects.bulk_update(goals, ["checked_at", "reached_on", "taken_back_on", "celebrated_at", "readings"])
    note_reached([goal for goal in goals if goal.reached_on and goal.celebrated_at == now], now)
    return [goal.pk for goal in goals]


def _today(goal: Goal, now: datetime) -> date:
    return now.astimezone(ZoneInfo(goal.owner.organization.time_zone)).date()
