"""An address of somebody's program that is told what happens (Standard Webhooks)."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from teams.fields import EncryptedField
from teams.models.people.members import Member
from teams.models.people.memberships import Membership, Role
from teams.models.people.organizations import Organization
from teams.models.people.teams import Team
from teams.models.people.users import User


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    """Addresses by who deals with them, and those to which something is sent."""

    def editable_by(self, user: User) -> Self:
        """Those of the teams that somebody manages; for an admin the company's too. None that was removed."""
        company = Q(team=None, organization__in=user.administers)
        return self.filter(Q(team__in=Team.objects.managed_by(user)) | company, removed_at=None)

    def usable(self) -> Self:
        """Those that are on, of whoever may still see what they tell: who manages the team, or runs the company."""
        manages = Membership.objects.active().filter(
            member=OuterRef("member"), role=Role.MANAGER, team=OuterRef("team")
        )
        return self.filter(
            Q(member__is_admin=True, member__organization=F("organization")) | Exists(manages),
            organization__is_demo=False,
            member__deactivated_on=None,
            member__user__is_active=True,
            off_at=None,
            removed_at=None,
        )


class Endpoint(models.Model):
    """The address of a team's program, or without a team of the company's. It is told what its maker may see.

    It knows what happened from `told_from`, when it was last switched on, to `told_until`. It took nothing since
    `failing_since`, for so many `failures`; nothing is sent before `paused_until`.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="endpoints")
    team = models.ForeignKey(Team, models.CASCADE, null=True, blank=True, related_name="endpoints")
    member = models.ForeignKey(Member, models.CASCADE, related_name="endpoints")
    url = models.CharField(max_length=2000)
    events = ArrayField(models.CharField(max_length=20))
    secret = EncryptedField()
    former_secret = EncryptedField(blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    told_from = models.DateTimeField(default=timezone.now, editable=False)
    told_until = models.DateTimeField(default=timezone.now, editable=False)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True, blank=True)
    off_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(former_secret="", former_until=None)
                | (~Q(former_secret="") & Q(former_until__isnull=False)),
                name="endpoint_knows_until_when_the_former_secret_signs",
            ),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """The address as pages and the log show it: the host, and four characters to tell it from another."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{rest.partition('/')[0]}/…{self.url[-4:]}"

    def secrets(self, now: datetime) -> list[str]:
        """What signs now, the newest first; none where the site has another key since."""
        former = self.former_secret if self.former_until and now < self.former_until else ""
        return [secret for secret in (self.secret, former) if secret]
