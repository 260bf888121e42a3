"""Goals in words: their names, what they mean, their figures."""

from decimal import Decimal

from django import template
from django.utils.formats import date_format

from teams.models import Goal
from teams.models.goal_progress import Progress
from teams.rules.goals import Kind, State
from teams.templatetags.charts import PILLAR_NAMES
from teams.templatetags.words import month_name

register = template.Library()

STATES = {
    State.REACHED: "reached",
    State.MISSED: "missed",
    State.AHEAD: "ahead",
    State.ON_PACE: "on pace",
    State.BEHIND: "behind",
    State.WAITING: "waiting for a reading",
}


@register.filter
def goal_name(goal: Goal) -> str:
    """`Mean score 50`, `Mean insights 6.5`, `Everybody at 50`, `90 % in for December 2026`, `Score 50`."""
    target = goal_points(goal.target)
    if goal.kind == Kind.COVERAGE:
        return f"{target} % in for {month_name(goal.aim().month(goal.due_on))}"
    if goal.pillar:
        return f"Mean {PILLAR_NAMES[goal.pillar].lower()} {target}"
    return {Kind.SCORE: "Score", Kind.MEAN: "Mean score", Kind.EVERYBODY: "Everybody at"}[goal.kind] + f" {target}"


@register.filter
def goal_meaning(goal: Goal) -> str:
    """The whole goal in a sentence."""
    day, target, whose = date_format(goal.due_on, "DATE_FORMAT"), goal_points(goal.target), goal.owner
    if goal.kind == Kind.SCORE:
        return f"{whose} has a score of {target} or more by {day}."
    if goal.kind == Kind.EVERYBODY:
        return f"Everybody in {whose} has a score of {target} or more by {day}."
    if goal.kind == Kind.COVERAGE:
        month = month_name(goal.aim().month(goal.due_on))
        return f"{target} % of {whose} or more have submitted {month} by {day}."
    of = f" in “{PILLAR_NAMES[goal.pillar].lower()}”" if goal.pillar else " score"
    return f"The mean{of} of {whose} is {target} or more by {day}, in a month with at least 60 % in."


@register.filter
def goal_points(value: Decimal) -> str:
    """`50`, or `13.5` where there is a tenth."""
    return f"{value:.1f}".removesuffix(".0")


@register.filter
def goal_now(row: Progress) -> str:
    """Where a goal is: `46.2`, `8 of 14` where people are counted; a dash without a reading."""
    if row.figures.now is None:
        return "–"
    if row.goal.kind in (Kind.EVERYBODY, Kind.COVERAGE):
        return f"{row.figures.there} of {row.figures.counted}"
    return f"{row.figures.now:.1f}" if row.goal.kind == Kind.MEAN else goal_points(row.figures.now)


@register.filter
def goal_start(row: Progress) -> str:
    """Where it began: `42.0`, `33 %`."""
    if row.figures.baseline is None:
        return "–"
    if row.goal.kind in (Kind.EVERYBODY, Kind.COVERAGE):
        return f"{row.figures.baseline:.0f} %"
    return f"{row.figures.baseline:.1f}" if row.goal.kind == Kind.MEAN else goal_points(row.figures.baseline)


@register.filter
def goal_end(goal: Goal) -> str:
    """Where it ends: `50`, `90 %`, `all`."""
    if goal.kind == Kind.EVERYBODY:
        return "all"
    return goal_points(goal.target) + (" %" if goal.kind == Kind.COVERAGE else "")


@register.filter
def state_words(state: State) -> str:
    """`on pace`."""
    return STATES[state]
