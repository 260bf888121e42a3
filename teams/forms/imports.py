"""A file of scores, and what its columns mean."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.html import escape, format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import AddressField, DayField, offer
from teams.models import ImportKind, ImportPerson, ImportSheet, Member
from teams.rules.measure import Pillar
from teams.rules.months import Month, months_between
from teams.rules.sheets import days, headings
from teams.rules.sheets.cells import letters
from teams.rules.sheets.kinds import LARGEST_FILE, Layout, TableKind
from teams.words.figures import day
from teams.words.measure import PILLARS_IN_SENTENCES
from teams.words.translation import Words

LEFT_OUT = _("leave out")
LABELS: dict[str, Words] = {
    headings.NAME: _("name"),
    headings.LAST_NAME: _("last name"),
    headings.EMAIL: _("e-mail address"),
    headings.DATE: _("day of the reading"),
    headings.MONTH: _("month"),
    headings.TOTAL: _("score"),
    **PILLARS_IN_SENTENCES,
    headings.NOTE: _("note"),
    headings.COUNTS: _("whether it counts: yes or no"),
    headings.DAY_UNKNOWN: _("whether the day is unknown: yes or no"),
}
YEARS_BACK = 3
LONGEST_PASTE = 1_000_000
"""Characters: what is longer comes as a file."""
MOST_COLUMNS = 60
"""Columns the page asks about: whoever has more leaves some out of the file."""


class UploadForm(forms.Form):
    """One file, or a table pasted from a spreadsheet."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("xlsx, csv or tsv, up to 10 MB. Nothing is saved before you have seen a preview."),
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )
    pasted = forms.CharField(
        label=_("Or paste the table"),
        required=False,
        max_length=LONGEST_PASTE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Copy the cells in Google Sheets or Excel, with their headings, and paste them here."),
    )

    def clean_file(self) -> Any:
        """The file, if it is not too large."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 10 MB. Send it in parts."))
        return file

    def clean(self) -> None:
        """There is a file, or a table that was pasted."""
        data = self.cleaned_data
        if not self.errors and not data.get("file") and not data.get("pasted", "").strip():
            raise forms.ValidationError({"file": _("Choose a file, or paste a table.")})

    def named_content(self) -> tuple[str, bytes]:
        """The file's name and bytes; what was pasted is a text of its own."""
        file = self.cleaned_data["file"]
        if file:
            return file.name, file.read()
        return gettext("Pasted table"), self.cleaned_data["pasted"].encode()


class InviteAddedForm(forms.Form):
    """An address for each of those whom an import added; who has none is not invited."""

    def __init__(self, people: Iterable[ImportPerson], *args: Any) -> None:
        super().__init__(*args)
        self.members: dict[str, Member] = {}
        for person in people:
            if member := person.member:
                name = f"email-{member.pk}"
                self.members[name] = member
                self.fields[name] = AddressField(label=member.name, initial=person.email, required=False)

    def clean(self) -> None:
        """There is an address at least."""
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError(_("Write at least one e-mail address."))

    def addresses(self) -> list[tuple[Member, str, str]]:
        """Each member with an address, the name of its field, and the address."""
        return [
            (member, name, self.cleaned_data[name]) for name, member in self.members.items() if self.cleaned_data[name]
        ]


class TableForm(forms.Form):
    """In which row of a tab its headings are; `leave_out` where it is none to be read."""

    sheet = forms.IntegerField(widget=forms.HiddenInput)
    header = forms.TypedChoiceField(label=_("The headings are in"), coerce=int, empty_value=None, required=False)
    leave_out = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, tab: ImportSheet, data: Any = None) -> None:
        initial = {"sheet": tab.number, "header": tab.layout["header"]}
        super().__init__(data, initial=initial, auto_id=f"tab-{tab.number}-%s")
        rows = [
            (number, _("row %(row)d: %(words)s") % {"row": number, "words": top_row})
            for number, top_row in tab.layout.get("tops", [])
        ]
        offer(self.fields["header"], rows)


class EncodingForm(forms.Form):
    """In which encoding the names of a text are right, by a sample of each that fits; none is chosen beforehand."""

    sheet = forms.IntegerField(widget=forms.HiddenInput)
    encoding = forms.ChoiceField(
        label=_("The names are"),
        widget=forms.RadioSelect,
        help_text=_("None of these? Save the file as xlsx, or as csv in UTF-8, and choose it again."),
    )

    def __init__(self, tab: ImportSheet, data: Any = None) -> None:
        initial = {"sheet": tab.number, "encoding": tab.layout.get("encoding", "")}
        super().__init__(data, initial=initial, auto_id=f"letters-{tab.number}-%s")
        offer(self.fields["encoding"], [(known, _sample(text)) for known, text in tab.layout["readings"]])


