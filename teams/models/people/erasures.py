"""That somebody's personal data is to be erased, and was."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone

from teams.models.people.members import Member


class ErasureQuerySet(models.QuerySet["Erasure"]):
    """Erasures that are asked for and not done, and those whose week is over."""

    def open(self) -> Self:
        """Asked for, and neither taken back nor done."""
        return self.filter(done_at=None)

    def due(self, now: datetime) -> Self:
        """Those whose time to think again is over."""
        return self.open().filter(due_at__lte=now)


class Erasure(models.Model):
    """Taking it back deletes it; once it is done it stays, as the proof."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="erasure")
    asked_by = models.ForeignKey(
        Member,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Empty: the clock, for somebody who left longer ago than anything is kept.",
    )
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=models.Q(done_at=None), name="erasure_is_open")]

    def __str__(self) -> str:
        return f"{self.member}, {self.due_at:%Y-%m-%d}"
