"""The standings of a team for a month, with a version that grows with every change."""

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q

from teams.fields import MonthField
from teams.models.imports import Import
from teams.models.members import Member
from teams.models.teams import Team
from teams.models.users import User
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK
from teams.rules.standings import is_complete


class BoardQuerySet(models.QuerySet["Board"]):
    def visible_to(self, user: User) -> Self:
        """The boards of the teams that somebody may see."""
        return self.filter(team__in=Team.objects.visible_to(user))

    def stale(self) -> Self:
        """Open boards whose figures changed since they were ranked."""
        return self.filter(closed_at=None, stale_since__isnull=False)

    def of(self, team: Team, month: Month) -> "Board":
        """The team's board of a month; an empty one, not stored, where nothing was ever marked."""
        found = self.filter(team=team, month=month).first() or Board(month=month)
        found.team = team
        return found

    def to_open_first(self, team: Team) -> "Board":
        """This month's board once it is complete, else the last complete one of a year, else this month's."""
        current = self.of(team, Month.of(team.organization.today()))
        earlier = self.filter(team=team, month__range=(current.month - 12, current.month)).order_by("-month")
        found = next((board for board in earlier if board.is_complete), current)
        found.team = team
        return found

    def closed_for(self, member_id: int, *months: Month) -> Self:
        """Closed boards of those months in whose team the member competes or competed."""
        return self.filter(
            month__in=months,
            closed_at__isnull=False,
            team__memberships__member=member_id,
            team__memberships__competing=True,
        )


class Board(models.Model):
    """`stale_since` is set with every change of a figure and cleared by ranking; `closed_at` makes it final."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="boards", db_index=False)
    month = MonthField()
    version = models.PositiveBigIntegerField(default=0)
    stale_since = models.DateTimeField(null=True, blank=True)
    ranked_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Empty: closed by the clock.",
    )
    closed_with = models.ForeignKey(
        Import,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="closed",
        help_text="The import that filled the month and made it final: this is no news to anybody.",
    )
    rules_version = models.PositiveSmallIntegerField(null=True, blank=True)
    submitted = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    mean = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "month"], name="board_is_one_a_team_and_month")]
        indexes = [
            models.Index(
                fields=["stale_since"],
                condition=Q(closed_at=None, stale_since__isnull=False),
                name="board_is_stale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team}, {self.month}"

    @property
    def is_complete(self) -> bool:
        """Whether coverage is high enough for places to mean something."""
        return is_complete(self.submitted, self.expected)

    @property
    def rests_on_amended(self) -> bool:
        """Whether a month that its changes look back at was amended after this one was closed; one query."""
        earlier = Board.objects.filter(team=self.team_id, month__range=(self.month - REACH_BACK, self.month - 1))
        return self.closed_at is not None and earlier.filter(revisions__at__gt=self.closed_at).exists()

    @property
    def coverage(self) -> Decimal:
        """Submitted / expected, 0–1; 1 where nobody is expected."""
        return Decimal(self.submitted) / self.expected if self.expected else Decimal(1)
