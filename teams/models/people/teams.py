"""People who share a board."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.models.people.organizations import Organization, RankVisibility
from teams.models.people.users import User
from teams.rules.messages.hours import MORNING
from teams.rules.messages.reminders import HOUR, STEPS, Policy
from teams.rules.visibility import sees_mean

if TYPE_CHECKING:
    from teams.models.people.memberships import Membership

SLUG = RegexValidator(r"^(?!\d{4}-\d{2}$)[a-z0-9]+(?:-[a-z0-9]+)*$", _("Use small letters, digits and hyphens."))
STRICTNESS = RankVisibility.values


def every_step() -> list[int]:
    """The steps of a new team."""
    return list(STEPS)


class TeamOf(models.Func):
    """The id of the team in which a member was in a month; none after they left everything."""

    function = "teams_team_of"
    arity = 2
    output_field = models.BigIntegerField(null=True)


def competes_on(day: date, memberships: str = "") -> Q:
    """Whether somebody competes by a membership on a day, for a filter of what has `memberships` or of these.

    As `teams_competes_on` in the database, and `Span.holds` in the rules.
    """
    its = f"{memberships}__" if memberships else ""
    there = Q(**{f"{its}left_on": None}) | Q(**{f"{its}left_on__gt": day})
    return Q(there, **{f"{its}competing": True, f"{its}joined_on__lte": day})


def memberships_showing_figures(user: User) -> "list[Membership]":
    """Somebody's own in teams whose reps' figures they see: managing it, or where everybody in it does. No query."""
    own, everybody = user.active_memberships, RankVisibility.ALL
    return [each for each in own if each.role == "manager" or each.team.ranks_shown_to == everybody]


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams by who belongs to them, manages them and sees the figures of their reps."""

    def visible_to(self, user: User) -> Self:
        """The teams somebody belongs to; for an admin, all of the organization."""
        return self._all_of_admin_or(user, user.active_memberships)

    def managed_by(self, user: User) -> Self:
        """The teams somebody manages; for an admin, all of the organization."""
        return self._all_of_admin_or(user, [each for each in user.active_memberships if each.role == "manager"])

    def open_to_all(self) -> Self:
        """Those whose reps' figures everybody in them sees: by the organization's setting and their own."""
        return self.filter(
            rank_visibility__in=["", RankVisibility.ALL], organization__rank_visibility=RankVisibility.ALL
        )

    def figures_visible_to(self, user: User) -> Self:
        """The teams whose reps' figures somebody sees: those they manage, and of their own those open to all."""
        return self._all_of_admin_or(user, memberships_showing_figures(user))

    def wake_digests(self) -> int:
        """Have the next sweep look when each team's managers are told who is silent."""
        return self.update(digest_at=Now())

    def _all_of_admin_or(self, user: User, memberships: "Iterable[Membership]") -> Self:
        teams = [membership.team_id for membership in memberships]
        return self.filter(Q(organization__in=user.administers) | Q(pk__in=teams))


class Team(models.Model):
    """A team of an organization; the slug is its name in addresses."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    slug = models.CharField(max_length=80, validators=[SLUG])
    rank_visibility = models.CharField(
        max_length=4,
        choices=RankVisibility,
        blank=True,
        help_text=_("Empty: as in the company. A team may only be stricter."),
    )
    reminds = models.BooleanField(_("send reminders"), default=True)
    reminder_steps = ArrayField(models.SmallIntegerField(), default=every_step, blank=True)
    reminder_hour = models.PositiveSmallIntegerField(default=HOUR, validators=[MaxValueValidator(23)])
    digest_at = models.DateTimeField(
        null=True,
        blank=True,
        default=timezone.now,
        editable=False,
        help_text="When to look whether a digest is due.",
    )

    may_have_playable = True
    """Whether it may count something that reps enter themselves; False where `signed_in` has found nothing of it."""

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [
            models.Index(fields=["digest_at"], condition=Q(digest_at__isnull=False), name="team_gets_a_digest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organization", "slug"], name="team_slug_is_unique_in_organization"),
            models.CheckConstraint(condition=Q(reminder_hour__lte=23), name="team_reminder_hour_is_0_to_23"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ranks_shown_to(self) -> RankVisibility:
        """The stricter of the organization's and the team's own setting."""
        settings = [self.organization.rank_visibility, self.rank_visibility or RankVisibility.ALL]
        return RankVisibility(max(settings, key=STRICTNESS.index))

    def shows_mean(self, reps: int, *, manages: bool = False) -> bool:
        """Whether its members, or whoever manages it, see a mean of so many of its reps."""
        return sees_mean(self.ranks_shown_to, reps, manages=manages)

    @property
    def reminder_policy(self) -> Policy:
        """When its reps are reminded; without steps where reminders are off."""
        return self._policy(tuple(self.reminder_steps), self.reminder_hour)

    @property
    def digest_policy(self) -> Policy:
        """When its managers hear who is silent: on the morning of the last day."""
        return self._policy((0,), MORNING)

    def _policy(self, steps: tuple[int, ...], hour: int) -> Policy:
        return Policy(steps if self.reminds else (), hour, tuple(self.organization.holidays))