def _sample(text: str) -> str:
    """The names of "Zoë (Windows-1252)", and beside them what the encoding is called."""
    names, _, encoding = text.removesuffix(")").rpartition(" (")
    return format_html('<span><strong>{}</strong> <span class="muted">{}</span></span>', names, encoding)


class ColumnsForm(forms.Form):
    """How a file is laid out: one question a column, and what no column says."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ImportKind.choices)
    day = DayField(
        label=_("Day of all readings"),
        required=False,
        help_text=_("Where no column says it. For a Sales Navigator export: the last day of its range."),
        misspelt=_("Write the day like 2026-11-24."),
    )
    order = forms.ChoiceField(
        label=_("03/04/2026 is"), choices=[("dmy", _("3 April 2026")), ("mdy", _("4 March 2026"))], required=False
    )
    measure = forms.ChoiceField(
        label=_("The months hold"),
        choices=[(what, LABELS[what]) for what in (headings.TOTAL, *Pillar)],
        required=False,
        help_text=_("Of a sheet with one column a month."),
    )
    sheet = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, tab: ImportSheet, layout: Layout, data: Any = None) -> None:
        initial = {"sheet": tab.number, "kind": layout.kind, "day": layout.day, "order": layout.order[:3]}
        initial |= {"measure": layout.measure}
        initial |= {_field(column): what for column, what in layout.columns.items()}
        super().__init__(data, initial=initial, auto_id=f"columns-{tab.number}-%s")
        self.before = layout
        if samples := _both_ways(tab):
            self.fields["order"].label = _("Days in this file")
            orders = [(order, _sentence(samples, order)) for order in (days.DMY, days.MDY)]
            unsaid = [("", _("say which of the two it is"))] if layout.order == days.UNKNOWN else []
            offer(self.fields["order"], [*unsaid, *orders])
        self.headings = tab.layout.get("headings", [])
        this_month = Month.of(tab.upload.team.organization.today())
        months = {str(month) for month in months_between(this_month - 12 * YEARS_BACK, this_month)}
        months |= {what for what in layout.columns.values() if headings.is_month(what)}
        choices = [
            ("", LEFT_OUT),
            *LABELS.items(),
            (_("Month"), [(month, month) for month in sorted(months, reverse=True)]),
        ]
        examples = tab.layout.get("examples", [])
        for column, heading in enumerate(tab.layout.get("headings", [])[:MOST_COLUMNS]):
            self.fields[_field(column)] = forms.ChoiceField(
                label=f"{letters(column)}: {heading or _('no heading')}",
                help_text=examples[column] and escape(examples[column]),
                choices=choices,
                required=False,
            )

    def columns(self) -> list[forms.BoundField]:
        """The questions about columns."""
        return [field for field in self if field.name.startswith("column-")]

    def layout(self) -> Layout:
        """What was answered. Only months count in a sheet, and none elsewhere."""
        data = self.cleaned_data
        meanings = {int(name[7:]): what for name, what in data.items() if name.startswith("column-") and what}
        kind, order = TableKind(data["kind"]), self.before.order
        if order == days.UNKNOWN:
            meanings |= {
                column: str(month)
                for column, heading in enumerate(self.headings)
                if column not in meanings
                and days.readable_both_ways(heading)
                and (month := days.month(heading, order=data["order"]))
            }
        fit = {
            column: what
            for column, what in meanings.items()
            if (headings.is_month(what) if kind == TableKind.SHEET else not headings.is_month(what))
            or what in (headings.NAME, headings.LAST_NAME, headings.EMAIL)
        }
        measure = data["measure"] if kind == TableKind.SHEET and data["measure"] else headings.TOTAL
        if days.TURNED not in order:
            order = data["order"] or (days.UNKNOWN if order == days.UNKNOWN else days.DMY)
        return replace(
            self.before, kind=kind, columns=fit, order=order, day=data["day"], measure=measure, other_title=""
        )

    def clean(self) -> None:
        """No two columns are the same."""
        meanings = [what for name, what in self.cleaned_data.items() if name.startswith("column-") and what]
        for what in {what for what in meanings if meanings.count(what) > 1}:
            raise forms.ValidationError(_("Two columns cannot both be: %(what)s.") % {"what": LABELS.get(what, what)})


def _both_ways(tab: ImportSheet) -> list[str]:
    """Two days of a tab, at most, that can be read in two ways."""
    below = [cell for example in tab.layout.get("examples", []) for cell in example.split(" · ")]
    return list(filter(days.readable_both_ways, [*tab.layout.get("headings", []), *below]))[:2]


def _sentence(samples: list[str], order: str) -> str:
    """What the days are in that order, as `11/9/2026 is 11 September 2026`."""
    sentence = gettext("%(written)s is %(day)s")
    days_read = [(one, days.day(one, order)) for one in samples]
    return " · ".join(sentence % {"written": one, "day": day(known)} for one, known in days_read if known)


def _field(column: int) -> str:
    return f"column-{column}"
