"""The day on which LinkedIn changed its formula for everybody; and days that look like it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from teams.models.people.members import Member
from teams.models.people.organizations import Organization
from teams.models.people.users import User
from teams.rules.recalibration import NEAR


class RecalibrationQuerySet(models.QuerySet["Recalibration"]):
    """Changes of LinkedIn's formula, of the organizations that somebody administers."""

    def administered_by(self, user: User) -> Self:
        """Those of the organization whose admin somebody is."""
        return self.filter(organization__in=user.administers)


class Recalibration(models.Model):
    """A mark on every chart. `shift` is the median change that it brought, in points, over so many `measured` reps."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="recalibrations")
    day = models.DateField()
    shift = models.SmallIntegerField(default=0)
    measured = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    objects = RecalibrationQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "day"], name="recalibration_is_marked_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.day}"


class RecalibrationSuggestionQuerySet(models.QuerySet["RecalibrationSuggestion"]):
    """Days that may be one, for the admins who answer."""

    def administered_by(self, user: User) -> Self:
        """Those of the organization whose admin somebody is."""
        return self.filter(organization__in=user.administers)

    def unanswered(self) -> Self:
        """Those that wait for an admin."""
        return self.filter(answered_at=None)

    def near(self, day: date) -> Self:
        """Those whose readings are partly the same as that day's."""
        return self.filter(day__range=(day - NEAR, day + NEAR))


class RecalibrationSuggestion(models.Model):
    """Since that day `moved` of `measured` reps read something else. An admin marks it, or dismisses it for good."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="suggestions", db_index=False)
    day = models.DateField()
    moved = models.PositiveIntegerField()
    measured = models.PositiveIntegerField()
    shift = models.SmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    objects = RecalibrationSuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "day"], name="suggestion_is_made_once_a_day"),
            models.UniqueConstraint(
                fields=["organization"], condition=Q(answered_at=None), name="suggestion_is_asked_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.day}"
