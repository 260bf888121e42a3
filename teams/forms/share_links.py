"""A share link: for whom it is, what it shows, for how long; and the hosts whose pages may hold what one shows."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from teams.models import ShareLink
from teams.rules.sharing import LIVES, MOST_HOSTS, host_of


class ShareLinkForm(forms.ModelForm):
    """For readers without a login: nothing that a wall would not show."""

    days = forms.TypedChoiceField(
        label=_("Ends by itself after"),
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in LIVES],
        initial=LIVES[2],
        coerce=int,
    )

    class Meta:
        model = ShareLink
        fields = ["name", "shows_standings", "days"]
        labels = {"shows_standings": _("With the standings")}
        help_texts = {
            "name": _("Such as “Intranet” or “Board of directors”."),
            "shows_standings": _("The upper half, as a wall shows it. Otherwise only how many are in, and the goal."),
        }

    def given(self, now: datetime) -> dict[str, Any]:
        """What `make_share_link` takes."""
        return self.cleaned_data | {"now": now}


class HostsField(forms.CharField):
    """Hosts, one a line; the scheme and the path of an address are taken off."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=6000, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def prepare_value(self, value: Any) -> Any:
        """What is stored, one a line; what was typed, as it was typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The hosts, each once; a sentence for a line that is none."""
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]
        hosts = {line: host_of(line) for line in lines}
        wrong = next((line for line, host in hosts.items() if host is None), None)
        if wrong is not None:
            sentence = _("“%(line)s” is no host. Write each like intranet.example.com.")
            raise ValidationError(sentence, params={"line": wrong[:80]})
        found = list(dict.fromkeys(filter(None, hosts.values())))
        if len(found) > MOST_HOSTS:
            raise ValidationError(_("At most %(most)s hosts."), params={"most": MOST_HOSTS})
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether it is another text than the one that is stored."""
        return bool(super().has_changed(self.prepare_value(initial), data))
