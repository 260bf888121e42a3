"""A goal in words: its name, and the whole of it in a sentence."""

from decimal import Decimal

from django.utils.translation import gettext as _

from teams.rules.counters import Counted
from teams.rules.goals import Aim, GoalKind
from teams.words.figures import amount_of, day, figure, month_name, tenth
from teams.words.measure import PILLARS_IN_SENTENCES
from teams.words.translation import Words

SHARES = (GoalKind.EVERYBODY, GoalKind.COVERAGE)
"""What counts people, and says so in per cent."""


def goal_points(value: Decimal) -> str:
    """`50`, or `13.5` where there is a tenth."""
    return figure(Decimal(f"{value:.1f}"))


def goal_figure(aim: Aim, value: Decimal | None) -> str:
    """Where a goal begins or is: `42.0`, `57 %` where people are counted; a dash without a reading."""
    if value is None:
        return "–"
    if aim.kind in SHARES:
        return f"{value:.0f} %"
    if aim.counter:
        return amount_of(aim.counter, value)
    return tenth(value) if aim.kind == GoalKind.MEAN else goal_points(value)


def goal_target(aim: Aim) -> str:
    """What each, or the mean, is to reach: `50`, `1,250 €`."""
    return amount_of(aim.counter, aim.target) if aim.counter else goal_points(aim.target)


def goal_name(aim: Aim) -> str:
    """`Mean score 50`, `Mean insights 6.5`, `Everybody at 50`, `90 % in for December 2026`, `Score 50`, `Calls: 20`."""
    if aim.counter:
        names = {
            GoalKind.SCORE: _("%(counter)s: %(target)s"),
            GoalKind.MEAN: _("Mean of “%(counter)s”: %(target)s"),
            GoalKind.EVERYBODY: _("Everybody at %(target)s in “%(counter)s”"),
        }
        return names[aim.kind] % {"target": goal_target(aim), "counter": aim.counter.name}
    values = {"target": goal_points(aim.target)}
    if aim.kind == GoalKind.COVERAGE:
        return _("%(target)s %% in for %(month)s") % {**values, "month": month_name(aim.month(aim.due_on))}
    if aim.pillar:
        return _("Mean %(pillar)s %(target)s") % {**values, "pillar": PILLARS_IN_SENTENCES[aim.pillar]}
    names = {
        GoalKind.SCORE: _("Score %(target)s"),
        GoalKind.MEAN: _("Mean score %(target)s"),
        GoalKind.EVERYBODY: _("Everybody at %(target)s"),
    }
    return names[aim.kind] % values


def goal_meaning(aim: Aim, whose: str) -> str:
    """The whole goal in a sentence."""
    if aim.counter:
        return _meaning_on_a_counter(aim, aim.counter, whose)
    values: dict[str, Words] = {"whose": whose, "target": goal_points(aim.target), "day": day(aim.due_on)}
    if aim.kind == GoalKind.SCORE:
        sentence = _("%(whose)s has a score of %(target)s or more by %(day)s.")
    elif aim.kind == GoalKind.EVERYBODY:
        sentence = _("Everybody in %(whose)s has a score of %(target)s or more by %(day)s.")
    elif aim.kind == GoalKind.COVERAGE:
        values["month"] = month_name(aim.month(aim.due_on))
        sentence = _("%(target)s %% of %(whose)s or more have submitted %(month)s by %(day)s.")
    elif aim.pillar:
        values["pillar"] = PILLARS_IN_SENTENCES[aim.pillar]
        sentence = _(
            "The mean in “%(pillar)s” of %(whose)s is %(target)s or more by %(day)s, in a month with at least 60 %% in."
        )
    else:
        sentence = _("The mean score of %(whose)s is %(target)s or more by %(day)s, in a month with at least 60 %% in.")
    return sentence % values


def _meaning_on_a_counter(aim: Aim, counter: Counted, whose: str) -> str:
    sentences = {
        GoalKind.SCORE: _("%(whose)s has %(target)s or more in “%(counter)s” in a month, by %(day)s."),
        GoalKind.MEAN: _(
            "The mean of “%(counter)s” in %(whose)s is %(target)s or more by %(day)s, "
            "in a month with at least 60 %% in."
        ),
        GoalKind.EVERYBODY: _(
            "Everybody in %(whose)s has %(target)s or more in “%(counter)s”, in their latest month, by %(day)s."
        ),
    }
    values = {"target": goal_target(aim), "counter": counter.name, "day": day(aim.due_on)}
    return sentences[aim.kind] % {"whose": whose, **values}
