"""A wall screen, with a device token that reads one team's board and nothing else."""

import hashlib
from typing import Self

from django.db import models

from teams.models.members import Member
from teams.models.teams import Team


def hashed(token: str) -> str:
    """What is stored of a random token: its SHA-256, in hex."""
    return hashlib.sha256(token.encode()).hexdigest()


class DisplayQuerySet(models.QuerySet["Display"]):
    def holding(self, token: str) -> Self:
        """The display, if any, that holds this token and was not revoked."""
        return self.filter(token_hash=hashed(token), revoked_at=None)


class Display(models.Model):
    """Named by the manager who made it; the token itself is shown once and never stored."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="displays")
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DisplayQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
