"""Days on which a member is not expected to submit."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from teams.models.people.members import Member
from teams.models.people.users import User
from teams.rules.months import Month
from teams.rules.people.leave import is_away


class LeaveQuerySet(models.QuerySet["Leave"]):
    """Absences, and who is away because of them by the rule for a month."""

    def editable_by(self, user: User) -> Self:
        """One's own, and that of the members one manages."""
        return self.filter(member__in=Member.objects.editable_by(user))

    def away_in(self, month: Month) -> set[int]:
        """The ids of the members whose leave covers the month's last five working days, or most of it."""
        return self.away_in_each([month])[month]

    def away_in_each(self, months: Collection[Month]) -> dict[Month, set[int]]:
        """The same for several months; one query."""
        spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
        free: dict[int, list[date]] = {}
        overlapping = self.filter(starts_on__lte=max(months).last_day, ends_on__gte=min(months).first_day)
        columns = ("member_id", "member__organization__holidays", "starts_on", "ends_on")
        for member, holidays, start, end in overlapping.values_list(*columns):
            free[member] = holidays
            spans[member].append((start, end))
        return {
            month: {member for member, leave in spans.items() if is_away(month, leave, free[member])}
            for month in months
        }


class Leave(models.Model):
    """A span of days, both ends included."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="leaves")
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = LeaveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="leave_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.starts_on} to {self.ends_on}"
