"""Something good that happened to somebody, which is told once."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone

from teams.fields import MonthField, codes
from teams.models.challenges.challenges import Challenge
from teams.models.goals import Goal
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.rules.moments import FEWEST_MONTHS, PODIUM, MomentKind
from teams.rules.scores import STEADY
from teams.rules.standings import COMPLETE_FROM

HOLDS = {"fewest": FEWEST_MONTHS, "noise": STEADY, "share": COMPLETE_FROM, "places": PODIUM}
"""What `teams_moment_holds` has from the rules."""


def best_month_gain(month: F | Value) -> Func:
    """By how many points a member's month is their best, as a column beside `member`; NULL where it is not."""
    return Func(
        *[F("member"), month, Value(FEWEST_MONTHS), Value(STEADY)],
        function="teams_best_month_gain",
        output_field=models.IntegerField(null=True),
    )


class MomentQuerySet(models.QuerySet["Moment"]):
    """Moments by whether they are still so, and by who may hear of them."""

    def holding(self) -> Self:
        """Those that are still so."""
        row = Func(F("pk"), template="teams_moment", output_field=models.TextField())
        holds = Func(
            row, *map(Value, HOLDS.values()), function="teams_moment_holds", output_field=models.BooleanField()
        )
        return self.filter(holds)

    def for_everybody(self) -> Self:
        """Those of one person that their team hears of at once: a closing and a team's goal are told as such."""
        personal = Q(kind__in=[MomentKind.BEST_MONTH, MomentKind.CHALLENGE]) | Q(goal__shared=True)
        return self.filter(personal, Q(challenge=None) | Q(challenge__settled_at=None))

    def with_what(self) -> Self:
        """With whom and what they are about, and `gain`, the points of a best month above the best of the others."""
        gain = best_month_gain(F("month"))
        return self.select_related("member", "team__organization", "challenge", "goal").annotate(gain=gain)

    def note(self, moments: "Iterable[Moment]") -> None:
        """Store those that were not noticed before."""
        self.bulk_create(moments, ignore_conflicts=True)


class Moment(models.Model):
    """A member's, in a team. The unique row is the claim that it is told once; whether it is so is asked each time.

    `seen_at` is when they first saw it on Today, `taken_back_at` when a challenge was found not to be made any more.
    """

    member = models.ForeignKey(Member, models.CASCADE, related_name="moments", db_index=False)
    team = models.ForeignKey(Team, models.CASCADE, related_name="moments", db_index=False)
    kind = models.CharField(max_length=10, choices=codes(MomentKind))
    month = MonthField(null=True, blank=True)
    challenge = models.ForeignKey(Challenge, models.CASCADE, null=True, blank=True, related_name="moments")
    goal = models.ForeignKey(Goal, models.CASCADE, null=True, blank=True, related_name="moments")
    noticed_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    gain: int | None  # of those that were read `with_what`

    objects = MomentQuerySet.as_manager()

    class Meta:
        ordering = ["-noticed_at", "-pk"]
        indexes = [models.Index(fields=["team", "noticed_at"], name="moment_of_team_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["best_month", "podium"], month__isnull=False, challenge=None, goal=None)
                | Q(kind="challenge", month=None, challenge__isnull=False, goal=None)
                | Q(kind="goal", month=None, challenge=None, goal__isnull=False),
                name="moment_is_of_a_month_a_challenge_or_a_goal",
            ),
            models.UniqueConstraint(
                fields=["member", "kind", "month", "challenge", "goal"],
                nulls_distinct=False,
                name="moment_is_noticed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.kind}"
