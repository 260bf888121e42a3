"""A challenge as a manager writes it, and a duel as a rep does."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import DayField, PointsField, WholeField, offer, offer_rows
from teams.forms.figures import AmountField
from teams.models import Challenge, Counter, Member, Team
from teams.rules.challenges.presets import month_end
from teams.rules.challenges.terms import (
    COUNTER,
    MADE,
    TOTAL,
    ChallengeKind,
    StakeKind,
    Winners,
    default_winners,
    refusal,
)
from teams.words import challenge_choices
from teams.words import challenges as wording
from teams.words.translation import translated

A_DAY = _("Write the day like 2026-11-30.")
HOW_MANY = _("Write a whole number from 1 to 99.")


class PlayForm(forms.Form):
    """What every challenge has: when, about what, for what."""

    is_duel = False
    rows: list[list[str]] = []
    """The fields as they stand, those that belong together in one row."""
    seldom: list[str] = []
    """Those that most challenges leave alone."""

    title = forms.CharField(
        label=_("Title"), max_length=80, required=False, help_text=_("Empty: named after its rule.")
    )
    figure = forms.ChoiceField(label=_("On"), choices=challenge_choices.FIGURES, initial=TOTAL)
    starts_on = DayField(label=_("First day"), misspelt=A_DAY)
    ends_on = DayField(label=_("Last day"), misspelt=A_DAY)
    stake = forms.CharField(
        label=_("Played for"), max_length=120, required=False, help_text=_("Such as “lunch”. It may stay empty.")
    )
    stake_kind = forms.ChoiceField(label=_("Who gives it"), choices=challenge_choices.STAKES, required=False)
    evidenced_only = forms.BooleanField(
        label=_("Only readings with evidence count"),
        required=False,
        initial=True,
        help_text=_(
            "A whole page pasted, a picture read, or a manager's confirmation. "
            "It matters where something is played for. Business figures count without."
        ),
    )

    def __init__(self, *args: Any, maker: Member, counters: Iterable[Counter] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.maker = maker
        self.counters = {f"counter-{counter.pk}": counter for counter in counters}
        offer(self.fields["figure"], [*challenge_choices.FIGURES, *self.counter_choices()])
        if self.data.get("figure") in self.counters and "points" in self.fields:
            usual = self.fields["points"]
            self.fields["points"] = AmountField(label=usual.label, help_text=usual.help_text)

    def counter_choices(self) -> list[tuple[str, str]]:
        """What a team counts; with the team's name where that could be one of several."""
        if len({counter.team_id for counter in self.counters.values()}) == 1:
            return [(key, str(each)) for key, each in self.counters.items()]
        said = _("%(counter)s, in %(team)s")
        return [(key, said % {"counter": each, "team": each.team}) for key, each in self.counters.items()]

    def counter(self) -> Counter | None:
        """What the team counts itself, where it is about that."""
        return self.counters.get(self.cleaned_data.get("figure", ""))

    def in_rows(self) -> list[list[forms.BoundField]]:
        """The fields, those that belong together in one row."""
        return [[self[name] for name in row] for row in self.rows]

    def seldom_used(self) -> list[forms.BoundField]:
        """The fields that most challenges leave alone."""
        return [self[name] for name in self.seldom]

    def uses_seldom(self) -> bool:
        """Whether one of those says something, or was filled in wrongly."""
        return any(field.value() or field.errors for field in self.seldom_used())

    def clean(self) -> None:
        """A stake has somebody who gives it, and the rules hold together."""
        data = self.cleaned_data
        if data.get("stake") and data.get("stake_kind", StakeKind.NONE) in ("", StakeKind.NONE):
            self.add_error("stake_kind", _("Say who gives it."))
        if not self.errors and (sentence := refusal(self.challenge().terms(), self.maker.organization.today())):
            self.add_error(None, translated(sentence))

    def challenge(self) -> Challenge:
        """The challenge as it was written, not stored yet."""
        data, counter = self.cleaned_data, self.counter()
        winners, count = self.who_wins()
        challenge = Challenge(
            organization=self.maker.organization,
            maker=self.maker,
            title="" if counter and "title" not in self.changed_data else data["title"],
            kind=data["kind"],
            figure=COUNTER if counter else data["figure"],
            counter=counter,
            points=data.get("points") if data["kind"] in MADE else None,
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            winners=winners,
            winner_count=count,
            is_duel=self.is_duel,
            stake=data["stake"],
            stake_kind=data["stake_kind"] if data["stake"] else StakeKind.NONE,
            repeats_monthly=data.get("repeats_monthly", False),
            confirmed_only=data.get("confirmed_only", False),
            evidenced_only=data.get("evidenced_only", False) and not counter,
        )
        challenge.title = challenge.title or self.usual_title(challenge)
        return challenge

    def who_wins(self) -> tuple[str, int | None]:
        """Who wins by these terms, and how many."""
        return default_winners(self.cleaned_data["kind"], is_duel=self.is_duel)

    def usual_title(self, challenge: Challenge) -> str:
        """What it is called where nobody gave it a title."""
        said = challenge.what_it_takes
        return (said[:1].upper() + said[1:])[:80]

    def read_back(self) -> list[str]:
        """The rules in sentences."""
        challenge = self.challenge()
        return wording.read_back(
            challenge.terms(),
            maker=self.maker.name,
            invited=[str(each) for each in self.invited()],
            stake=challenge.stake,
        )

    def invited(self) -> Sequence[Member | Team]:
        """Whom it asks."""
        raise NotImplementedError


