"""A team's room in a chat, by the secret address that posts into it."""

from typing import Self

from django.db import models
from django.db.models import Q

from teams.models.people.teams import Team


class Service(models.TextChoices):
    """Which chat."""

    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Chats that a team posts to, unless they were removed."""

    def active(self) -> Self:
        """Those that were not removed."""
        return self.filter(removed_at=None)


class Webhook(models.Model):
    """Whoever has the address can post as the team, so it is shown masked and blanked when it is removed."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="webhooks")
    service = models.CharField(max_length=8, choices=Service)
    url = models.CharField(max_length=2000, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    posts_weekly = models.BooleanField(default=False, db_default=False)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["service"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "service"], condition=Q(removed_at=None), name="webhook_is_one_a_team_and_service"
            ),
        ]

    def __str__(self) -> str:
        return self.get_service_display()

    @property
    def masked(self) -> str:
        """The address as pages show it: the host, and four characters to tell it from another."""
        host = self.url.partition("://")[2].partition("/")[0]
        return f"https://{host}/…{self.url[-4:]}"
