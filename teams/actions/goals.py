"""Making a goal, cancelling it, and noticing that it is reached."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from teams.actions.audit import record
from teams.actions.boards import mark_team_stale
from teams.models import Act, Goal
from teams.queries.goal_progress import figures_of
from teams.rules.errors import Refused
from teams.rules.goals import is_reached, refusal
from teams.words.translation import said

WHAT = ["team", "member", "kind", "pillar", "target", "due_on"]
"""What makes two goals the same."""
AT_ONCE = 200
"""How many goals one sweep's transaction looks at."""


@transaction.atomic
def make_goal(goal: Goal) -> list[int]:
    """Store a goal; the boards to nudge a worker for. The same goal twice is stored once.

    Refused where it is met already or cannot be measured. A team's goal is news on its boards and walls.
    """
    if sentence := refused(goal):
        raise Refused(sentence)
    stored, is_new = Goal.objects.get_or_create(
        **{field: getattr(goal, field) for field in [*WHAT, "cancelled_on"]},
        defaults={field: getattr(goal, field) for field in ["started_on", "text", "shared", "made_by"]},
    )
    goal.pk = stored.pk
    if is_new:
        noted(Act.GOAL_MADE, goal)
    return mark_team_stale(goal.team) if goal.team and is_new else []


def refused(goal: Goal) -> str | None:
    """The sentence that says why a goal, not stored yet, cannot be made on the day it starts; None when it can."""
    [figures] = figures_of([(goal, goal.started_on)])
    sentence = refusal(goal.aim(), figures, goal.started_on)
    return sentence and said(sentence)


@transaction.atomic
def edit_goal(goal: Goal) -> None:
    """Store what it is for, and whether the team sees it."""
    goal.save(update_fields=["text", "shared"])
    noted(Act.GOAL_CHANGED, goal)


@transaction.atomic
def cancel_goal(goal: Goal, today: date) -> list[int]:
    """Take a goal back, which keeps it in sight; the boards to nudge a worker for. Twice is once."""
    if Goal.objects.filter(pk=goal.pk, cancelled_on=None).update(cancelled_on=today):
        noted(Act.GOAL_CANCELLED, goal)
    return mark_team_stale(goal.team) if goal.team else []


def noted(act: Act, goal: Goal) -> None:
    """What somebody did with a team's goal; one's own goal is nobody else's business."""
    if goal.team:
        record(act, teams=[goal.team], target=f"{goal.target:g}", day=goal.due_on)


@transaction.atomic
def notice_reached(now: datetime) -> list[int]:
    """Look at goals whose figures may have changed, at most 200 and each by one worker; the ids of those looked at."""
    due = Goal.objects.to_check(now.date()).filter(checked_at__lt=now).with_owners().order_by("checked_at")
    return check_goals(due.select_for_update(of=["self"], skip_locked=True)[:AT_ONCE], now)


def check_goals(goals: Iterable[Goal], now: datetime) -> list[int]:
    """Date the goals that are reached, and take the date back where a correction did. Celebrated is the first only."""
    goals = list(goals)
    days = [goal.reached_on or min(_today(goal, now), goal.due_on) for goal in goals]
    for goal, day, figures in zip(goals, days, figures_of(list(zip(goals, days, strict=True))), strict=True):
        goal.checked_at = now
        goal.reached_on = day if is_reached(goal.aim(), figures) else None
        if goal.reached_on and not goal.celebrated_at:
            goal.celebrated_at = now
    Goal.objects.bulk_update(goals, ["checked_at", "reached_on", "celebrated_at"])
    return [goal.pk for goal in goals]


def _today(goal: Goal, now: datetime) -> date:
    return now.astimezone(ZoneInfo(goal.owner.organization.time_zone)).date()
