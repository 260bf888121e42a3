"""Adding people, starting an organization, and settings."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import AddressField, NameField
from teams.forms.share_links import HostsField
from teams.models import Member, Organization, RankVisibility, Role, Team, User
from teams.models.languages import LANGUAGES


@cache
def zones() -> list[tuple[str, str]]:
    """Every time zone that people live in, by name."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]


class LongSelect(forms.Select):
    """A list of hundreds of entries, which Django would make of three templates each."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """What Django gives, in a tenth of the time."""
        chosen = self.format_value(value)
        marks = {True: mark_safe(" selected"), False: ""}
        entries = ((key, marks[str(key) in chosen], label) for key, label in self.choices)
        options = format_html_join("\n", '<option value="{}"{}>{}</option>', entries)
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class StartForm(forms.Form):
    """The first organization, its first team and its first person."""

    organization = forms.CharField(label=_("Company"), max_length=100)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        widget=LongSelect,
        initial="Europe/Berlin",
        help_text=_("It decides when a day begins."),
    )
    team = forms.CharField(label=_("First team"), max_length=80, help_text=_("The people who share a board."))
    name = NameField(label=_("Your name"))
    email = AddressField(label=_("Your e-mail"))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        min_length=12,
        max_length=128,
        strip=False,
        help_text=_("At least 12 characters. A sentence is easy to remember."),
    )

    def clean_password(self) -> str:
        """A password that is neither common nor like the address, which comes before it on the form."""
        validate_password(self.cleaned_data["password"], User(email=self.cleaned_data.get("email", "")))
        return self.cleaned_data["password"]


class SearchForm(forms.Form):
    """Whom to show: those with these words in their name or address."""

    q = forms.CharField(
        label=_("Name or e-mail"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    def words(self) -> str:
        """What is looked for; nothing where it cannot be understood."""
        self.is_valid()
        return str(self.cleaned_data.get("q", ""))


class NewMemberForm(forms.Form):
    """A person for the team."""

    name = NameField()
    email = AddressField(required=False, help_text=_("They are invited to sign in. It can also be left out."))
    role = forms.ChoiceField(label=_("Role"), choices=Role, initial=Role.REP)
    competing = forms.BooleanField(
        label=_("Competes"), required=False, initial=True, help_text=_("Ranked on the board. Viewers never are.")
    )


class OwnPasswordForm(forms.Form):
    """Whoever asks proves that it is they."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class AddressForm(OwnPasswordForm):
    """Another address to sign in with, and the password of whoever asks."""

    email = AddressField(label=_("New e-mail"))
    field_order = ["email", "password"]

    def __init__(self, data: Any, *, email: str) -> None:
        super().__init__(data)
        self.known = email

    def clean_email(self) -> str:
        """Another address than the one that is known."""
        if self.cleaned_data["email"] == self.known:
            raise forms.ValidationError(_("This is your address already."))
        return self.cleaned_data["email"]


class NewTeamForm(forms.Form):
    """A team for the organization."""

    name = forms.CharField(label=_("Name"), max_length=80)


class OrganizationForm(forms.ModelForm):
    """What an admin decides for everybody."""

    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, widget=LongSelect)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        required=False,
        help_text=_("Of walls, chats, and mails to whoever has chosen no other."),
    )

    embed_hosts = HostsField(
        label=_("Hosts of intranets"), help_text=Organization._meta.get_field("embed_hosts").help_text
    )

    class Meta:
        model = Organization
        fields = [
            "name",
            "language",
            "time_zone",
            "rank_visibility",
            "shows_organization_board",
            "wall_names",
            "wall_rows",
            "embed_hosts",
            "closing_workday",
            "closing_hour",
            "managers_need_second_factor",
            "retention_months",
        ]
        labels = {"name": _("Name"), "rank_visibility": _("Who sees places")}

    GROUPS = [
        ("everybody", _("The company"), ["name", "language", "time_zone"]),
        ("places", _("Who sees what"), ["rank_visibility", "shows_organization_board"]),
        ("walls", _("Wall screens"), ["wall_names", "wall_rows"]),
        ("sharing", _("Share links"), ["embed_hosts"]),
        ("closing", _("Closing months"), ["closing_workday", "closing_hour"]),
        ("safety", _("Security and privacy"), ["managers_need_second_factor", "retention_months"]),
    ]

    def groups(self) -> list[dict[str, Any]]:
        """The fields under their headings, each group with a key to link to."""
        return [
            {"key": key, "title": title, "fields": [self[name] for name in names]} for key, title, names in self.GROUPS
        ]


class TeamForm(forms.ModelForm):
    """What a manager decides for the team."""

    rank_visibility = forms.ChoiceField(
        label=_("Who sees places"),
        choices=[("", _("As in the company")), *RankVisibility.choices],
        required=False,
        help_text=_("A team may only be stricter than the company."),
    )

    class Meta:
        model = Team
        fields = ["name", "rank_visibility"]
        labels = {"name": _("Name")}


class MemberForm(forms.ModelForm):
    """What members decide for themselves."""

    name = NameField()
    language = forms.ChoiceField(
        label=_("Language"), choices=[("", _("As the browser asks for")), *LANGUAGES], required=False
    )

    class Meta:
        model = Member
        fields = ["name", "plan", "sees_ranks", "accepts_challenges"]
        labels = {"plan": _("LinkedIn plan")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = self.instance.user.language
