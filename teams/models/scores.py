"""The month's score of a member: the latest reading that still counts, read from a view of the database."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models

from teams.fields import MonthField, PillarField
from teams.models.members import Member
from teams.models.submissions import Submission
from teams.rules.months import Month


class ScoreQuerySet(models.QuerySet["Score"]):
    def histories(
        self, members: Iterable[int], since: Month, until: Month
    ) -> dict[int, list[tuple[Month, int]]]:
        """Each member's (month, total) from one month to another, oldest first; one query."""
        found: dict[int, list[tuple[Month, int]]] = defaultdict(list)
        rows = self.filter(member_id__in=list(members), month__range=(since, until)).order_by("month")
        for member, month, total in rows.values_list("member_id", "month", "total"):
            found[member].append((month, total))
        return found


class Score(models.Model):
    """One row for each member and month with a reading that counts."""

    submission = models.OneToOneField(Submission, models.DO_NOTHING, primary_key=True, related_name="+")
    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="scores")
    month = MonthField()
    taken_on = models.DateField()
    total = models.PositiveSmallIntegerField()
    brand = PillarField()
    people = PillarField()
    insights = PillarField()
    relationships = PillarField()

    objects = ScoreQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "teams_score"
