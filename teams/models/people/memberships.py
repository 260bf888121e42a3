"""A member in a team: in which role, competing or not, from when to when."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.models.people.leaves import Leave
from teams.models.people.members import Member
from teams.models.people.teams import Team, competes_on
from teams.models.people.users import User
from teams.models.submissions import Submission
from teams.rules.months import Month


class Role(models.TextChoices):
    """What a member does in a team."""

    REP = "rep", _("Rep")
    MANAGER = "manager", _("Manager")
    VIEWER = "viewer", _("Viewer")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Who is or was in which team, who may correct it, and who competes at a month's end."""

    def managed_by(self, user: User) -> Self:
        """Those of the teams that somebody manages, which have not ended."""
        return self.active().filter(team__in=Team.objects.managed_by(user))

    def correctable_by(self, user: User) -> Self:
        """Those of the teams that somebody manages, also those that have ended."""
        return self.filter(team__in=Team.objects.managed_by(user))

    def active(self) -> Self:
        """Those that have not ended."""
        return self.filter(left_on=None)

    def belonging(self) -> Self:
        """Those that have not ended, or ended because somebody was deactivated, who may come back."""
        return self.filter(Q(left_on=None) | Q(paused=True))

    def competing_at_the_end_of(self, month: Month) -> Self:
        """Those by which somebody competes on the month's last day."""
        return self.filter(competes_on(month.last_day))

    def with_people(self, today: date) -> Self:
        """With each member's login and invitation, the day of their last reading, and until when they are away."""
        last = Submission.objects.counting().filter(member=OuterRef("member")).order_by("-taken_on")
        leave = Leave.objects.filter(member=OuterRef("member"), starts_on__lte=today, ends_on__gte=today)
        return self.select_related("member__user", "member__invitation").annotate(
            last_read_on=Subquery(last.values("taken_on")[:1]), away_until=Subquery(leave.values("ends_on")[:1])
        )

    def wake_reminders(self) -> int:
        """Have the next sweep look when each is reminded: call it when a team, a zone or a role changed."""
        return self.update(remind_at=Now())


class Membership(models.Model):
    """From `joined_on` on, until the day before `left_on`. If `paused`, it ended because the member was deactivated."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.REP)
    competing = models.BooleanField(default=True, help_text=_("Ranked on the team's board."))
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    paused = models.BooleanField(default=False, db_default=False, editable=False)
    remind_at = models.DateTimeField(
        null=True,
        blank=True,
        default=timezone.now,
        editable=False,
        help_text="When to look whether a reminder is due.",
    )

    last_read_on: date | None = None
    away_until: date | None = None
    """What `with_people` reads beside it."""

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["remind_at"], condition=Q(remind_at__isnull=False), name="membership_is_reminded"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "member"], condition=Q(left_on=None), name="membership_is_active_once_a_team"
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(left_on=None, competing=True),
                name="member_competes_in_one_team",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                name="membership_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(paused=False) | Q(left_on__isnull=False), name="membership_that_is_paused_has_ended"
            ),
            models.CheckConstraint(
                condition=~Q(role="viewer", competing=True), name="membership_of_a_viewer_does_not_compete"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} in {self.team}"
