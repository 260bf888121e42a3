"""Who is in a challenge, or was asked."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from teams.models.challenges.challenges import Answer, Challenge
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.models.people.users import User


class EntryQuerySet(models.QuerySet["Entry"]):
    """Who is in a challenge, who was asked, and who may answer for whom."""

    def for_pages(self) -> Self:
        """With who they are, and who noted the answer or decided about their readings."""
        return self.select_related("member", "team", "recorded_by", "ruled_by")

    def accepted(self) -> Self:
        """Those that are in."""
        return self.filter(answer=Answer.ACCEPTED)

    def answerable_by(self, user: User) -> Self:
        """One's own, those of a team one manages, and those of managed members who have no login."""
        managed = Team.objects.managed_by(user)
        without_login = Member.objects.managed_by(user).filter(user=None)
        return self.filter(Q(member__user=user) | Q(team__in=managed) | Q(member__in=without_login))

    def concerning(self, user: User) -> Self:
        """Somebody's own, and those of the teams they manage in team against team."""
        return self.filter(Q(member__user=user) | Q(team__in=Team.objects.managed_by(user)))


class Entry(models.Model):
    """Somebody, or in team against team a team, with their answer. `recorded_by`: a manager noted it for them.

    `counts_unconfirmed`: what was decided about their readings that nobody confirmed; without `ruled_by` by nobody.
    """

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="entries", db_index=False)
    member = models.ForeignKey(Member, models.RESTRICT, null=True, blank=True, related_name="entries")
    team = models.ForeignKey(Team, models.RESTRICT, null=True, blank=True, related_name="entries")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.INVITED)
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Member, models.RESTRICT, null=True, blank=True, related_name="+", db_index=False)
    counts_unconfirmed = models.BooleanField(null=True, blank=True)
    ruled_by = models.ForeignKey(Member, models.RESTRICT, null=True, blank=True, related_name="+", db_index=False)
    ruled_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["member__name__alphabetical", "team__name__alphabetical", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "member"], name="entry_is_one_a_member"),
            models.UniqueConstraint(fields=["challenge", "team"], name="entry_is_one_a_team"),
            models.CheckConstraint(
                condition=Q(member=None, team__isnull=False) | Q(member__isnull=False, team=None),
                name="entry_is_a_member_or_a_team",
            ),
            models.CheckConstraint(
                condition=Q(answer="invited", answered_at=None) | (~Q(answer="invited") & Q(answered_at__isnull=False)),
                name="entry_says_when_it_was_answered",
            ),
            models.CheckConstraint(
                condition=Q(counts_unconfirmed=None, ruled_by=None, ruled_at=None)
                | Q(Q(counts_unconfirmed=False) | Q(ruled_by__isnull=False), ruled_at__isnull=False),
                name="entry_says_who_decided",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or self.team)

    @property
    def answer_label(self) -> str:
        """The answer in words; in long lists a fraction of what `get_answer_display` costs."""
        return str(Answer(self.answer).label)

    @property
    def accepted_at(self) -> datetime:
        """When whoever is in accepted; a constraint keeps that it is known."""
        assert self.answered_at is not None
        return self.answered_at
