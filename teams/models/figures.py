"""Business figures: what a team counts beside its scores, such as meetings from LinkedIn, by rep and month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import mean
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import MonthField, WrittenField
from teams.models.people.members import Member
from teams.models.people.teams import Team, TeamOf
from teams.models.people.users import User
from teams.models.submissions import Score
from teams.models.triggers import append_only
from teams.rules.counters import CENT, Counted
from teams.rules.months import Month
from teams.rules.people.names import sort_key


class CounterQuerySet(models.QuerySet["Counter"]):
    """What the teams count that somebody manages."""

    def managed_by(self, user: User) -> Self:
        """Those of the teams that somebody manages."""
        return self.filter(team__in=Team.objects.managed_by(user)).select_related("team__organization")

    def playable(self) -> Self:
        """Those that reps enter themselves, with a board of their own."""
        return self.filter(playable=True)

    def with_figure_of(self, member: Member, month: Month) -> Self:
        """With `own`, somebody's figure of a month; None where there is none."""
        typed = Figure.objects.filter(counter=OuterRef("pk"), member=member, month=month).order_by("-pk")
        return self.annotate(own=Subquery(typed.values("value")[:1]))


class Counter(models.Model):
    """What a team counts. Where it is playable, reps enter their own figures and it has a board; more is better."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="counters", db_index=False)
    name = WrittenField(_("What is counted"), max_length=60)
    unit = WrittenField(_("Unit"), max_length=12, blank=True, default="", db_default="")
    playable = models.BooleanField(default=False, db_default=False)
    own: Decimal | None
    """Of those that were read `with_figure_of` somebody."""

    objects = CounterQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["team", "name"], name="counter_name_is_unique_in_team")]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name

    def counted(self) -> Counted:
        """The plain value that rules work with."""
        return Counted(self.name, self.unit)


class FigureSource(models.TextChoices):
    """How a figure came in."""

    OWN = "own", _("entered by themselves")
    MANAGER = "manager", _("entered by a manager")
    IMPORT = "import", _("imported")


class FigureQuerySet(models.QuerySet["Figure"]):
    """Figures as typed; of several for one rep and month the newest is the current one."""

    def current(self) -> Self:
        """The last one of these typed for each counter, member and month, unless it was taken back."""
        keys = ("counter_id", "member_id", "month")
        last = self.order_by(*keys, "-pk").distinct(*keys)
        return self.filter(pk__in=last.values("pk"), value__isnull=False)

    def with_typists(self) -> Self:
        """With who typed them."""
        return self.select_related("typed_by")


class Figure(models.Model):
    """One rep's figure of a month. Append-only: a later one replaces it, an empty one takes it back."""

    counter = models.ForeignKey(Counter, models.CASCADE, related_name="figures", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="figures")
    month = MonthField()
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    typed_by = models.ForeignKey(Member, models.RESTRICT, related_name="+", db_index=False)
    typed_at = models.DateTimeField(default=timezone.now, editable=False)
    source = models.CharField(
        max_length=8, choices=FigureSource, default=FigureSource.MANAGER, db_default=FigureSource.MANAGER
    )
    reason = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = FigureQuerySet.as_manager()

    class Meta:
        triggers = [append_only()]
        indexes = [models.Index(fields=["counter", "member", "month", "-id"], name="figure_is_found_by_month")]
        constraints = [
            models.CheckConstraint(condition=Q(value=None) | Q(value__gte=0), name="figure_is_not_below_zero")
        ]

    def __str__(self) -> str:
        return f"{self.counter}, {self.member}, {self.month}"


@dataclass(frozen=True)
class Dot:
    """A rep's mean score and mean figure over so many months that have both."""

    member: Member
    score: Decimal
    figure: Decimal
    months: int


def dots_of(counter: Counter, months: Iterable[Month]) -> list[Dot]:
    """One for each rep with both in any of the months in which they were in the team, by name; three queries."""
    figures = {
        (figure.member_id, figure.month): figure.value
        for figure in counter.figures.filter(month__in=list(months)).current()
        if figure.value is not None
    }
    members = Member.objects.in_bulk({member for member, _ in figures})
    scores = Score.objects.filter(member__in=members, month__in=list(months))
    scores = scores.alias(in_team=TeamOf("member_id", "month")).filter(in_team=counter.team_id)
    both: dict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    for member, month, total in scores.values_list("member_id", "month", "total"):
        if (member, month) in figures:
            both[member].append((total, figures[member, month]))
    dots = [_dot(members[member], pairs) for member, pairs in both.items()]
    return sorted(dots, key=lambda dot: (sort_key(dot.member.name), dot.member.pk))


def _dot(member: Member, pairs: list[tuple[int, Decimal]]) -> Dot:
    score, figure = (mean(map(Decimal, numbers)).quantize(CENT) for numbers in zip(*pairs, strict=True))
    return Dot(member, score, figure, len(pairs))
