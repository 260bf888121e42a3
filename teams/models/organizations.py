"""One company: its people, calendar and settings. Nothing is visible across organizations."""

from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from teams.models.users import User


class RankVisibility(models.TextChoices):
    """Who may see places; managers always do."""

    ALL = "all", "Everybody sees all places"
    OWN = "own", "Reps see only their own place"
    NONE = "none", "Reps see no places"


def validate_zone(name: str) -> None:
    """ValidationError unless `name` is a time zone such as Europe/Berlin."""
    if name not in available_timezones():
        raise ValidationError("Choose a time zone such as Europe/Berlin.")


class OrganizationQuerySet(models.QuerySet["Organization"]):
    def administered_by(self, user: User) -> Self:
        """The organization whose admin somebody is."""
        return self.filter(members__user=user, members__is_admin=True)


class Organization(models.Model):
    """A company. `time_zone` decides which day it is for everybody in it; `is_demo` that it is made up."""

    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_zone])
    rank_visibility = models.CharField(
        max_length=4, choices=RankVisibility, default=RankVisibility.ALL, help_text="Managers always see all."
    )
    shows_organization_board = models.BooleanField(
        "members see the organization's board", default=True, help_text="Name, score and place of everybody."
    )
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def local(self, moment: datetime) -> datetime:
        """The moment in the organization's zone."""
        return timezone.localtime(moment, ZoneInfo(self.time_zone))

    def today(self) -> date:
        """The day that it is now in the organization's zone."""
        return timezone.localdate(timezone=ZoneInfo(self.time_zone))
