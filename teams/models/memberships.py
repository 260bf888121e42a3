"""A member in a team: in which role, competing or not, from when to when."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from teams.models.members import Member
from teams.models.teams import Team


class Role(models.TextChoices):
    """What a member does in a team."""

    REP = "rep", "Rep"
    MANAGER = "manager", "Manager"
    VIEWER = "viewer", "Viewer"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        """Those that have not ended."""
        return self.filter(left_on=None)


class Membership(models.Model):
    """From `joined_on` on, until the day before `left_on`."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.REP)
    competing = models.BooleanField(default=True, help_text="Ranked on the team's board.")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "member"], condition=Q(left_on=None), name="membership_is_active_once_a_team"
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(left_on=None, competing=True),
                name="member_competes_in_one_team",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="membership_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=~Q(role="viewer", competing=True), name="membership_of_a_viewer_does_not_compete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.team}"
