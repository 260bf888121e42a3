"""What a team or a rep wants to reach by a day."""

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import IsIn, MonthField, WrittenField, codes
from teams.models.boards.boards import Board
from teams.models.figures import Counter, Figure
from teams.models.people.members import Member
from teams.models.people.organizations import Organization
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.models.submissions import Submission
from teams.rules.goals import Aim, GoalKind
from teams.rules.measure import MOST, PILLAR_MOST, Pillar
from teams.rules.months import Month

SHOWN_FOR = timedelta(days=7)
"""How long a reached goal stays among the running ones, to be celebrated."""
SETTLES_WITHIN = timedelta(days=45)
"""How long after its due day late readings and corrections may still decide a goal: until the month has closed."""
OVERLAP = timedelta(minutes=10)
"""A ranking that was under way when a goal was checked ends within this time."""


class GoalQuerySet(models.QuerySet["Goal"]):
    """Goals by who sees and edits them, and whether they run, are past or want to be looked at."""

    def visible_to(self, user: User) -> Self:
        """The goals of the teams somebody may see, their own, and what those share whose figures they see."""
        return self.filter(
            Q(team__in=Team.objects.visible_to(user))
            | Q(member__user=user)
            | Q(shared=True, member__in=Member.objects.figures_visible_to(user))
        )

    def editable_by(self, user: User) -> Self:
        """One's own, and those of the teams one manages; only while they run."""
        return self.filter(
            Q(member__user=user) | Q(team__in=Team.objects.managed_by(user)), cancelled_on=None, reached_on=None
        )

    def running(self, today: date) -> Self:
        """Not due yet, and those reached in the last days; the next due first."""
        return self.filter(
            Q(reached_on=None) | Q(reached_on__gt=today - SHOWN_FOR), cancelled_on=None, due_on__gte=today
        )

    def in_month(self, month: Month) -> Self:
        """Those that ran on a day of the month, reached in it or not; the next due first."""
        overlapping = self.filter(cancelled_on=None, started_on__lte=month.last_day, due_on__gte=month.first_day)
        return overlapping.exclude(reached_on__lt=month.first_day)

    def past(self, today: date) -> Self:
        """Reached some time ago, missed or cancelled; the last due first."""
        ended = Q(due_on__lt=today) | Q(reached_on__lte=today - SHOWN_FOR) | Q(cancelled_on__isnull=False)
        return self.filter(ended).order_by("-due_on", "-pk")

    def of_organization(self, organization: Organization) -> Self:
        """Those of its teams and of its members."""
        return self.filter(Q(team__organization=organization) | Q(member__organization=organization))

    def with_owners(self) -> Self:
        """With the team or member, the organization and what is counted: everything about a goal asks for them."""
        return self.select_related("team__organization", "member__organization", "counter")

    def to_check(self, today: date) -> Self:
        """Those that may still change, on whose team's boards something was ranked since they were looked at.

        One that was reached stays so, whoever comes or goes, unless a reading that reached it counts no more.
        """
        ranked = Board.objects.filter(ranked_at__gte=OuterRef("checked_at") - OVERLAP)
        gone = Submission.objects.exclude(replaced_by=None, withdrawal=None)
        later = Figure.objects.filter(counter=OuterRef("counter"), member=OuterRef("member"), month=OuterRef("month"))
        figures = Figure.objects.filter(Exists(later.filter(pk__gt=OuterRef("pk"))), counter=OuterRef("counter"))
        return self.filter(
            Exists(ranked.filter(team=OuterRef("team")))
            | Exists(ranked.filter(team__memberships__member=OuterRef("member"))),
            Q(reached_on=None)
            | Exists(gone.filter(IsIn(F("pk"), OuterRef("readings"))))
            | Exists(figures.filter(IsIn(-F("pk"), OuterRef("readings")))),
            cancelled_on=None,
            due_on__gte=today - SETTLES_WITHIN,
        )


