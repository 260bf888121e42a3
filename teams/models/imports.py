"""A file of scores on its way in: what it is, whom it names, and what each of its cells would do."""

from decimal import Decimal
from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import MonthField, PillarField
from teams.models.people.members import Member
from teams.models.people.organizations import Organization
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.models.submissions import Submission
from teams.rules.measure import Pillar, adds_up, total_of
from teams.rules.people.name_matching import ASKED_ABOUT
from teams.rules.sentences import restored
from teams.rules.sheets.kinds import TableKind
from teams.words.name_doubts import why_asked


class ImportKind(models.TextChoices):
    """Which table the file holds."""

    SHEET = TableKind.SHEET, _("One row a rep, one column a month")
    LIST = TableKind.LIST, _("One row a reading")
    SALES_NAVIGATOR = TableKind.SALES_NAVIGATOR, _("Sales Navigator usage export")


class ImportState(models.TextChoices):
    """How far it is. Whatever is being read or stored continues by itself."""

    ASKING = "asking", _("needs an answer")
    READING = "reading", _("being read")
    READY = "ready", _("ready to save")
    STORING = "storing", _("being saved")
    DONE = "done", _("saved")
    FAILED = "failed", _("refused")
    TAKEN_BACK = "taken_back", _("taken back")


class ImportQuerySet(models.QuerySet["Import"]):
    """Files that the teams sent which somebody manages; unfinished ones are to be read or stored by a job."""

    def managed_by(self, user: User) -> Self:
        """Those into the teams that somebody manages."""
        return self.filter(team__in=Team.objects.managed_by(user))

    def unfinished(self) -> Self:
        """Those that a job must read or store."""
        return self.filter(state__in=[ImportState.READING, ImportState.STORING])


class Import(models.Model):
    """`content` is the file, kept only until the import ends. `problem` is a sentence's source, or an old text."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="imports")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=12, choices=ImportState, default=ImportState.ASKING)
    attempts = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField(default=dict)
    problem = models.CharField(max_length=300, blank=True)
    problem_values = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    touched_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def said(self) -> str:
        """What is wrong with the file, in the reader's language; nothing where nothing is."""
        return restored(self.problem, self.problem_values)

    def file(self) -> bytes:
        """The file's bytes; none once it is not kept any more."""
        return bytes(self.content or b"")


