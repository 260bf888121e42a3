"""A wall screen, with a device token that reads its teams' boards and nothing else."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from teams.models.people.members import Member
from teams.models.people.memberships import Membership, Role
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.models.tokens import hashed
from teams.rules.displays.slides import CHOICE, Contact, contact

SHORTEST, LONGEST = 10, 60
"""Seconds of a slide that a manager may choose."""


def every_slide() -> list[str]:
    """The slides of a new screen."""
    return [slide.value for slide in CHOICE]


class DisplayQuerySet(models.QuerySet["Display"]):
    """Wall screens, by their token and by who manages them."""

    def holding(self, token: str) -> Self:
        """The display, if any, that is paired with the screen which has this token."""
        return self.filter(token_hash=hashed(token))

    def managed_by(self, user: User) -> Self:
        """The screens of the teams that somebody manages."""
        return self.filter(team__in=Team.objects.managed_by(user))

    def unpaired_since(self, moment: datetime, member: Member) -> Self:
        """Those that somebody had paired and that show a code since then."""
        return self.filter(created_by=member, token_hash=None, revoked_at__gte=moment)


class Display(models.Model):
    """A place on a wall. The screen there has a random token in a cookie; only its hash is stored, and none unpaired.

    `celebrated` are the celebrations of the last days that it has shown, and `created_by` is who paired it last.
    Another team comes in turn while `chosen_by`, who chose it, manages that; where nobody knows, whoever paired it.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="displays")
    also_shows = models.ManyToManyField(Team, related_name="guest_displays", blank=True)
    chosen_by = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, editable=False
    )
    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001  none is no text: unpaired ones are many
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    paired_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    celebrated = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    slides = ArrayField(models.CharField(max_length=12), default=every_slide, blank=True)
    seconds = models.PositiveSmallIntegerField(
        default=15,
        db_default=15,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    bright_from = models.PositiveSmallIntegerField(default=7, db_default=7, validators=[MaxValueValidator(23)])
    bright_until = models.PositiveSmallIntegerField(default=19, db_default=19, validators=[MaxValueValidator(23)])

    sound = models.BooleanField(default=False, db_default=False)

    objects = DisplayQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bright_from__lte=23, bright_until__lte=23), name="display_is_bright_from_0_to_23"
            ),
            models.CheckConstraint(condition=Q(seconds__range=(1, 600)), name="display_turns_its_slides"),
        ]

    def __str__(self) -> str:
        return self.name

    def teams(self) -> list[Team]:
        """Its own team first, then the others in turn; one query."""
        chooser = self.chosen_by_id or self.created_by_id
        managed = Membership.objects.active().filter(member=chooser, role=Role.MANAGER).values("team")
        administered = Member.objects.filter(pk=chooser, is_admin=True).values("organization")
        others = self.also_shows.filter(Q(pk__in=managed) | Q(organization__in=administered)).exclude(pk=self.team_id)
        return [self.team, *others.select_related("organization")]

    @property
    def contact(self) -> Contact:
        """How the screen is."""
        return contact(is_paired=self.token_hash is not None, seen_at=self.seen_at, now=timezone.now())
