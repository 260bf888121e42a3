"""What managers decide about people, and how somebody who is invited chooses a password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import AddressField, DayField, NameField, offer, offer_rows
from teams.models import Confirmation, Member, Membership, Merge, Plan, Role, Team, User
from teams.rules.people.people_list import Line, read_people

AT_ONCE = 300


class PasteForm(forms.Form):
    """A list of people, one a line."""

    people = forms.CharField(
        label=_("Names and addresses"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 12, "placeholder": "Jane Doe <jane@example.com>\nRoe, Ben"}),
        help_text=_("One person a line, with or without an e-mail address. Whoever has one is invited."),
    )

    def clean_people(self) -> list[Line]:
        """The lines; a sentence where they name nobody, or too many."""
        lines = read_people(self.cleaned_data["people"])
        if not any(line.person for line in lines):
            raise forms.ValidationError(_("Nobody is named here. Write one person a line."))
        if sum(line.person is not None for line in lines) > AT_ONCE:
            raise forms.ValidationError(_("Paste at most %(at_once)s people at a time.") % {"at_once": AT_ONCE})
        return lines


class MembershipForm(forms.Form):
    """What somebody does in the team, and which LinkedIn they use."""

    role = forms.TypedChoiceField(
        label=_("Role"), choices=Role, coerce=Role, help_text=_("Viewers see the boards and compete in nothing.")
    )
    competing = forms.BooleanField(label=_("Competes"), required=False, help_text=_("Ranked on the team's board."))
    plan = forms.TypedChoiceField(label=_("LinkedIn plan"), choices=Plan, coerce=Plan)

    @classmethod
    def of(cls, membership: Membership, data: Any) -> "MembershipForm":
        """The form as the membership stands."""
        now = {"role": membership.role, "competing": membership.competing, "plan": membership.member.plan}
        return cls(data, initial=now)


class SeveralForm(forms.Form):
    """What is done for those who are ticked: the button says it, and the choice beside it what to."""

    do = forms.ChoiceField(choices=[(each, each) for each in ("role", "plan", "invite", "remind")])
    role = forms.TypedChoiceField(label=_("Role"), choices=Role, coerce=Role, required=False)
    plan = forms.TypedChoiceField(label=_("LinkedIn plan"), choices=Plan, coerce=Plan, required=False)

    def clean(self) -> None:
        """A button for a choice needs it."""
        do = self.cleaned_data.get("do")
        if do in ("role", "plan") and not self.cleaned_data.get(do):
            self.add_error(do, _("Choose one."))


class LeavingForm(forms.Form):
    """The day from which on somebody is in a team no more."""

    left_on = DayField(
        label=_("Left on"),
        required=False,
        help_text=_("The first day on which they are not in the team any more. Empty: today."),
    )


class CorrectionForm(forms.Form):
    """What is noted of somebody in a team: their name, and from when to when they are in it."""

    name = NameField()
    joined_on = DayField(label=_("Joined on"), missing=_("On which day did they join?"))
    left_on = DayField(
        label=_("Left on"),
        missing=_("On which day did they leave?"),
        help_text=_("The first day on which they are not in the team any more."),
    )

    def __init__(self, data: Any, membership: Membership, *, may_rename: bool) -> None:
        now = {"name": membership.member.name, "joined_on": membership.joined_on, "left_on": membership.left_on}
        super().__init__(data, initial=now)
        self.fields["joined_on"].help_text = _(
            "They count from this month on. Months that are final keep their figures."
        )
        if membership.left_on is None:
            del self.fields["left_on"]
        if not may_rename:
            del self.fields["name"]


class MergeForm(forms.Form):
    """Who in the team somebody is, too; where one vouched for another there, whether that is taken back."""

    into = forms.ModelChoiceField(Member.objects.none(), label=_("Is the same as"), empty_label="")
    unconfirm = forms.BooleanField(
        label=_("Take back what they confirmed of each other"),
        required=False,
        help_text=_("Nobody confirms their own readings: another manager may confirm them."),
    )

    def __init__(self, data: Any, membership: Membership, user: User) -> None:
        super().__init__(data)
        person, managed = membership.member, Member.objects.login_managed_by(user)
        others = managed.filter(memberships__team=membership.team_id, merged_as=None).exclude(pk=person.pk).distinct()
        offer_rows(self.fields["into"], others)
        vouched = Q(by=person, submission__member__in=others) | Q(by__in=others, submission__member=person)
        if not Confirmation.objects.filter(vouched).exists():
            del self.fields["unconfirm"]


class TakeApartForm(forms.Form):
    """Which of the merges into somebody is taken back."""

    merged = forms.ModelChoiceField(Merge.objects.none())

    def __init__(self, data: Any, kept: Member, user: User) -> None:
        super().__init__(data)
        offer_rows(self.fields["merged"], kept.merges.reversible_by(user).select_related("gone", "kept"))


class MoveForm(forms.Form):
    """Another team, of those that one manages."""

    prefix = "move"

    team = forms.ModelChoiceField(Team.objects.none(), label=_("Team"), empty_label=None)

    def __init__(self, data: Any, membership: Membership, teams: list[Team]) -> None:
        super().__init__(data)
        others = [team.pk for team in teams if team.pk != membership.team_id]
        offer_rows(self.fields["team"], Team.objects.filter(pk__in=others).select_related("organization"))


class JoinForm(forms.Form):
    """A team for somebody who is in none; one form a person, each with its own ids."""

    team = forms.ChoiceField(label=_("Team"))
    role = forms.ChoiceField(label=_("Role"), choices=Role)

    def __init__(self, data: Any, member: Member, teams: list[Team]) -> None:
        super().__init__(data, prefix=f"join-{member.pk}")
        self.member = member
        self.teams = {str(team.pk): team for team in teams}
        offer(self.fields["team"], [(pk, team.name) for pk, team in self.teams.items()])

    def clean_team(self) -> Team:
        """The chosen team."""
        return self.teams[self.cleaned_data["team"]]


class InvitationForm(forms.Form):
    """Where an invitation goes."""

    prefix = "invite"

    email = AddressField()


class PasswordForm(forms.Form):
    """The password of somebody who was invited."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        min_length=12,
        max_length=128,
        strip=False,
        help_text=_("At least 12 characters. A sentence is easy to remember."),
    )

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> str:
        """The password, if it is good enough for them."""
        password = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password
