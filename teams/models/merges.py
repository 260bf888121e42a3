"""Two members who were one person, put together; and what it takes to take them apart again."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from teams.models.members import Member


class Merge(models.Model):
    """`gone` became `kept`. `moved` has ids and days: what moved, and what changed with it."""

    kept = models.ForeignKey(Member, models.CASCADE, related_name="merges")
    gone = models.OneToOneField(Member, models.CASCADE, related_name="merged_as")
    by = models.ForeignKey(Member, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    moved = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    def __str__(self) -> str:
        return f"{self.gone} is {self.kept}"
