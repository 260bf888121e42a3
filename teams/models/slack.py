"""Slack: an organization's own app there, and which of its users are which members."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from teams.fields import EncryptedField
from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.models.people.organizations import Organization
from teams.models.people.users import User


class SlackApp(models.Model):
    """The app that an admin made in Slack from our manifest. Its signing secret speaks for all its users."""

    organization = models.OneToOneField(Organization, models.CASCADE, related_name="slack_app")
    signing_secret = EncryptedField()
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"Slack: {self.organization}"


class SlackUserQuerySet(models.QuerySet["SlackUser"]):
    """Users of Slack by their ids there, and by whether their member may do anything."""

    def usable(self) -> Self:
        """Those of members who can sign in and are in a team, or run the company."""
        there = Exists(Membership.objects.active().filter(member=OuterRef("member")))
        return self.filter(
            there | Q(member__is_admin=True), member__deactivated_on=None, member__user__is_active=True
        ).select_related("member__user", "member__organization")

    def asking(self, organization_id: int, workspace: str, slack_user: str) -> Self:
        """The one, if any, who has this id in a workspace that uses the organization's app."""
        return self.filter(app__organization=organization_id, workspace=workspace, slack_user=slack_user)

    def of(self, user: User) -> Self:
        """One's own."""
        return self.filter(member__user=user)


class SlackUser(models.Model):
    """Somebody in a workspace of Slack, and the member who they said they are."""

    app = models.ForeignKey(SlackApp, models.CASCADE, related_name="users")
    workspace = models.CharField(max_length=30)
    slack_user = models.CharField(max_length=30)
    name = models.CharField(max_length=80)
    member = models.ForeignKey(Member, models.CASCADE, related_name="slack_users")
    linked_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SlackUserQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["app", "workspace", "slack_user"], name="slack_user_is_one_member"),
        ]

    def __str__(self) -> str:
        return self.name