class ImportSheet(models.Model):
    """A tab of the file, the only one of a text. `rows_read` is how far it was read into its rows.

    `kind` is empty where no table was found; a tab that is not `chosen` is left out. The layout goes with the file.
    """

    upload = models.ForeignKey(Import, models.CASCADE, related_name="sheets", db_index=False)
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=16, choices=ImportKind, blank=True)
    layout = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    mended = models.JSONField(default=dict, help_text="What somebody wrote in place of a cell, by its address.")
    chosen = models.BooleanField(default=False)
    rows_total = models.PositiveIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["upload", "number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="import_sheet_is_numbered_once")]

    def __str__(self) -> str:
        return self.name


class ImportPerson(models.Model):
    """Somebody the file names, and who that is: a member, somebody to add, or nobody."""

    class Choice(models.TextChoices):
        """What becomes of their rows."""

        KNOWN = "known", _("is a member")
        MAP = "map", _("Is a member by another name")
        ADD = "add", _("Add as a new member")
        SKIP = "skip", _("Leave out")
        ASK = "ask", _("is called like several members")

    upload = models.ForeignKey(Import, models.CASCADE, related_name="people", db_index=False)
    key = models.CharField(max_length=400)
    name = models.CharField(max_length=100)
    email = models.CharField(max_length=254, blank=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    choice = models.CharField(max_length=5, choices=Choice, default=Choice.ADD)
    asked_because = models.CharField(
        max_length=8,
        choices=[(fit.value, fit.value) for fit in ASKED_ABOUT],
        blank=True,
        default="",
        db_default="",
        editable=False,
    )
    was_added = models.BooleanField(default=False)
    joined_before = models.DateField(
        null=True, editable=False, help_text="When their membership began before the import moved it to an earlier day."
    )

    class Meta:
        ordering = ["name__alphabetical", "pk"]
        constraints = [models.UniqueConstraint(fields=["upload", "key"], name="import_person_is_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def why_asked(self) -> str:
        """Why it is not certain who they are, in the reader's language; nothing once somebody has said."""
        return why_asked(self.asked_because) if self.choice == self.Choice.ASK else ""


class ImportRow(models.Model):
    """One reading of the file, or one cell that is none; `action` is what storing it would do."""

    class Action(models.TextChoices):
        """What storing would do, judged anew whenever it may have changed."""

        ERROR = "error", _("must be corrected")
        ADDS = "adds", _("completes what is saved")
        PART = "part", _("joined with another tab")
        CONFLICT = "conflict", _("differs from what is saved")
        MEMBER = "member", _("new member")
        NEW = "new", _("new reading")
        SAME = "same", _("saved already")
        SKIPPED = "skipped", _("left out")

    class Why(models.TextChoices):
        """Why a row that reads well cannot be stored."""

        ASK = "ask", _("It is not sure who this is. Choose above.")
        TWICE = "twice", _("This person stands twice for this time, with different scores. Remove one of them.")
        CLOSED = "closed", _("This month is closed: its standings are final. Remove it, or amend the month.")
        NO_TOTAL = "no_total", _("A score needs its total or all four parts. Write what is missing.")
        NOT_THEN = "not_then", _("This person was not in your team then. Who managed them in that month imports it.")
        HISTORY = "history", _("This month is more than three months ago. Ask an admin to import it.")

    upload = models.ForeignKey(Import, models.CASCADE, related_name="rows", db_index=False)
    sheet = models.ForeignKey(ImportSheet, models.CASCADE, null=True, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    cell = models.CharField(max_length=12)
    person = models.ForeignKey(ImportPerson, models.SET_NULL, null=True, related_name="rows")
    month = MonthField(null=True)
    taken_on = models.DateField(null=True)
    day_unknown = models.BooleanField(default=False)
    total = models.PositiveSmallIntegerField(null=True)
    is_summed = models.BooleanField(default=False, db_default=False, help_text="Only the parts are there.")
    rounded_from = models.DecimalField(max_digits=10, decimal_places=6, null=True)
    brand = PillarField()
    people = PillarField()
    insights = PillarField()
    relationships = PillarField()
    note = models.CharField(max_length=300, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    problem_values = models.JSONField(null=True, blank=True)
    action = models.CharField(max_length=8, choices=Action, blank=True)
    why = models.CharField(max_length=8, choices=Why, blank=True)
    text = models.CharField(max_length=100, blank=True, db_default="", help_text="What stands in a cell to correct.")
    part_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="parts")
    replaces = models.BooleanField(default=False)
    stored = models.ForeignKey(Submission, models.SET_NULL, null=True, related_name="+")
    submission = models.ForeignKey(Submission, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["upload", "action"], name="import_row_by_action")]

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.sheet and self.sheet.name else self.cell

    @property
    def said(self) -> str:
        """What is wrong with the cell, in the reader's language; nothing where nothing is."""
        return restored(self.problem, self.problem_values)

    @property
    def whole_total(self) -> int | None:
        """The total that is stored, with what its other parts say."""
        stated = [row.total for row in self._readings if row.total is not None and not row.is_summed]
        return stated[0] if stated else total_of(self.whole_pillars)

    @property
    def whole_pillars(self) -> dict[Pillar, Decimal | None]:
        """Its parts, from whichever tab."""
        return {
            pillar: next((value for row in self._readings if (value := getattr(row, pillar)) is not None), None)
            for pillar in Pillar
        }

    @property
    def other_sum(self) -> int | None:
        """What its parts make where that cannot be the total; it is stored, flagged."""
        total, pillars = self.whole_total, self.whole_pillars
        return total_of(pillars) if total is not None and not adds_up(total, pillars) else None

    @property
    def _readings(self) -> "list[ImportRow]":
        return [self, *self.parts.all()]


class RememberedColumns(models.Model):
    """What people of an organization said that their columns mean, by the words of the heading."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=ImportKind)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind"], name="remembered_columns_are_one_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.kind}"


class RememberedTable(models.Model):
    """How a table with just these headings was read the last time: kind, columns, order of days, or left out."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=False)
    headings = models.CharField(max_length=64, help_text="A hash of the words of the headings.")
    kind = models.CharField(max_length=16, choices=ImportKind)
    layout = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    chosen = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "headings"], name="remembered_table_is_one_a_heading")
        ]

    def __str__(self) -> str:
        return f"{self.organization}: {self.kind}"


class RememberedPerson(models.Model):
    """Who somebody in a file was said to be, for the next file of the team; the file's name is kept as a hash only."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=64)
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+")
    choice = models.CharField(max_length=5, choices=ImportPerson.Choice)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "key"], name="remembered_person_is_one_a_name")]

    def __str__(self) -> str:
        return f"{self.team}: {self.choice}"
