"""The month's score of a member: the latest reading that still counts, read from a view of the database."""

from django.db import models

from teams.fields import MonthField, PillarField
from teams.models.members import Member
from teams.models.submissions import Submission


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

    class Meta:
        managed = False
        db_table = "teams_score"

    def __str__(self) -> str:
        return f"{self.member}: {self.total} in {self.month}"
