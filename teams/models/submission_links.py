"""The link of a reminder: opens the form for one member and one month, and nothing else."""

from typing import Self

from django.db import models

from teams.fields import MonthField
from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.models.tokens import hashed


class SubmissionLinkQuerySet(models.QuerySet["SubmissionLink"]):
    """The links of reminders to a form for one month, found by their token."""

    def holding(self, token: str) -> Self:
        """The link, if any, that has this token, of somebody who is still in a team."""
        return self.filter(
            models.Exists(Membership.objects.active().filter(member=models.OuterRef("member"))),
            token_hash=hashed(token),
        )


class SubmissionLink(models.Model):
    """The token itself stands in the mail and nowhere else. When the month closes the link is dead."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="submission_links")
    month = MonthField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubmissionLinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.member}, {self.month}"
