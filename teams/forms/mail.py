"""What members want to get by mail, when a team is reminded, and where its chats are."""

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.forms.people import LongSelect, zones
from teams.models import Service, Team, Topic
from teams.rules.messages.reminders import STEPS, meaning
from teams.words.translation import Words, translated


def zones_or_none() -> list[tuple[str, Words]]:
    """Every zone, after the organization's own."""
    return [("", _("The company's")), *zones()]


class MailForm(forms.Form):
    """One's own choice."""

    topics = forms.MultipleChoiceField(
        label=_("Send me"), choices=Topic, required=False, widget=forms.CheckboxSelectMultiple
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones_or_none,
        required=False,
        widget=LongSelect,
        help_text=_("Reminders come in the morning there."),
    )


class ReminderForm(forms.ModelForm):
    """When a team is reminded."""

    reminder_steps = forms.TypedMultipleChoiceField(
        label=_("When"),
        coerce=int,
        required=False,
        choices=lambda: [(step, translated(meaning(step))) for step in STEPS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What falls on a weekend comes on the working day before; two on one day are one mail."),
    )
    reminder_hour = forms.TypedChoiceField(
        label=_("From"),
        coerce=int,
        choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        widget=LongSelect,
        help_text=_("In each rep's own zone."),
    )

    class Meta:
        model = Team
        fields = ["reminds", "reminder_steps", "reminder_hour"]


class WebhookForm(forms.Form):
    """A chat for the team."""

    prefix = "chat"

    service = forms.ChoiceField(label=_("Chat"), choices=Service)
    url = forms.CharField(
        label=_("Webhook address"),
        max_length=2000,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("Slack: an incoming webhook. Teams: “Post to a channel when a webhook request is received”."),
    )
