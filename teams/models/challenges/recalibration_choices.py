"""What became of a challenge when LinkedIn changed its formula while it ran."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import codes
from teams.models.boards.recalibrations import Recalibration
from teams.models.challenges.challenges import Challenge, ChallengeQuerySet
from teams.models.people.members import Member
from teams.models.people.users import User
from teams.rules.challenges import recalibrating
from teams.words import challenges as wording


class Choice(models.TextChoices):
    """What may be chosen."""

    STAND = "stand", _("Change nothing: every reading counts as read")
    SHIFT = "shift", _("Convert: readings before it, the start too, move by the median change")
    VOID = "void", _("End the challenge, without a result")


class RecalibrationChoiceQuerySet(models.QuerySet["RecalibrationChoice"]):
    """What was decided about challenges that a change of the formula lies in, with the day and who decided."""

    def for_pages(self) -> Self:
        """With the day and who decided."""
        return self.select_related("recalibration", "by")


class RecalibrationChoice(models.Model):
    """Made once for a challenge and a recalibration. Without `by`: nobody had answered when it was settled."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="choices", db_index=False)
    recalibration = models.ForeignKey(Recalibration, models.CASCADE, related_name="choices")
    choice = models.CharField(max_length=5, choices=codes(Choice))
    by = models.ForeignKey(Member, models.RESTRICT, null=True, blank=True, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now)

    objects = RecalibrationChoiceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "recalibration"], name="choice_is_one_a_recalibration"),
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(choice="stand"), name="choice_of_nobody_lets_it_stand"
            ),
        ]

    def __str__(self) -> str:
        return wording.what_was_decided(self.decided())

    def decided(self) -> recalibrating.Decided:
        """The plain value that rules work with."""
        return recalibrating.Decided(
            day=self.recalibration.day,
            choice=recalibrating.Choice(self.choice),
            shift=self.recalibration.shift,
            by=str(self.by or ""),
        )


def decided_in(challenges: Iterable[Challenge]) -> dict[int, list[recalibrating.Decided]]:
    """What was chosen in each of these challenges, by day; one query, if there is any."""
    decided_by_challenge: dict[int, list[recalibrating.Decided]] = defaultdict(list)
    challenge_ids = [challenge.pk for challenge in challenges]
    if not challenge_ids:
        return decided_by_challenge
    choices = RecalibrationChoice.objects.filter(challenge__in=challenge_ids)
    for choice in choices.for_pages().order_by("recalibration__day"):
        decided_by_challenge[choice.challenge_id].append(choice.decided())
    return decided_by_challenge


@dataclass(frozen=True)
class NewFormulas:
    """What was chosen in a challenge where LinkedIn changed its formula, and what is still to be chosen."""

    chosen: list[RecalibrationChoice]
    to_choose: list[Recalibration]

    @property
    def decided(self) -> list[recalibrating.Decided]:
        """The choices as rules work with them, by day."""
        return sorted((each.decided() for each in self.chosen), key=lambda decided: decided.day)


def new_formulas(challenge: Challenge) -> NewFormulas:
    """Those of a challenge: `asked_about` and `decided_in` in one; two queries, or one where nothing changed."""
    inside = list(_inside(challenge))
    chosen = list(challenge.choices.for_pages()) if inside else []
    chosen_ids = {each.recalibration_id for each in chosen}
    is_open = challenge.sent_at and not challenge.settled_at and not challenge.voided_at
    return NewFormulas(chosen, [each for each in inside if is_open and each.pk not in chosen_ids])


def asked_about(challenge: Challenge) -> QuerySet[Recalibration]:
    """The recalibrations inside an unfinished challenge for which nobody has chosen yet."""
    if not challenge.sent_at or challenge.settled_at or challenge.voided_at:
        return Recalibration.objects.none()
    return _inside(challenge).exclude(choices__challenge=challenge)


def _inside(challenge: Challenge) -> QuerySet[Recalibration]:
    """The recalibrations from a challenge's first to its last day; none where LinkedIn's formula has no part in it."""
    if challenge.counter_id:
        return Recalibration.objects.none()
    days = challenge.starts_on, challenge.ends_on
    return Recalibration.objects.filter(organization=challenge.organization_id, day__range=days)


def waiting_for(user: User) -> ChallengeQuerySet:
    """The open challenges for which somebody has a choice to make."""
    inside = Recalibration.objects.filter(
        organization=OuterRef("organization"), day__range=(OuterRef("starts_on"), OuterRef("ends_on"))
    )
    chosen = RecalibrationChoice.objects.filter(recalibration=OuterRef("pk"), challenge=OuterRef(OuterRef("pk")))
    return Challenge.objects.decided_by(user).open().filter(Exists(inside.exclude(Exists(chosen))), counter=None)
