"""Goals in words: their names, what they mean, their figures."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from teams.models import Goal
from teams.queries.goals.progress import Progress
from teams.rules.goals import GoalKind, GoalState
from teams.words import goals
from teams.words.goals import SHARES
from teams.words.translation import Words

register = template.Library()

STATES = {
    GoalState.REACHED: pgettext_lazy("goal", "reached"),
    GoalState.MISSED: pgettext_lazy("goal", "missed"),
    GoalState.AHEAD: pgettext_lazy("goal", "ahead"),
    GoalState.ON_PACE: pgettext_lazy("goal", "on pace"),
    GoalState.BEHIND: pgettext_lazy("goal", "behind"),
    GoalState.WAITING: pgettext_lazy("goal", "waiting for a reading"),
}


@register.filter
def goal_name(goal: Goal) -> str:
    """`Mean score 50`, `Mean insights 6.5`, `Everybody at 50`, `90 % in for December 2026`, `Score 50`."""
    return goals.goal_name(goal.aim())


@register.filter
def goal_meaning(goal: Goal) -> str:
    """The whole goal in a sentence."""
    return goals.goal_meaning(goal.aim(), str(goal.owner))


@register.filter
def goal_now(row: Progress) -> str:
    """Where a goal is: `46.2`, `57 %` where people are counted, as start and target are; a dash without a reading."""
    return goals.goal_figure(row.goal.aim(), row.figures.now)


@register.filter
def goal_people(row: Progress) -> str:
    """How many are there: `8 of 14`; nothing where none are counted."""
    if row.goal.kind not in SHARES or row.figures.now is None:
        return ""
    return _("%(there)s of %(counted)s") % {"there": row.figures.there, "counted": row.figures.counted}


@register.filter
def goal_start(row: Progress) -> str:
    """Where it began: `42.0`, `33 %`."""
    return goals.goal_figure(row.goal.aim(), row.figures.baseline)


@register.filter
def goal_end(goal: Goal) -> str:
    """Where it ends: `50`, `90 %`, `100 %`."""
    if goal.kind == GoalKind.EVERYBODY:
        return "100 %"
    return goals.goal_points(goal.target) + " %" if goal.kind == GoalKind.COVERAGE else goals.goal_target(goal.aim())


@register.filter
def state_words(state: GoalState) -> Words:
    """`on pace`."""
    return STATES[state]
