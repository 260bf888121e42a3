"""Share links: addresses by which somebody without a login reads one team's board, and nothing else."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import WrittenField
from teams.models.people.members import Member
from teams.models.people.memberships import Membership, Role
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.models.tokens import hashed


class ShareLinkQuerySet(models.QuerySet["ShareLink"]):
    """Share links by whether they open anything, and by who manages their team."""

    def usable(self, now: datetime) -> Self:
        """Those that neither ended nor expired, while whoever made them manages the team or is an admin."""
        manages = Membership.objects.active().filter(
            member=models.OuterRef("made_by"), team=models.OuterRef("team"), role=Role.MANAGER
        )
        may_share = Q(made_by__is_admin=True) | models.Exists(manages)
        return self.filter(may_share, made_by__deactivated_on=None, ended_at=None, expires_at__gt=now)

    def holding(self, token: str) -> Self:
        """The one, if any, that has this token."""
        return self.filter(token_hash=hashed(token))

    def managed_by(self, user: User) -> Self:
        """Those of the teams that somebody manages."""
        return self.filter(team__in=Team.objects.managed_by(user))


class ShareLink(models.Model):
    """A secret address of what a wall would show of the team. Only its hash is kept; it is shown once.

    Without `shows_standings` it says how many are in, and where the goal stands.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="share_links")
    name = WrittenField(_("Who reads it"), max_length=60)
    shows_standings = models.BooleanField(default=True)
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
