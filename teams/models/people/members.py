"""A person in one organization, who holds the submissions, and the names they had before."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _

from teams.fields import Alphabetical, IsIn, NameField
from teams.models.people.organizations import Organization, validate_zone
from teams.models.people.teams import Team, TeamOf, competes_on, memberships_showing_figures
from teams.models.people.users import User
from teams.models.triggers import keep_former_name
from teams.rules.months import Month

if TYPE_CHECKING:
    from teams.models.people.memberships import Membership


class Plan(models.TextChoices):
    """Which LinkedIn the member uses; Sales Navigator's activity feeds the score."""

    FREE = "free", "LinkedIn"
    SALES_NAVIGATOR = "sales_navigator", "Sales Navigator"


class WallChoice(models.TextChoices):
    """How walls name one, if the organization lets them."""

    NAME = "name", _("My name")
    INITIALS = "initials", _("My initials")
    OUT = "out", _("Leave my row out")


def called(text: str, member: str = "") -> Q:
    """Whoever has each word of a text in their name or address; `member` is the path from the row to the member."""
    condition = Q()
    for word in text.split():
        places = [f"{member}name", f"{member}user__email", f"{member}invitation__email"]
        condition &= Q(*[(f"{place}__icontains", word) for place in places], _connector=Q.OR)
    return condition


class MemberQuerySet(models.QuerySet["Member"]):
    """People by who sees and manages them and their figures, and by where they compete."""

    def visible_to(self, user: User) -> Self:
        """Oneself and everybody in one's teams; for an admin, everybody in the organization."""
        teams = Team.objects.visible_to(user)
        return self.filter(
            Q(user=user)
            | Q(organization__in=user.administers)
            | Q(pk__in=Member.objects.filter(memberships__team__in=teams, memberships__left_on=None))
        )

    def managed_by(self, user: User) -> Self:
        """Everybody in the teams somebody manages; for an admin, everybody in the organization."""
        teams = Team.objects.managed_by(user)
        return self.filter(
            Q(organization__in=user.administers)
            | Q(pk__in=Member.objects.filter(memberships__team__in=teams, memberships__left_on=None))
        )

    def managed_in(self, user: User, months: Iterable[Month]) -> Self:
        """Everybody whom somebody manages now, or who was in a team of theirs in one of the months."""
        teams = {f"team_in_{month.first_day:%Y_%m}": TeamOf("pk", Value(month.first_day)) for month in months}
        managed = Team.objects.managed_by(user).values("pk")
        there = Q(pk__in=Member.objects.managed_by(user))
        for name in teams:
            there |= Q(**{f"{name}__in": managed})
        return self.alias(**teams).filter(there)

    def figures_visible_to(self, user: User) -> Self:
        """Those whose figures somebody sees: oneself, and whoever is of a team whose figures are shown to them.

        That is the team in which somebody competes, or for those who compete in none any that they belong to.
        """
        if user.administers:
            return self.filter(organization__in=user.administers)
        belongs, competes = {"memberships__left_on": None}, Q(memberships__competing=True)
        teams = [membership.team_id for membership in memberships_showing_figures(user)]
        somewhere = Member.objects.filter(competes, pk=OuterRef("pk"), **belongs)
        visible = Member.objects.filter(competes | ~Exists(somewhere), memberships__team__in=teams, **belongs)
        return self.filter(Q(user=user) | Q(IsIn(F("pk"), ArraySubquery(visible.order_by().values("pk")))))

    def login_managed_by(self, user: User) -> Self:
        """Whom one may invite, deactivate and bring back: everybody for an admin.

        For others nobody who is an admin, nor somebody who belongs to a team that they do not manage.
        """
        managed_teams = Team.objects.managed_by(user)
        belongs = Q(memberships__left_on=None) | Q(memberships__paused=True)
        inside = Member.objects.filter(belongs, memberships__team__in=managed_teams)
        outside = Member.objects.filter(belongs, memberships__team__in=Team.objects.exclude(pk__in=managed_teams))
        return self.filter(
            Q(organization__in=user.administers) | Q(Q(pk__in=inside), ~Q(pk__in=outside), is_admin=False)
        )

    def administered_by(self, user: User) -> Self:
        """Everybody in the organization whose admin somebody is."""
        return self.filter(organization__in=user.administers)

    def with_address(self, email: str) -> Self:
        """Whoever signs in with an address, or is invited at it and not deactivated since."""
        return self.filter(Q(user__email=email) | Q(invitation__email=email, deactivated_on=None))

    def without_team(self) -> Self:
        """Those who are in no team, though nobody deactivated them."""
        belonging = Member.objects.filter(memberships__isnull=False, memberships__left_on=None)
        return self.filter(deactivated_on=None).exclude(pk__in=belonging)

    def editable_by(self, user: User) -> Self:
        """Oneself and everybody one manages."""
        return self.filter(Q(user=user) | Q(pk__in=Member.objects.managed_by(user)))

    def competing_in(self, team: Team, month: Month) -> Self:
        """Who competes in the team on the month's last day."""
        return self.filter(competes_on(month.last_day, "memberships"), memberships__team=team)

    def with_access(self, month: Month) -> Self:
        """Without those from whom LinkedIn had withdrawn the page by the month's end."""
        return self.filter(Q(no_access_since=None) | Q(no_access_since__gt=month.last_day))


