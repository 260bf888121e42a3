"""Days that somebody notes: leave, holidays, and changes of LinkedIn's formula."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import DayField
from teams.rules.sheets.holidays import NationalHolidays, read_holidays

WHICH = _("Which day?")
LONGEST_LEAVE = 731
MOST_HOLIDAYS = 300
YEARS = 3
"""For how many years holidays are filled in."""


class LeaveForm(forms.Form):
    """From a day to a day, both included."""

    starts_on = DayField(label=_("First day"), missing=WHICH)
    ends_on = DayField(label=_("Last day"), missing=WHICH)

    def clean(self) -> None:
        """The last day is not before the first, and two years after it at most."""
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        elif first and last and (last - first).days >= LONGEST_LEAVE:
            self.add_error("ends_on", _("An absence is two years at most."))


class HolidaysForm(forms.Form):
    """The company's holidays, one a line; in their order once they are stored."""

    holidays = forms.CharField(
        label=_("Holidays"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14, "placeholder": _("2026-12-25 Christmas")}),
        help_text=_("One day a line, such as 2026-12-25 or 25.12.2026. A name may follow; it is not saved."),
    )

    def clean_holidays(self) -> list[date]:
        """The days; a sentence for each line that is none."""
        day_by_line = read_holidays(self.cleaned_data["holidays"])
        if day_by_line.unclear:
            sentence = _("“%(line)s” does not begin with a day. Write it like 2026-12-25.")
            raise forms.ValidationError(
                [forms.ValidationError(sentence, params={"line": line[:60]}) for line in day_by_line.unclear[:10]]
            )
        if len(day_by_line.days) > MOST_HOLIDAYS:
            raise forms.ValidationError(
                _("List at most %(most)s days; drop those of past years."), params={"most": MOST_HOLIDAYS}
            )
        return day_by_line.days


class NationalHolidaysForm(forms.Form):
    """Whose holidays are filled in, and of which years; `regions_of` is the country whose regions can be chosen."""

    country = forms.ChoiceField(label=_("Country"))
    region = forms.ChoiceField(label=_("Region"), required=False)
    regions_of = forms.CharField(required=False, widget=forms.HiddenInput)
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, known: NationalHolidays, today: date, data: Mapping[str, Any] | None = None) -> None:
        """The regions of the country that is meant, and years from this one on."""
        super().__init__(data, initial={"country": known.country, "year": today.year, "regions_of": known.country})
        years = range(today.year, today.year + YEARS)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "country": [("", _("Choose")), *known.countries],
            "region": [("", _("The whole country")), *known.regions],
            "year": [(year, str(year)) for year in years],
        }
        for name, values in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = values
        if not known.regions:
            del self.fields["region"]


class RecalibrationForm(forms.Form):
    """The day on which LinkedIn changed its formula."""

    day = DayField(label=_("Day"), missing=WHICH)
