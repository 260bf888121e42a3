"""Everybody's scores of a month in one form: a row for each person, checked cell by cell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.forms.fields import DayField
from teams.forms.submission import WHOLE_TOTAL, points, whole
from teams.models import Member, Source, Submission
from teams.models.submissions import MEASURES
from teams.queries.boards.month_scores import MonthScores
from teams.rules.measure import Pillar, adds_up, sum_of, total_of
from teams.rules.month_scores import NOTHING, Measures, RowChange, row_change
from teams.rules.months_open import refusal
from teams.words.figures import day as day_words
from teams.words.figures import exact, figure
from teams.words.measure import PILLAR_NAMES, PILLARS_IN_SHORT
from teams.words.translation import Words, translated

TOTAL = "total"
FIELDS: dict[str, forms.Field] = {
    TOTAL: whole("", WHOLE_TOTAL),
    **{pillar.value: points("") for pillar in Pillar},
}
"""How each cell of a row is read; made once, since a page has hundreds of cells."""
LABELS: dict[str, Words] = {TOTAL: gettext_lazy("Score"), **PILLAR_NAMES}
BRIEF_LABELS: dict[str, Words] = {TOTAL: LABELS[TOTAL], **PILLARS_IN_SHORT}
KEPT = [*MEASURES, "taken_on", "day_unknown", "note"]
LONGEST = 30


@dataclass
class Cell:
    """A field of a row as the page shows it, with what is wrong in it."""

    column: str
    text: str
    brief_label: str = ""
    problem: str = ""
    has_focus: bool = False

    @property
    def label(self) -> Words:
        """What it is."""
        return LABELS[self.column]

    @property
    def is_marked(self) -> bool:
        """Whether it is shown otherwise than the others."""
        return self.has_focus or bool(self.problem)


@dataclass
class ScoreRow:
    """A person's row: what counts now, what stood there when the page was opened, what was typed, what is wrong."""

    member: Member
    current: Submission | None
    opened: str
    cells: list[Cell]
    typed: Measures = NOTHING
    change: RowChange = RowChange.NONE
    problem: str = ""
    sum_is_off: bool = False

    @property
    def is_wrong(self) -> bool:
        """Whether something of it keeps it from being saved."""
        return bool(self.problem) or any(cell.problem for cell in self.cells)