class Member(models.Model):
    """A person in an organization. Without a `user` they are known by name only and cannot sign in yet."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="members")
    user = models.OneToOneField(User, models.SET_NULL, null=True, blank=True, related_name="member")
    name = NameField(max_length=100)
    is_admin = models.BooleanField(
        _("admin"), default=False, help_text=_("Runs the company's site: teams and settings.")
    )
    plan = models.CharField(max_length=16, choices=Plan, default=Plan.FREE)
    no_access_since = models.DateField(
        null=True, blank=True, help_text=_("LinkedIn has withdrawn the page: not expected, ranked or reminded.")
    )
    sees_ranks = models.BooleanField(_("show me places"), default=True)
    time_zone = models.CharField(
        max_length=64, blank=True, validators=[validate_zone], help_text=_("Empty: the company's.")
    )

    accepts_challenges = models.BooleanField(
        _("ask me to challenges"),
        default=True,
        db_default=True,
        help_text=_("Off: nobody can enter you, not even a manager."),
    )

    wall_name = models.CharField(
        _("on walls"), max_length=8, choices=WallChoice, default=WallChoice.NAME, db_default=WallChoice.NAME
    )
    deactivated_on = models.DateField(null=True, blank=True, editable=False)
    wants_weekly = models.BooleanField(default=False, db_default=False, editable=False)
    put_first_steps_away = models.BooleanField(default=False, db_default=False, editable=False)
    put_words_away_at = models.DateTimeField(null=True, blank=True, editable=False)
    bell_read_at = models.DateTimeField(null=True, blank=True, editable=False)
    face = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="The digest of their picture, a part of its address; empty without one.",
    )
    unread = 0
    """How much of what waits for them came since they read it, of whoever is signed in."""

    objects = MemberQuerySet.as_manager()

    class Meta:
        triggers = [keep_former_name("name", "VALUES (OLD.id, OLD.name)")]
        ordering = ["name__alphabetical", "pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(no_access_since__isnull=False), name="member_without_access"),
            models.Index("organization", Alphabetical("name"), "id", name="member_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def active_memberships(self) -> list["Membership"]:
        """Those that have not ended, with their teams, by the team's name."""
        return list(self.memberships.active().select_related("team__organization").order_by("team__name"))

    @cached_property
    def erased_at(self) -> datetime | None:
        """When they are to be erased, if that is asked for and not done; it can be taken back until then."""
        return (
            self.__class__.objects.filter(pk=self.pk, erasure__done_at=None)
            .values_list("erasure__due_at", flat=True)
            .first()
        )

    @property
    def speaks(self) -> str:
        """The language in which messages are written to the member: the chosen one, or the organization's."""
        return (self.user and self.user.language) or self.organization.language

    @property
    def zone(self) -> ZoneInfo:
        """The member's own time zone, or the organization's."""
        return ZoneInfo(self.time_zone or self.organization.time_zone)


class FormerName(models.Model):
    """Kept so that erasing somebody finds what others wrote of them under it, and gone with the erasure."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="former_name_is_noted_once")]

    def __str__(self) -> str:
        return self.name
