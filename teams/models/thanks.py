"""A sentence from one colleague to another, for help."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import MonthField, WrittenField
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.rules.thanks import LONGEST, ON_BOARD


class ThanksQuerySet(models.QuerySet["Thanks"]):
    """Thanks by whose they are, where they stand, and who may take them down."""

    def standing(self) -> Self:
        """Those that nobody has taken down, with whom they are from and for."""
        return self.filter(taken_down_at=None).select_related("giver", "receiver")

    def on_board(self, now: datetime) -> Self:
        """Those of the last weeks to which whoever was thanked agreed, the newest first."""
        return self.standing().filter(agreed_at__isnull=False, given_at__gt=now - ON_BOARD)

    def removable_by(self, user: User) -> Self:
        """Those that somebody wrote or got; of what stands on a board, all of the teams that they manage."""
        own = Q(giver__user=user) | Q(receiver__user=user)
        managed = Q(agreed_at__isnull=False, team__in=Team.objects.managed_by(user))
        return self.standing().filter(own | managed)


class Thanks(models.Model):
    """To one person; on the board of the team that both are in once that person agrees. Nothing is counted of them.

    `month` is that of the closing after which a manager wrote it. One that was taken down says nothing any more.
    """

    giver = models.ForeignKey(Member, models.CASCADE, related_name="thanks_given")
    receiver = models.ForeignKey(Member, models.CASCADE, related_name="thanks_received")
    team = models.ForeignKey(Team, models.CASCADE, related_name="thanks", db_index=False)
    text = WrittenField(_("what for"), max_length=LONGEST, blank=True)
    month = MonthField(null=True, blank=True)
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    agreed_at = models.DateTimeField(null=True, blank=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = ThanksQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "thanks"
        ordering = ["-given_at", "-pk"]
        indexes = [
            models.Index(
                fields=["team", "given_at"], condition=Q(agreed_at__isnull=False), name="thanks_on_board_newest"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="thanks_are_for_somebody_else"),
            models.CheckConstraint(
                condition=(Q(taken_down_at=None) & ~Q(text=""))
                | Q(taken_down_at__isnull=False, text="", agreed_at=None),
                name="thanks_taken_down_say_nothing",
            ),
            models.UniqueConstraint(fields=["team", "month", "receiver"], name="thanks_after_a_closing_are_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} thanks {self.receiver}"
