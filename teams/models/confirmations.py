"""A manager's word that a submission is what LinkedIn showed. Append-only: the database refuses changes."""

from django.db import models
from django.utils import timezone

from teams.models.members import Member
from teams.models.submissions import Submission
from teams.models.triggers import append_only


class Confirmation(models.Model):
    """Of one submission, never of one's own."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="confirmation")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.submission}, confirmed"
