"""Readings of scores: filed, confirmed, taken back (append-only), and the one that counts in a month."""

from decimal import Decimal
from typing import Self

from django.contrib.postgres.indexes import BrinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import MonthField, PillarField
from teams.models.people.members import Member
from teams.models.people.teams import Team, TeamOf
from teams.models.people.users import User
from teams.models.triggers import append_only
from teams.rules.measure import MOST, PILLAR_MOST, RANK_MOST, Pillar, adds_up
from teams.rules.scores import Reading

MEASURES = ["total", *Pillar, "industry_rank", "network_rank", "industry_average", "network_average"]
"""What LinkedIn's page says, in its order."""


class Source(models.TextChoices):
    """How a reading came in."""

    TYPED = "typed", _("typed")
    PASTED = "pasted", _("pasted text")
    JSON = "json", _("pasted JSON")
    PICTURE = "picture", _("picture")
    IMPORT = "import", _("imported")
    SALES_NAVIGATOR = "sales_navigator", _("Sales Navigator export")
    MANAGER = "manager", _("entered by a manager")
    API = "api", _("sent by a program")
    SLACK = "slack", _("written in Slack")


def between(field: str, low: int, high: int) -> models.CheckConstraint:
    """The constraint that `field` is empty or lies in low..high."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (low, high)}),
        name=f"submission_{field}_is_{low}_to_{high}",
    )


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Readings that count, that somebody may correct, or of members who were in a team then."""

    def counting(self) -> Self:
        """Those that were neither replaced nor withdrawn."""
        return self.filter(replaced_by=None, withdrawal=None)

    def editable_by(self, user: User) -> Self:
        """One's own, and those of the months in which their members were in a team that one manages."""
        own, administered = Q(member__user=user), Q(member__organization__in=user.administers)
        managed = Q(in_team__in=Team.objects.managed_by(user).values("pk"))
        return self.with_team().filter(own | administered | managed)

    def of_team(self, team: Team) -> Self:
        """Those of the months in which their members were in the team."""
        return self.with_team().filter(in_team=team.pk)

    def teams_of(self) -> models.QuerySet:
        """The ids of the teams in which the members were in the readings' months."""
        return self.annotate(team=TeamOf("member_id", "month")).values("team")

    def with_team(self) -> Self:
        """With `in_team` to filter by: the id of the team in which the member was in the reading's month."""
        return self.alias(in_team=TeamOf("member_id", "month"))


class Submission(models.Model):
    """A reading, taken on a day, filed for a month, typed by somebody at some time."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="submissions", db_index=False)
    month = MonthField()
    taken_on = models.DateField()
    day_unknown = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text="Imported for a month without a day: `taken_on` is its last.",
    )
    total = models.PositiveSmallIntegerField(validators=[MaxValueValidator(MOST)])
    brand = PillarField()
    people = PillarField()
    insights = PillarField()
    relationships = PillarField()
    industry_rank = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(RANK_MOST)]
    )
    network_rank = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(RANK_MOST)]
    )
    industry_average = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(MOST)])
    network_average = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(MOST)])
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=16, choices=Source)
    typed_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    typed_at = models.DateTimeField(default=timezone.now, editable=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    reason = models.CharField(max_length=200, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        triggers = [append_only()]
        indexes = [
            models.Index(
                fields=["member", "-month", "-taken_on", "-id"], include=["total"], name="submission_newest_first"
            ),
            BrinIndex(fields=["typed_at"], name="submission_in_order"),
            models.Index(fields=["replaces"], condition=Q(replaces__isnull=False), name="submission_corrects"),
        ]
        constraints = [
            between("total", 0, MOST),
            *[between(pillar.value, 0, PILLAR_MOST) for pillar in Pillar],
            between("industry_rank", 1, RANK_MOST),
            between("network_rank", 1, RANK_MOST),
            between("industry_average", 0, MOST),
            between("network_average", 0, MOST),
            models.CheckConstraint(condition=Q(month=TruncMonth("month")), name="submission_month_is_a_first_day"),
            models.CheckConstraint(condition=Q(month__lte=models.F("taken_on")), name="submission_not_taken_early"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.total} on {self.taken_on}"

    @property
    def pillars(self) -> dict[Pillar, Decimal | None]:
        """The points of each pillar; None where they are not known."""
        return {pillar: getattr(self, pillar) for pillar in Pillar}

    @property
    def adds_up(self) -> bool:
        """False where the pillars are known and make another total."""
        return adds_up(self.total, self.pillars)

    @property
    def source_label(self) -> str:
        """The source in words; in long lists a fraction of what `get_source_display` costs."""
        return str(Source(self.source).label)

    def reading(self) -> Reading:
        """The plain value that rules work with."""
        return Reading(self.total, self.taken_on, self.month, tuple(self.pillars.values()))


class Withdrawal(models.Model):
    """A submission taken back: it stops counting and stays readable."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.submission}, withdrawn"


class Confirmation(models.Model):
    """Of one submission, never of one's own."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="confirmation")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.submission}, confirmed"


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
