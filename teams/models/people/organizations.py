"""One company: its people, calendar and settings. Nothing is visible across organizations."""

from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.models.languages import LANGUAGES
from teams.rules.closing import closes_at
from teams.rules.months import Month
from teams.rules.retention import LONGEST, SHORTEST, USUAL, kept_from
from teams.rules.sharing import LONGEST_HOST
from teams.rules.visibility import WALL_ROWS


class RankVisibility(models.TextChoices):
    """Who may see places; managers always do."""

    ALL = "all", _("Everybody sees all places")
    OWN = "own", _("Reps see only their own place")
    NONE = "none", _("Reps see no places")


class WallNames(models.TextChoices):
    """How walls name people, unless somebody objects."""

    NAME = "name", _("Names")
    INITIALS = "initials", _("Initials")


def validate_zone(name: str) -> None:
    """ValidationError unless `name` is a time zone such as Europe/Berlin."""
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone such as Europe/Berlin."))


class Organization(models.Model):
    """A company. `time_zone` decides which day it is for everybody in it; `is_demo` that it is made up."""

    name = models.CharField(max_length=100)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_zone])
    rank_visibility = models.CharField(
        max_length=4, choices=RankVisibility, default=RankVisibility.ALL, help_text=_("Managers always see all.")
    )
    shows_organization_board = models.BooleanField(
        _("members see the company's board"), default=True, help_text=_("Name, score and place of everybody.")
    )
    wall_names = models.CharField(
        _("walls show"),
        max_length=8,
        choices=WallNames,
        default=WallNames.NAME,
        db_default=WallNames.NAME,
        help_text=_("Everybody may ask for less, for themselves."),
    )
    closing_workday = models.PositiveSmallIntegerField(
        _("a month closes on working day"),
        default=3,
        db_default=3,
        validators=[MinValueValidator(1), MaxValueValidator(15)],
        help_text=_("Counted from the month's end. From then on its standings are final."),
    )
    closing_hour = models.PositiveSmallIntegerField(
        _("at this hour"), default=18, db_default=18, validators=[MaxValueValidator(23)], help_text=_("0 to 23.")
    )
    holidays = ArrayField(models.DateField(), default=list, db_default=[], blank=True, editable=False)
    wall_rows = models.PositiveSmallIntegerField(
        _("places on walls, at most"),
        default=WALL_ROWS[-1],
        db_default=WALL_ROWS[-1],
        validators=[MinValueValidator(WALL_ROWS[0]), MaxValueValidator(WALL_ROWS[-1])],
        help_text=_("2 to 8. A wall never shows more than the upper half of a board."),
    )
    embed_hosts = ArrayField(
        models.CharField(max_length=LONGEST_HOST),
        default=list,
        db_default=[],
        blank=True,
        help_text=_(
            "One a line, such as intranet.example.com. Pages there may hold what a share link shows; no others may."
        ),
    )
    managers_need_second_factor = models.BooleanField(
        _("managers and admins need two-step sign-in"),
        default=False,
        db_default=False,
        help_text=_("An app's code or a passkey besides the password. Whoever has none yet is led to set one up."),
    )
    language = models.CharField(max_length=5, default="en", db_default="en", choices=LANGUAGES)
    retention_months = models.PositiveSmallIntegerField(
        _("months that are kept"),
        default=USUAL,
        db_default=USUAL,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
        help_text=_(
            "15 to 120. Each night, whatever is from earlier months is deleted for good: boards, readings, challenges, "
            "goals, messages and the log. What is imported for earlier months goes too."
        ),
    )
    logo = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="The digest of its logo, a part of its address; empty without one.",
    )
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closing_workday__range=(1, 15)), name="organization_closes_on_working_day_1_to_15"
            ),
            models.CheckConstraint(condition=Q(closing_hour__lte=23), name="organization_closing_hour_is_0_to_23"),
            models.CheckConstraint(
                condition=Q(wall_rows__range=(WALL_ROWS[0], WALL_ROWS[-1])), name="organization_wall_rows_are_2_to_8"
            ),
            models.CheckConstraint(
                condition=Q(retention_months__range=(SHORTEST, LONGEST)), name="organization_keeps_15_to_120_months"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def local(self, moment: datetime) -> datetime:
        """The moment in the organization's zone."""
        return timezone.localtime(moment, ZoneInfo(self.time_zone))

    def today(self) -> date:
        """The day that it is now in the organization's zone."""
        return timezone.localdate(timezone=ZoneInfo(self.time_zone))

    def kept_from(self, now: datetime) -> Month:
        """The earliest month that is kept; what is from before it is deleted by a job."""
        return kept_from(self.local(now).date(), self.retention_months)

    def closes(self, month: Month) -> datetime:
        """The moment at which a month becomes final by itself."""
        zone = ZoneInfo(self.time_zone)
        return closes_at(month, zone, self.holidays, workday=self.closing_workday, hour=self.closing_hour)

    @property
    def first_month(self) -> Month:
        """The month in which the organization came here: those before it, no clock closes."""
        return Month.of(self.local(self.created_at))

    def was_here(self, month: Month) -> bool:
        """Whether a month is not from before the organization came here."""
        return self.first_month <= month

    def has_closed(self, month: Month, now: datetime) -> bool:
        """Whether the moment has come at which a month becomes final, whenever a worker gets to it.

        No clock closes what is from before the organization came here; the demo closes its own months.
        """
        return not self.is_demo and self.was_here(month) and self.closes(month) <= now

    def next_closing(self, moment: datetime) -> datetime:
        """The first moment after this one at which a month closes by itself."""
        month = max(self.first_month, Month.of(self.local(moment).date()) - 2)
        while self.closes(month) <= moment:
            month += 1
        return self.closes(month)