class MonthScoresForm(forms.Form):
    """The day of the new readings and the reason of the corrections; `rows` are the people's own fields."""

    taken_on = DayField(
        label=gettext_lazy("Read on"),
        help_text=gettext_lazy("The day of scores that are new; corrections keep theirs."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason for corrections"), max_length=200, required=False)

    def __init__(self, data: Mapping[str, str] | None, scores: MonthScores, by: Member, *, is_closed: bool) -> None:
        today = by.organization.today()
        super().__init__(data, initial={"taken_on": min(today, scores.month.last_day)})
        self.month, self.by, self.today, self.is_closed = scores.month, by, today, is_closed
        if is_closed:
            self.fields["reason"].label = _("Reason for the amendment")
        self.brief_labels = {column: str(label) for column, label in BRIEF_LABELS.items()}
        self.rows = [self._row(member, scores) for member in scores.reps]

    def clean_taken_on(self) -> date:
        """The day, if a reading of it can be filed for the month."""
        day = self.cleaned_data["taken_on"]
        if sentence := refusal(day, self.month, self.today, is_closed=False, has_reading=False):
            raise ValidationError(translated(sentence))
        return day

    def clean(self) -> None:
        """Somebody else's corrections, and whatever changes a closed month, need a reason."""
        needs = [row for row in self.rows if not row.is_wrong and self._needs_reason(row)]
        if needs and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("Say why the final standings are changed.") if self.is_closed else _("Say why."))

    def refill(self, data: Mapping[str, str], texts: Mapping[int, Mapping[str, str]]) -> None:
        """Show what was typed, with texts by member's id and column written over it; nothing is saved."""
        self.initial.update((name, data[name]) for name in self.fields if name in data)
        for row in self.rows:
            pk = row.member.pk
            row.opened = data.get(f"reading-{pk}", row.opened)
            for cell in row.cells:
                typed = data.get(f"{cell.column}-{pk}", cell.text)
                cell.text = texts.get(pk, {}).get(cell.column, typed)[:LONGEST]

    def submissions(self) -> list[Submission]:
        """The readings of the rows that can be saved; what lacks its day or its reason is left as it was typed."""
        lacks_reason, lacks_day = "reason" in self.errors, "taken_on" in self.errors
        return [
            self._submission(row)
            for row in self.rows
            if row.change in (RowChange.NEW, RowChange.CORRECTS)
            and not row.is_wrong
            and not (lacks_reason and self._needs_reason(row))
            and not (lacks_day and row.change == RowChange.NEW)
        ]

    def after(self, scores: MonthScores, saved: Iterable[int], problems: Mapping[int, str]) -> None:
        """Show the rows of these members as they are stored now, and beside the others what a rule says of them."""
        done = set(saved)
        for place, row in enumerate(self.rows):
            row.problem = row.problem or problems.get(row.member.pk, "")
            if row.member.pk in done or not self.is_unsaved(row):
                self.rows[place] = self._stored_row(row.member, scores)
            row.current = scores.current.get(row.member.pk)
            row.opened = _opened(row.current)
        if wrong := next((row for row in self.rows if row.is_wrong), None):
            self.focus(wrong.member.pk, next((cell.column for cell in wrong.cells if cell.problem), TOTAL))

    def focus(self, member: int, column: str) -> None:
        """Put the focus into that field, if there is one."""
        for row in self.rows:
            for cell in row.cells:
                cell.has_focus = (row.member.pk, cell.column) == (member, column)

    def is_unsaved(self, row: ScoreRow) -> bool:
        """Whether a row asks for something."""
        return row.is_wrong or row.change != RowChange.NONE

    def _needs_reason(self, row: ScoreRow) -> bool:
        corrects = row.change == RowChange.CORRECTS and row.member != self.by
        return corrects or (self.is_closed and row.change != RowChange.NONE)

    def _row(self, member: Member, scores: MonthScores) -> ScoreRow:
        if not self.is_bound:
            return self._stored_row(member, scores)
        current = scores.current.get(member.pk)
        opened = str(self.data.get(f"reading-{member.pk}", ""))
        row = ScoreRow(member, current, opened, *self._cells(member))
        if not row.is_wrong:
            stood = scores.by_id.get(opened)
            row.change = row_change(row.typed, _measures(stood), _measures(current))
            self._judge(row)
        return row

    def _stored_row(self, member: Member, scores: MonthScores) -> ScoreRow:
        """A person's row as it is stored."""
        current = scores.current.get(member.pk)
        cells = [Cell(column, _text(current, column), brief) for column, brief in self.brief_labels.items()]
        return ScoreRow(member, current, _opened(current), cells)

    def _cells(self, member: Member) -> tuple[list[Cell], Measures]:
        """What was typed in a row, with a sentence beside what is no number, and its values."""
        cells, values = [], []
        for column, each in FIELDS.items():
            cell = Cell(column, self.data.get(f"{column}-{member.pk}", "")[:LONGEST].strip(), self.brief_labels[column])
            value = None
            try:
                value = each.clean(cell.text)
            except ValidationError as error:
                cell.problem = str(error.messages[0])
            cells.append(cell)
            values.append(value)
        if values[0] is None and not cells[0].problem:
            values[0] = total_of(dict(zip(Pillar, values[1:], strict=True)))
        return cells, tuple(values)

    def _judge(self, row: ScoreRow) -> None:
        """Say what is wrong with a row whose cells are right one by one."""
        pillars = dict(zip(Pillar, row.typed[1:], strict=True))
        total = row.typed[0]
        if row.change == RowChange.OVERTAKEN:
            row.problem = _overtaken(row.current)
        elif row.change == RowChange.EMPTIED:
            row.problem = _("This reading still counts. Write it again, or withdraw it on its own page.")
        elif row.change == RowChange.NONE:
            return
        elif total is None:
            row.cells[0].problem = _("Write the score, or all four pillars.")
        elif not adds_up(int(total), pillars) and f"anyway-{row.member.pk}" not in self.data:
            row.sum_is_off = True
            row.problem = _("The pillars add up to %(sum)s, not %(total)s.") % {
                "sum": figure(sum_of(pillars) or Decimal(0)),
                "total": total,
            }

    def _submission(self, row: ScoreRow) -> Submission:
        """The reading of a row; a correction keeps what the row does not show."""
        member, before = row.member, row.current
        kept = {name: getattr(before, name) for name in KEPT} if before else {"taken_on": self.cleaned_data["taken_on"]}
        return Submission(
            member=member,
            month=self.month,
            typed_by=self.by,
            source=Source.TYPED if member == self.by else Source.MANAGER,
            replaces=before,
            reason=self.cleaned_data["reason"] if self._needs_reason(row) else "",
            **kept | dict(zip(FIELDS, row.typed, strict=True)),
        )


def _overtaken(current: Submission | None) -> str:
    if current is None:
        return _("The reading that stood here was withdrawn meanwhile. Save again to file yours.")
    came = _("%(total)s came in meanwhile, read on %(day)s. Save again to correct it, or write %(total)s to keep it.")
    return came % {"total": current.total, "day": day_words(current.taken_on)}


def _measures(submission: Submission | None) -> Measures:
    return (submission.total, *submission.pillars.values()) if submission else NOTHING


def _text(submission: Submission | None, column: str) -> str:
    value: Any = getattr(submission, column) if submission else None
    return exact(value) if isinstance(value, Decimal) else "" if value is None else str(value)


def _opened(current: Submission | None) -> str:
    """How a row says which reading stood in it."""
    return str(current.pk) if current else ""
