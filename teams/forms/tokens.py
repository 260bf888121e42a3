"""A token of the API: what it is for, what it may do, for how long."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from teams.models import ApiToken, Member
from teams.rules.api import LIVES, Scope

SCOPES = [
    (Scope.READ.value, _("Read what you may see")),
    (Scope.SUBMIT.value, _("Submit and withdraw readings")),
    (Scope.PEOPLE.value, _("Add people to teams that you manage")),
    (Scope.FIGURES.value, _("Save business figures of teams that you manage")),
]


class TokenForm(forms.ModelForm):
    """For a program: nothing that its maker may not do either. Only admins make the company's."""

    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=SCOPES,
        initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one.")},
    )
    days = forms.TypedChoiceField(
        label=_("Ends by itself after"),
        choices=[(days, ngettext_lazy("%d day", "%d days", days) % days) for days in LIVES],
        initial=LIVES[1],
        coerce=int,
    )
    is_of_company = forms.BooleanField(
        label=_("For the company"),
        required=False,
        help_text=_("Every admin sees it and can end it. It ends with your rights as an admin."),
    )

    class Meta:
        model = ApiToken
        fields = ["name", "scopes", "days", "is_of_company"]
        help_texts = {"name": _("Such as “Zapier” or “Our warehouse”.")}

    def __init__(self, *args: Any, member: Member, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not member.is_admin:
            del self.fields["is_of_company"]

    def given(self, now: datetime) -> dict[str, Any]:
        """What `make_token` takes."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "scopes": [Scope(scope) for scope in data["scopes"]],
            "expires_at": now + timedelta(days=data["days"]),
            "is_of_company": data.get("is_of_company", False),
        }
