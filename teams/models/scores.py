"""The month's score of a member: the latest reading that still counts, read from a view of the database."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import models

from teams.fields import MonthField, PillarField
from teams.models.members import Member
from teams.models.submissions import Submission
from teams.rules.months import Month

History = list[tuple[Month, int | None]]
"""Totals month by month, oldest first; None where there is none."""


class ScoreQuerySet(models.QuerySet["Score"]):
    def histories(self, members: Iterable[int], months: Sequence[Month]) -> dict[int, History]:
        """For each member who has any, every month with its total or None; one query."""
        found: dict[int, dict[Month, int]] = defaultdict(dict)
        rows = self.filter(member_id__in=list(members), month__range=(months[0], months[-1]))
        for member, month, total in rows.values_list("member_id", "month", "total"):
            found[member][month] = total
        return {member: [(month, totals.get(month)) for month in months] for member, totals in found.items()}


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
