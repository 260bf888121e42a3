"""Dated amendments of a closed month. Each keeps the standings as they were before it; the board has the new ones."""

from django.db import models
from django.utils import timezone

from teams.models.boards import Board
from teams.models.members import Member
from teams.models.submissions import Submission
from teams.models.triggers import append_only


class Revision(models.Model):
    """Whose score was changed from what to what and why; the coverage and mean are those until then. Append-only."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="revisions", db_index=False)
    number = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    total_before = models.PositiveSmallIntegerField(null=True, help_text="Empty: was silent.")
    total_after = models.PositiveSmallIntegerField(null=True, help_text="Empty: is silent.")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    submitted = models.PositiveIntegerField()
    expected = models.PositiveIntegerField()
    mean = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        triggers = [append_only()]
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="revision_is_numbered_once_a_board")]

    def __str__(self) -> str:
        return f"{self.board}, amendment {self.number}"


class RevisedStanding(models.Model):
    """A place as it was before a revision, in the columns of `Standing`."""

    pk = models.CompositePrimaryKey("revision_id", "member_id")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="standings", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+", db_index=False)
    rank = models.PositiveIntegerField()
    total = models.PositiveSmallIntegerField()
    climb = models.IntegerField(null=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+", db_index=False)
    previous = models.ForeignKey(Submission, models.PROTECT, related_name="+", db_index=False, null=True)

    class Meta:
        triggers = [append_only()]
        ordering = ["rank", "member__name", "member_id"]

    def __str__(self) -> str:
        return f"{self.rank}. {self.member}"
