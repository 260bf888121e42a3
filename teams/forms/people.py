"""Adding people, starting an organization, and settings."""

from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from teams.models import Member, Organization, RankVisibility, Role, Team, User


def zones() -> list[tuple[str, str]]:
    """Every time zone that people live in, by name."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]


class StartForm(forms.Form):
    """The first organization, its first team and its first person."""

    organization = forms.CharField(max_length=100, help_text="Your company's name.")
    time_zone = forms.ChoiceField(choices=zones, initial="Europe/Berlin", help_text="It decides when a day begins.")
    team = forms.CharField(label="First team", max_length=80, help_text="The people who share a board.")
    name = forms.CharField(label="Your name", max_length=100)
    email = forms.EmailField(label="Your e-mail", max_length=254)
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        min_length=12,
        strip=False,
        help_text="At least 12 characters. A sentence is easy to remember.",
    )

    def clean_password(self) -> str:
        """A password that is neither common nor like the address, which comes before it on the form."""
        validate_password(self.cleaned_data["password"], User(email=self.cleaned_data.get("email", "")))
        return self.cleaned_data["password"]


class NewMemberForm(forms.Form):
    """A person for the team."""

    name = forms.CharField(max_length=100)
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        required=False,
        help_text="They are invited to sign in. It can also be left out.",
    )
    role = forms.ChoiceField(choices=Role, initial=Role.REP)
    competing = forms.BooleanField(
        label="Competes", required=False, initial=True, help_text="Ranked on the board. Viewers never are."
    )


class OwnPasswordForm(forms.Form):
    """Whoever asks proves that it is they."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class NewTeamForm(forms.Form):
    """A team for the organization."""

    name = forms.CharField(max_length=80)


class OrganizationForm(forms.ModelForm):
    """What an admin decides for everybody."""

    time_zone = forms.ChoiceField(choices=zones)

    class Meta:
        model = Organization
        fields = [
            "name",
            "time_zone",
            "rank_visibility",
            "shows_organization_board",
            "wall_names",
            "wall_rows",
            "closing_workday",
            "closing_hour",
            "managers_need_second_factor",
        ]


class TeamForm(forms.ModelForm):
    """What a manager decides for the team."""

    rank_visibility = forms.ChoiceField(
        choices=[("", _("As the organization has it")), *RankVisibility.choices],
        required=False,
        help_text=_("A team may only be stricter than the organization."),
    )

    class Meta:
        model = Team
        fields = ["name", "rank_visibility"]


class MemberForm(forms.ModelForm):
    """What members decide for themselves."""

    class Meta:
        model = Member
        fields = ["name", "plan", "sees_ranks", "accepts_challenges"]
