"""The day on which LinkedIn changed its formula for everybody."""

from django.db import models

from teams.models.organizations import Organization


class Recalibration(models.Model):
    """A mark on every chart. `shift` is the median change that it brought, in points."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="recalibrations")
    day = models.DateField()
    shift = models.SmallIntegerField(default=0)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "day"], name="recalibration_is_marked_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.day}"
