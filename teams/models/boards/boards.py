"""The standings of a team for a month, with a version that grows with every change."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import BooleanField, Case, F, Func, Q, Value, When, Window
from django.db.models.functions import Cast, Rank

from teams.fields import MonthField
from teams.models.people.members import Member
from teams.models.people.teams import Team, competes_on
from teams.models.people.users import User
from teams.rules.closing import may_open_again
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK
from teams.rules.standings import COMPLETE_FROM, is_complete

OF_MONTHS = "SELECT * FROM teams_board WHERE team_id = %s AND month = ANY (%s)"


class IsComplete(Func):
    """Whether so many of the expected have submitted that places mean something."""

    function = "teams_is_complete"
    arity = 3
    output_field = BooleanField()


class BoardQuerySet(models.QuerySet["Board"]):
    """Boards by month and team, stale, complete or closed; `of` and its like make one up where none is stored."""

    def visible_to(self, user: User) -> Self:
        """The boards of the teams that somebody may see."""
        return self.filter(team__in=Team.objects.visible_to(user))

    def stale(self) -> Self:
        """Open boards whose figures changed since they were ranked."""
        return self.filter(closed_at=None, stale_since__isnull=False)

    def history(self) -> Self:
        """Those of the months that imports fill, and that close together: the same as `is_history` says of one."""
        came = Func(F("team__organization__time_zone"), F("team__organization__created_at"), function="timezone")
        first_month = Func(Value("month"), came, function="date_trunc", output_field=models.DateTimeField())
        return self.filter(Q(in_history=True) | Q(month__lt=Cast(first_month, models.DateField())))

    def of(self, team: Team, month: Month) -> "Board":
        """The team's board of a month; an empty one, not stored, where nothing was ever marked."""
        board = self.filter(team=team, month=month).first() or Board(month=month)
        board.team = team
        return board

    def of_month_and_waiting(self, team: Team, month: Month) -> tuple["Board", int]:
        """The same, and how many of the team's boards are still to be ranked; one query."""
        boards = (self.filter(month=month) | self.stale()).filter(team=team)
        waiting = [board for board in boards if board.stale_since and not board.closed_at]
        month_board = next((board for board in boards if board.month == month), Board(month=month))
        month_board.team = team
        return month_board, len(waiting)

    def of_each(self, teams: Iterable[Team], month: Month) -> list["Board"]:
        """Each team's board of a month, as `of` has them; one query."""
        teams = list(teams)
        board_by_team = {board.team_id: board for board in self.filter(team__in=teams, month=month)}
        boards = [board_by_team.get(team.pk) or Board(month=month) for team in teams]
        for board, team in zip(boards, teams, strict=True):
            board.team = team
        return boards

    def of_months(self, team: Team, *months: Month) -> list["Board"]:
        """The team's board of each month, as `of` has them; one query, whose SQL is not made anew each time."""
        board_by_month = {
            board.month: board for board in Board.objects.raw(OF_MONTHS, [team.pk, [m.first_day for m in months]])
        }
        boards = [board_by_month.get(month) or Board(month=month) for month in months]
        for board in boards:
            board.team = team
        return boards

    def to_open_first(self, team: Team) -> "Board":
        """This month's board once it is complete, else the last complete one of a year, else this month's."""
        return self.first_and_current(team)[0]

    def first_and_current(self, team: Team) -> tuple["Board", "Board"]:
        """The board to open first, and this month's; one query."""
        this_month = Month.of(team.organization.today())
        boards = self.of_months(team, *(this_month - n for n in range(13)))
        return next((board for board in boards if board.is_complete), boards[0]), boards[0]

    def by_mean(self) -> Self:
        """The complete ones by mean, each with its `place`; then the others by name, without one."""
        among = self.annotate(complete=IsComplete("submitted", "expected", COMPLETE_FROM))
        ranked = among.annotate(
            shown_mean=Case(When(complete=True, then="mean")),
            place=Window(Rank(), partition_by="complete", order_by=F("mean").desc()),
        )
        return ranked.order_by("-complete", F("shown_mean").desc(nulls_last=True), "team__name", "pk")

    def closed_for(self, member_id: int, *months: Month) -> Self:
        """Closed boards of those months in the team in which the member competes on each one's last day."""
        return self.of_competing(member_id, *months).filter(closed_at__isnull=False)

    def of_competing(self, member_id: int, *months: Month) -> Self:
        """The boards of those months in the team in which the member competes on each one's last day."""
        there = [Q(competes_on(month.last_day, "team__memberships"), month=month) for month in months]
        return self.filter(reduce(or_, there, Q(pk=None)), team__memberships__member=member_id)


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
    in_history = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Filled by imports after its time: closes with the rest of the history, and is no news to anybody.",
    )
    rules_version = models.PositiveSmallIntegerField(null=True, blank=True)
    submitted = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    mean = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    best = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The highest score; empty: nobody is in.")
    absent = models.JSONField(
        null=True,
        blank=True,
        help_text="Closed: why each who competed has no place, by the member's id. Empty: as things are now.",
    )
    away = models.JSONField(
        null=True,
        blank=True,
        help_text="Closed: the ids of those who were on leave, with a score or without. Empty: as things are now.",
    )

    complete: bool
    place: int
    """Of boards that were read `by_mean`."""

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
    def is_history(self) -> bool:
        """Whether it is of the months that imports fill, and that close together."""
        return self.in_history or not self.team.organization.was_here(self.month)

    def may_open_again(self, now: datetime) -> bool:
        """Whether it was closed by hand, and its regular closing is still to come; history opens as a whole."""
        closing, by_hand = self.team.organization.closes(self.month), self.closed_by_id is not None
        return not self.is_history and may_open_again(closing, now, by_hand=by_hand)

    @property
    def is_complete(self) -> bool:
        """Whether coverage is high enough for places to mean something."""
        return is_complete(self.submitted, self.expected)

    @property
    def reps(self) -> models.QuerySet[Member]:
        """Who competes on it: as things are now, or as they were when it was closed."""
        if self.absent is None:
            return Member.objects.competing_in(self.team, self.month)
        return Member.objects.filter(Q(pk__in=self.standings.values("member")) | Q(pk__in=map(int, self.absent)))

    @property
    def rests_on_amended(self) -> bool:
        """Whether a month that its changes look back at was amended after this one was closed; one query."""
        earlier = Board.objects.filter(team=self.team_id, month__range=(self.month - REACH_BACK, self.month - 1))
        return self.closed_at is not None and earlier.filter(revisions__at__gt=self.closed_at).exists()

    @property
    def coverage(self) -> Decimal:
        """Submitted / expected, 0–1; 1 where nobody is expected."""
        return Decimal(self.submitted) / self.expected if self.expected else Decimal(1)
