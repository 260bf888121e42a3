"""Claiming a screen on a wall, and what it shows."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import offer_rows
from teams.models import Display, Team
from teams.rules.displays.slides import CHOICE, Slide

SLIDE_NAMES = {
    Slide.STANDINGS: _("Standings: the upper half"),
    Slide.PODIUM: _("Podium, for three days after a month has closed"),
    Slide.IMPROVED: _("Most improved: gains only"),
    Slide.GOAL: _("The team's next goal"),
    Slide.CHALLENGES: _("Running challenges, and what they are for"),
    Slide.MOMENTS: _("Good news: personal bests, challenges and goals of the week"),
    Slide.THANKS: _("Thanks that their readers want there"),
    Slide.PILLARS: _("The team's pillars"),
    Slide.TIP: _("Tip of the week"),
    Slide.SUBMIT: _("A QR code to submit"),
}


class PairForm(forms.Form):
    """A screen's code, and which place on the wall it is: a new one with a name, or one from before."""

    code = forms.CharField(
        label=_("Code on the screen"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    screen = forms.ModelChoiceField(
        Display.objects.none(),
        label=_("Which screen is it"),
        required=False,
        empty_label=_("A new one"),
        help_text=_("One from before keeps its name and settings."),
    )
    name = forms.CharField(
        label=_("Name"), max_length=80, required=False, help_text=_("Where it hangs, such as “Kitchen”.")
    )
    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), required=False, empty_label=None)

    def __init__(self, *args: Any, displays: QuerySet[Display], teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self.fields["screen"], displays)
        offer_rows(self.fields["team"], teams)
        if not displays.exists():
            del self.fields["screen"]

    def clean(self) -> None:
        """A new screen has a name and a team."""
        cleaned = self.cleaned_data
        if not cleaned.get("screen"):
            if not cleaned.get("name") and "name" not in self.errors:
                self.add_error("name", _("Say where the screen hangs, such as “Kitchen”."))
            if not cleaned.get("team") and "team" not in self.errors:
                self.add_error("team", _("Choose the team whose board it shows."))

    def display(self) -> Display:
        """The place that is claimed for: the chosen one, or a new one that is not stored yet."""
        return self.cleaned_data.get("screen") or Display(
            name=self.cleaned_data["name"], team=self.cleaned_data["team"]
        )


class DisplayForm(forms.ModelForm):
    """What a screen shows, and for how long."""

    slides = forms.MultipleChoiceField(
        label=_("Slides"),
        choices=[(slide.value, SLIDE_NAMES[slide]) for slide in CHOICE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("One that has nothing to show is left out. How many are in, and the goal, stand on every slide."),
    )

    class Meta:
        model = Display
        fields = ["name", "slides", "seconds", "also_shows", "bright_from", "bright_until", "sound"]
        labels = {
            "name": _("Name"),
            "seconds": _("Seconds for each slide"),
            "also_shows": _("In turn with"),
            "bright_from": _("Bright from, in hours"),
            "bright_until": _("Bright until, in hours"),
            "sound": _("A short chime with each celebration"),
        }
        help_texts = {
            "bright_until": _("At night and on weekends the screen is dimmed. Twice the same hour: never dimmed."),
            "sound": _("While the screen is bright. Its browser has to allow sound: “The wall” in the docs says how."),
        }
        widgets = {"also_shows": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, teams: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = teams.exclude(pk=self.instance.team_id)
        offer_rows(self.fields["also_shows"], others)
        self.fields["also_shows"].help_text = _("The screen goes through these teams one after the other.")
        if not others.exists():
            del self.fields["also_shows"]