class Goal(models.Model):
    """A target of a team, or of a member for themselves. Its figures are read from the readings each time.

    `reached_on` is the day on which a worker saw it reached; a correction may take it back. `celebrated_at` is set
    the first time, for ever. `starts` are those whom it was made from; `readings` are what its figures were made of
    when a worker last looked at it; figures of a counter with a minus.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="goals", null=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="goals", null=True)
    kind = models.CharField(max_length=9, choices=codes(GoalKind))
    pillar = models.CharField(max_length=13, blank=True, choices=codes(Pillar))
    counter = models.ForeignKey(Counter, models.RESTRICT, related_name="goals", null=True, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=2)
    started_on = models.DateField()
    due_on = models.DateField(_("by"))
    text = WrittenField(_("what for"), max_length=200, blank=True)
    shared = models.BooleanField(_("my team sees it"), default=False)
    made_by = models.ForeignKey(Member, models.RESTRICT, related_name="+", db_index=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_on = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)
    celebrated_at = models.DateTimeField(null=True, blank=True)
    taken_back_on = models.DateField(
        null=True, blank=True, help_text="The day it was reached on, by what is now known to be LinkedIn's new formula."
    )
    checked_at = models.DateTimeField(default=timezone.now, editable=False)
    readings = ArrayField(models.BigIntegerField(), default=list, db_default=[], editable=False)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(cancelled_on=None), name="goal_is_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None, member__isnull=False, kind="score")
                | (Q(team__isnull=False, member=None, shared=False) & ~Q(kind="score")),
                name="goal_is_of_a_team_or_a_member",
            ),
            models.CheckConstraint(
                condition=Q(pillar="") | Q(kind="mean", target__lte=PILLAR_MOST), name="goal_of_a_pillar"
            ),
            models.CheckConstraint(
                condition=Q(counter=None) | Q(pillar="", kind__in=["score", "mean", "everybody"]),
                name="goal_of_a_counter",
            ),
            models.CheckConstraint(
                condition=Q(counter=None, target__range=(1, MOST)) | Q(counter__isnull=False, target__gt=0),
                name="goal_of_the_score_is_1_to_100",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=F("started_on")), name="goal_is_due_after_it_began"),
            models.CheckConstraint(
                condition=Q(reached_on=None) | Q(reached_on__lte=F("due_on"), celebrated_at__isnull=False),
                name="goal_is_reached_in_time",
            ),
            models.UniqueConstraint(
                fields=["team", "kind", "pillar", "target", "due_on"],
                condition=Q(cancelled_on=None, counter=None),
                name="goal_of_a_team_is_set_once",
            ),
            models.UniqueConstraint(
                fields=["member", "target", "due_on"],
                condition=Q(cancelled_on=None, counter=None),
                name="goal_of_a_member_is_set_once",
            ),
            models.UniqueConstraint(
                fields=["team", "counter", "kind", "target", "due_on"],
                condition=Q(cancelled_on=None),
                name="goal_of_a_team_on_a_counter_is_set_once",
            ),
            models.UniqueConstraint(
                fields=["member", "counter", "target", "due_on"],
                condition=Q(cancelled_on=None),
                name="goal_of_a_member_on_a_counter_is_set_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.kind} {self.pillar} {self.target} by {self.due_on}"

    @property
    def owner(self) -> Team | Member:
        """Whose goal it is; both belong to an organization."""
        owner = self.team or self.member
        assert owner is not None, "a constraint keeps it: one of them"
        return owner

    def aim(self) -> Aim:
        """The plain value that rules work with."""
        pillar = Pillar(self.pillar) if self.pillar else None
        counter = self.counter.counted() if self.counter else None
        return Aim(GoalKind(self.kind), self.target, self.started_on, self.due_on, pillar, counter)


class GoalStart(models.Model):
    """One of those whom a goal was made from, with their figure on that day; no `value`: nothing was in."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="starts", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    value = models.DecimalField(max_digits=15, decimal_places=3, null=True)
    taken_on = models.DateField(null=True)
    month = MonthField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "member"], name="goal_starts_once_from_a_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.value}"
