"""The day on which LinkedIn changed its formula for everybody."""

from typing import Self

from django.db import models

from teams.models.organizations import Organization
from teams.models.users import User


class RecalibrationQuerySet(models.QuerySet["Recalibration"]):
    def administered_by(self, user: User) -> Self:
        """Those of the organization whose admin somebody is."""
        return self.filter(organization__in=Organization.objects.administered_by(user))


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
