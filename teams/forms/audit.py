"""Looking for something in the log."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.models import AuditTopic
from teams.models.audit import AuditQuerySet


class LogForm(forms.Form):
    """What to show: of one person, of one topic, and what is older than an entry."""

    name = forms.CharField(label=_("Name"), required=False, max_length=100)
    topic = forms.ChoiceField(label=_("About"), required=False, choices=[("", _("Everything")), *AuditTopic.choices])
    before = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)

    def filtered(self, entries: AuditQuerySet) -> AuditQuerySet:
        """The entries that were asked for; what cannot be understood is left out of the question."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("name"):
            entries = entries.of_somebody_called(wanted["name"])
        if wanted.get("topic"):
            entries = entries.of_topic(AuditTopic(wanted["topic"]))
        return entries.filter(pk__lt=wanted["before"]) if wanted.get("before") else entries

    def query(self, **more: Any) -> str:
        """The end of an address that asks for the same, and for more."""
        kept = {field: self.cleaned_data[field] for field in ("name", "topic") if self.cleaned_data.get(field)}
        return f"?{urlencode(kept | more)}"
