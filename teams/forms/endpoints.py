"""An address that is told what happens: where it is, and what it is told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.rules.messages.webhooks import WebhookEvent
from teams.words.webhooks import EVENTS


class EventsForm(forms.Form):
    """What an address is told."""

    events = forms.TypedMultipleChoiceField(
        label=_("Events"),
        choices=[(event.value, label) for event, label in EVENTS.items()],
        coerce=WebhookEvent,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )


class EndpointForm(EventsForm):
    """A new address."""

    url = forms.CharField(
        label=_("Address of your program"),
        max_length=2000,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        help_text=_("It begins with https:// and answers with 2xx within 8 seconds."),
    )
    field_order = ["url", "events"]
