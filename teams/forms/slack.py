"""What Slack tells an admin of the company's own app."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from teams.rules.slack import SIGNING_SECRET

_WHOLE = RegexValidator(rf"^{SIGNING_SECRET.pattern}\Z", _("Copy the whole signing secret: 32 letters and digits."))


class SigningSecretForm(forms.Form):
    """By it a request proves that it is from Slack."""

    signing_secret = forms.CharField(
        label=_("Signing secret"),
        max_length=80,
        validators=[_WHOLE],
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("In Slack under Basic Information, App Credentials. It is kept encrypted and never shown again."),
    )
