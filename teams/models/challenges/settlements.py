"""How a challenge ended: a settlement, the outcome of every entry, and who owes whom."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from teams.models.challenges.challenges import Challenge
from teams.models.challenges.entries import Entry
from teams.models.people.members import Member
from teams.models.people.users import User
from teams.rules.challenges.grounds import Grounds
from teams.rules.challenges.settling import Result, is_draw
from teams.words import challenges as wording


class Settlement(models.Model):
    """The first is made after the grace; later ones after an amendment, and the earlier stay readable."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="settlements", db_index=False)
    number = models.PositiveSmallIntegerField()
    settled_at = models.DateTimeField(default=timezone.now)
    read_until = models.DateTimeField(help_text="Readings that were typed before this moment count.")
    settled_by = models.ForeignKey(Member, models.RESTRICT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="settlement_number_is_unique_in_challenge")
        ]

    def __str__(self) -> str:
        return f"{self.challenge}, result {self.number}"

    @property
    def is_draw(self) -> bool:
        """Whether the two of a duel, or all teams, are level."""
        return is_draw(self.challenge.terms(), [Result(each.place, each.won) for each in self.outcomes.all()])


class Outcome(models.Model):
    """The result of one entry, with what it rests on, and the readings used as [id, day, figure].

    `explanation` is the sentence that an earlier release has stored instead of the grounds.
    """

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="outcomes", db_index=False)
    entry = models.ForeignKey(Entry, models.RESTRICT, related_name="outcomes")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    won = models.BooleanField()
    baseline = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    now = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    gained = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    made_on = models.DateField(null=True, blank=True)
    explanation = models.CharField(max_length=400, blank=True)
    grounds = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    readings = models.JSONField(default=list)

    class Meta:
        ordering = ["-won", "place", "entry__member__name__alphabetical", "entry__team__name__alphabetical"]
        constraints = [models.UniqueConstraint(fields=["settlement", "entry"], name="outcome_is_one_an_entry")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.why}"

    @property
    def why(self) -> str:
        """Why it won or did not, in the reader's language."""
        if self.grounds is None:
            return self.explanation
        result = Result(self.place, self.won)
        return wording.explained_with_rulings(self.settlement.challenge.terms(), Grounds.of_json(self.grounds), result)


class DebtQuerySet(models.QuerySet["Debt"]):
    """Who owes whom what, open or not."""

    def of(self, user: User) -> Self:
        """Those that somebody owes or is owed."""
        return self.filter(Q(debtor__user=user) | Q(creditor__user=user))

    def owed_to(self, user: User) -> Self:
        """Those that somebody may tick or forgive."""
        return self.filter(creditor__user=user)

    def in_result_of(self, challenge: Challenge) -> Self:
        """Those of a challenge's latest result, with who owes and is owed."""
        return self.filter(settlement__challenge=challenge, lapsed_at=None).select_related("debtor", "creditor")

    def open(self) -> Self:
        """Neither settled, forgiven nor replaced by a later result."""
        return self.filter(settled_at=None, forgiven_at=None, lapsed_at=None)


class Debt(models.Model):
    """What the debtor owes the creditor, until the creditor ticks or forgives it."""

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="debts", db_index=False)
    debtor = models.ForeignKey(Member, models.RESTRICT, related_name="debts")
    creditor = models.ForeignKey(Member, models.RESTRICT, related_name="claims")
    settled_at = models.DateTimeField(null=True, blank=True)
    forgiven_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)

    objects = DebtQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["settlement", "debtor", "creditor"], name="debt_is_one_a_pair"),
            models.CheckConstraint(condition=~Q(debtor=F("creditor")), name="debt_is_owed_to_somebody_else"),
            models.CheckConstraint(
                condition=Q(settled_at=None, forgiven_at=None)
                | Q(settled_at=None, lapsed_at=None)
                | Q(forgiven_at=None, lapsed_at=None),
                name="debt_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.debtor} owes {self.creditor}"
