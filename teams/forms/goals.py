"""What somebody wants to reach, by when."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import DayField, PointsField, offer
from teams.forms.figures import AmountField
from teams.models import Counter, Goal, Member, Team
from teams.rules.goals import GoalKind
from teams.rules.measure import MOST, PILLAR_MOST, Pillar
from teams.words.measure import MEANS_OF_PILLARS
from teams.words.translation import Words

TARGET = _("Write a number from 1 to 100.")
COUNTED_TARGET = _("Write a number above 0, such as 12 or 1250,50.")
WHAT: list[tuple[str, Words]] = [
    ("mean", _("The mean score")),
    ("everybody", _("Everybody at a score")),
    ("coverage", _("How many are in, in percent")),
    *((f"mean {pillar}", label) for pillar, label in MEANS_OF_PILLARS.items()),
]
"""A team's goals: the kind, then the pillar if it is one's mean, or what the team counts itself."""


class CountedTargetField(AmountField):
    """How much of what a team counts, without the end that scores have."""

    def clean(self, value: Any) -> Decimal:
        """The amount; a sentence for none, and for nothing."""
        amount = super().clean(value)
        if not amount:
            raise forms.ValidationError(COUNTED_TARGET)
        return amount


class GoalForm(forms.Form):
    """The part that every goal has. `counters` are what it may be about instead of the score."""

    field_order = ["what"]

    what = forms.ChoiceField(label=_("Goal"))
    target = PointsField(
        label=_("Target"),
        min_value=1,
        max_value=MOST,
        max_digits=4,
        decimal_places=1,
        error_messages=dict.fromkeys(
            ["required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"],
            TARGET,
        ),
    )
    due_on = DayField(label=_("By"), missing=_("By which day?"))
    text = forms.CharField(label=_("What for"), required=False, max_length=200, help_text=_("If you like."))

    def __init__(self, *args: Any, counters: Iterable[Counter] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counters = {f"counter-{counter.pk}": counter for counter in counters}
        offer(self.fields["what"], self.choices())
        if self.data.get("what", "").partition(" ")[2] in self.counters:
            self.fields["target"] = CountedTargetField(label=_("Target"))

    def choices(self) -> list[tuple[str, Words]]:
        """What the goal may be about: the kind, then what is measured by it, where that is not the score."""
        raise NotImplementedError

    def clean(self) -> None:
        """The target is one that its kind can have."""
        kind, pillar, counter = self.about()
        target = self.cleaned_data.get("target")
        if target is None or counter:
            return
        if pillar and target > PILLAR_MOST:
            self.add_error("target", _("A pillar has at most 25 points."))
        elif kind != GoalKind.MEAN and target % 1:
            self.add_error("target", _("Write a whole number."))

    def about(self) -> tuple[GoalKind, str, Counter | None]:
        """The goal's kind, with its pillar or what the team counts itself, where it is not about the score."""
        kind, _, measured = (self.cleaned_data.get("what") or self.choices()[0][0]).partition(" ")
        counter = self.counters.get(measured)
        return GoalKind(kind), Pillar(measured).value if measured and not counter else "", counter

    def goal(self, owner: Team | Member, made_by: Member, today: date) -> Goal:
        """What was typed, from today on, not stored yet."""
        kind, pillar, counter = self.about()
        whose = {"team": owner} if isinstance(owner, Team) else {"member": owner}
        fields = {field: self.cleaned_data[field] for field in ["target", "due_on", "text"]}
        fields |= {"kind": kind, "pillar": pillar, "counter": counter, "shared": self.cleaned_data.get("shared", False)}
        return Goal(started_on=today, made_by=made_by, **whose, **fields)


class OwnGoalForm(GoalForm):
    """A rep's own, about their score unless the team counts something that reps enter themselves."""

    shared = forms.BooleanField(
        label=_("My team sees it"), required=False, help_text=_("Otherwise nobody else does, managers included.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].required = False
        if not self.counters:
            del self.fields["what"]

    def choices(self) -> list[tuple[str, Words]]:
        """The score, and what the team counts."""
        counted = [(f"{GoalKind.SCORE} {key}", str(counter)) for key, counter in self.counters.items()]
        return [(GoalKind.SCORE.value, _("My score")), *counted]


class TeamGoalForm(GoalForm):
    """A manager's for a team."""

    def choices(self) -> list[tuple[str, Words]]:
        """The score and its pillars, how many are in, and what the team counts."""
        labels = {
            GoalKind.MEAN: gettext("The mean of “%(counter)s”"),
            GoalKind.EVERYBODY: gettext("Everybody at a number in “%(counter)s”"),
        }
        return WHAT + [
            (f"{kind} {key}", label % {"counter": counter})
            for key, counter in self.counters.items()
            for kind, label in labels.items()
        ]


class TeamGoalTextForm(forms.ModelForm):
    """What may still be changed of a team's goal."""

    class Meta:
        model = Goal
        fields = ["text"]


class OwnGoalTextForm(TeamGoalTextForm):
    """The same of one's own."""

    class Meta(TeamGoalTextForm.Meta):
        fields = ["text", "shared"]
        labels = {"shared": _("My team sees it")}
