"""The places on the board of a team in a month, as they stood before an amendment too, and how many have each score."""

from django.db import models
from django.utils import timezone

from teams.fields import MonthField
from teams.models.boards.boards import Board
from teams.models.people.members import Member
from teams.models.people.organizations import Organization
from teams.models.submissions import Submission
from teams.models.triggers import append_only
from teams.rules.months import Month
from teams.rules.standings import places


class Standing(models.Model):
    """A place, with the reading it comes from and the earlier one it is compared with.

    `climb` is the number of places gained since the month before, among those ranked both times.
    """

    pk = models.CompositePrimaryKey("board_id", "member_id")
    board = models.ForeignKey(Board, models.CASCADE, related_name="standings", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="standings", db_index=False)
    rank = models.PositiveIntegerField()
    total = models.PositiveSmallIntegerField()
    climb = models.IntegerField(null=True)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="+", db_index=False)
    previous = models.ForeignKey(Submission, models.PROTECT, related_name="+", db_index=False, null=True)

    class Meta:
        ordering = ["rank", "member__name__alphabetical", "member_id"]

    def __str__(self) -> str:
        return f"{self.rank}. {self.member}"


class ScoreCountQuerySet(models.QuerySet["ScoreCount"]):
    """How many of an organization have each score, and the place that follows from it."""

    def counts(self, organization: Organization, month: Month) -> dict[int, int]:
        """How many have each score, highest first, at most 101 of them; one query, however many reps there are."""
        score_counts = self.filter(organization=organization, month=month, reps__gt=0).order_by("-total")
        return dict(score_counts.values_list("total", "reps"))

    def places(self, organization: Organization, month: Month) -> dict[int, int]:
        """The place in the whole organization that each score has."""
        return places(self.counts(organization, month))


class ScoreCount(models.Model):
    """How many ranked reps of an organization have a score in a month: any place in 101 rows at most."""

    pk = models.CompositePrimaryKey("organization_id", "month", "total")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=False)
    month = MonthField()
    total = models.PositiveSmallIntegerField()
    reps = models.IntegerField()

    objects = ScoreCountQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.reps} × {self.total} in {self.month}"


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
        ordering = ["rank", "member__name__alphabetical", "member_id"]

    def __str__(self) -> str:
        return f"{self.rank}. {self.member}"