class ChallengeForm(PlayForm):
    """For the teams of a manager. Team against team may be played against any team of the organization."""

    rows = [
        ["stake", "stake_kind"],
        ["evidenced_only"],
        ["kind", "points"],
        ["figure"],
        ["starts_on", "ends_on"],
        ["teams"],
        ["title"],
    ]
    seldom = ["winner_count", "repeats_monthly", "confirmed_only"]

    kind = forms.ChoiceField(label=_("What to do"), choices=challenge_choices.KINDS)
    points = PointsField(
        label=_("How much"),
        required=False,
        max_digits=4,
        decimal_places=1,
        help_text=_("To gain or to reach; empty for the others."),
        error_messages=dict.fromkeys(
            ["invalid", "max_digits", "max_decimal_places"], _("Write points such as 5 or 2,5.")
        ),
    )
    teams = forms.ModelMultipleChoiceField(
        label=_("Teams"),
        queryset=Team.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Teams of other managers: only for team against team."),
        error_messages={"required": _("Choose at least one team.")},
    )
    winner_count = WholeField(
        label=_("How many can win"),
        required=False,
        min_value=1,
        max_value=99,
        help_text=_("Empty: everyone who makes it; the best three where people are compared."),
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], HOW_MANY),
    )
    repeats_monthly = forms.BooleanField(
        label=_("Again every month"),
        required=False,
        help_text=_("When it is settled, the same is sent for the next month."),
    )
    confirmed_only = forms.BooleanField(
        label=_("Only confirmed readings count"),
        required=False,
        help_text=_("A manager confirms each reading on the page of its month, never their own."),
    )

    def __init__(self, *args: Any, managed: QuerySet[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.managed = managed
        offer_rows(self.fields["teams"], self.maker.organization.teams.all())
        offer(self.fields["stake_kind"], [each for each in challenge_choices.STAKES if each[0] != StakeKind.LOSER])

    def clean_teams(self) -> list[Team]:
        """The teams, read once."""
        return list(self.cleaned_data["teams"])

    def clean(self) -> None:
        """Other managers' teams are played against, and not without one's own."""
        super().clean()
        chosen, managed, counter = self.cleaned_data.get("teams"), set(self.managed), self.counter()
        if chosen and counter and chosen != [counter.team]:
            said = _("“%(counter)s” is counted in %(team)s. Choose this team alone.")
            self.add_error("teams", said % {"counter": counter.name, "team": counter.team})
        elif chosen and self.cleaned_data.get("kind") == ChallengeKind.TEAMS:
            if len(chosen) < 2 or not managed & set(chosen):
                self.add_error("teams", _("Choose two teams or more, one of them yours."))
        elif chosen and not managed >= set(chosen):
            self.add_error("teams", _("Other managers' teams can only be played against: team against team."))

    def who_wins(self) -> tuple[str, int | None]:
        """Who wins, and how many where not everybody does."""
        kind, count = self.cleaned_data["kind"], self.cleaned_data.get("winner_count")
        usual = default_winners(kind)
        if count is None or kind == ChallengeKind.TEAMS:
            return usual
        return (Winners.FIRST if kind in MADE else Winners.TOP), count

    def invited(self) -> list[Team]:
        """The teams."""
        return self.cleaned_data["teams"]


class OpponentSelect(forms.Select):
    """A list in which whoever cannot answer stands, and cannot be chosen."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """An option of the list; switched off for a member who cannot sign in."""
        option = super().create_option(name, value, *args, **kwargs)
        if value and value.instance.user_id is None:
            option["attrs"]["disabled"] = True
        return option


class OpponentField(forms.ModelChoiceField):
    """A colleague by name, with the reason where they cannot be asked."""

    widget = OpponentSelect

    def label_from_instance(self, obj: Any) -> str:
        """The name; why not, of somebody who cannot sign in to answer."""
        return str(obj) if obj.user_id else _("%(name)s (cannot sign in yet)") % {"name": obj}

    def clean(self, value: Any) -> Any:
        """The member; a sentence for one who cannot answer."""
        member = super().clean(value)
        if member and member.user_id is None:
            raise forms.ValidationError(_("%(name)s cannot sign in yet, and so cannot accept.") % {"name": member})
        return member


class DuelForm(PlayForm):
    """A rep against a colleague."""

    rows = [
        ["opponent"],
        ["stake", "stake_kind"],
        ["evidenced_only"],
        ["kind", "figure"],
        ["starts_on", "ends_on"],
        ["title"],
    ]
    is_duel = True

    opponent = OpponentField(
        label=_("Against"),
        queryset=Member.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={"required": _("Choose a colleague.")},
        help_text=_("Those who switched challenges off are not listed."),
    )
    kind = forms.ChoiceField(
        label=_("Who wins"),
        choices=[(ChallengeKind.IMPROVED, _("Who improves most")), (ChallengeKind.HIGHEST, _("Who is highest"))],
    )

    def __init__(self, *args: Any, opponents: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self.fields["opponent"], opponents)
        kinds = (StakeKind.NONE, StakeKind.LOSER, StakeKind.ON_ME)
        labels = dict(challenge_choices.STAKES)
        offer(self.fields["stake_kind"], [(kind, labels[kind]) for kind in kinds])

    def usual_title(self, challenge: Challenge) -> str:
        """Who plays against whom."""
        names = {"maker": self.maker, "opponent": self.cleaned_data["opponent"]}
        return (_("%(maker)s against %(opponent)s") % names)[:80]

    def invited(self) -> list[Member]:
        """The colleague."""
        return [self.cleaned_data["opponent"]]


class LaterForm(forms.ModelForm):
    """What may be changed once a challenge is sent: its title, and the end to a later day."""

    ends_on = DayField(label=_("Last day"), misspelt=A_DAY)

    class Meta:
        model = Challenge
        fields = ["title", "ends_on"]
        labels = {"title": _("Title")}


def begin_duel(maker: Member) -> dict[str, Any]:
    """What a duel's form begins with."""
    today = maker.organization.today()
    return {"starts_on": today, "ends_on": month_end(today), "stake_kind": StakeKind.LOSER}


def copied(challenge: Challenge, initial: dict[str, Any]) -> dict[str, Any]:
    """An earlier challenge's rules and stake on the days of `initial`: what a clone begins with."""
    fields = ["title", "kind", "figure", "points", "winner_count", "stake", "stake_kind", "repeats_monthly"]
    fields += ["confirmed_only", "evidenced_only"]
    same = {field: getattr(challenge, field) for field in fields}
    if challenge.counter_id:
        same["figure"] = f"counter-{challenge.counter_id}"
    opponents = challenge.entries.exclude(member=challenge.maker)
    opponent = opponents.first() if challenge.is_duel else None
    return initial | same | {"teams": list(challenge.teams.all()), "opponent": opponent and opponent.member_id}
