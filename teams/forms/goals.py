"""What somebody wants to reach, by when."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import DayField, PointsField
from teams.models import Goal, Member, Team
from teams.rules.goals import GoalKind
from teams.rules.measure import MOST, PILLAR_MOST, Pillar
from teams.words.measure import MEANS_OF_PILLARS

TARGET = _("Write a number from 1 to 100.")
WHAT = [
    ("mean", _("The mean score")),
    ("everybody", _("Everybody at a score")),
    ("coverage", _("How many are in, in percent")),
    *((f"mean {pillar}", label) for pillar, label in MEANS_OF_PILLARS.items()),
]
"""A team's goals: the kind, then the pillar if it is one's mean."""


class GoalForm(forms.Form):
    """The part that every goal has."""

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
    due_on = DayField(label=_("By"), empty=_("By which day?"))
    text = forms.CharField(label=_("What for"), required=False, max_length=200, help_text=_("If you like."))

    def clean(self) -> None:
        """The target is one that its kind can have."""
        kind, pillar = self.kind()
        target = self.cleaned_data.get("target")
        if target is not None and pillar and target > PILLAR_MOST:
            self.add_error("target", _("A pillar has at most 25 points."))
        elif target is not None and kind != GoalKind.MEAN and target % 1:
            self.add_error("target", _("Write a whole number."))

    def kind(self) -> tuple[GoalKind, str]:
        """The goal's kind, and its pillar or nothing."""
        return GoalKind.SCORE, ""

    def goal(self, owner: Team | Member, made_by: Member, today: date) -> Goal:
        """What was typed, from today on, not stored yet."""
        kind, pillar = self.kind()
        whose = {"team": owner} if isinstance(owner, Team) else {"member": owner}
        fields = {field: self.cleaned_data[field] for field in ["target", "due_on", "text"]}
        shared = self.cleaned_data.get("shared", False)
        return Goal(kind=kind, pillar=pillar, started_on=today, made_by=made_by, shared=shared, **whose, **fields)


class OwnGoalForm(GoalForm):
    """A rep's own."""

    shared = forms.BooleanField(
        label=_("My team sees it"), required=False, help_text=_("Otherwise nobody else does, managers included.")
    )


class TeamGoalForm(GoalForm):
    """A manager's for a team."""

    field_order = ["what"]

    what = forms.ChoiceField(label=_("Goal"), choices=WHAT)

    def kind(self) -> tuple[GoalKind, str]:
        """The chosen kind, and its pillar or nothing."""
        kind, _, pillar = self.cleaned_data.get("what", "mean").partition(" ")
        return GoalKind(kind), Pillar(pillar).value if pillar else ""


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
