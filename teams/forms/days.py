"""Days that somebody notes: leave, and changes of LinkedIn's formula."""

from typing import Any

from django import forms

LONGEST_LEAVE = 731


class DayField(forms.DateField):
    """A day, picked or written like 2026-12-24."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        errors = {"invalid": "Write the day like 2026-12-24.", "required": "Which day?"}
        super().__init__(widget=widget, error_messages=errors, **options)


class LeaveForm(forms.Form):
    """From a day to a day, both included."""

    starts_on = DayField(label="First day")
    ends_on = DayField(label="Last day")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day is before the first.")
        elif first and last and (last - first).days >= LONGEST_LEAVE:
            self.add_error("ends_on", "A leave is two years at most.")
        return data


class RecalibrationForm(forms.Form):
    """The day on which LinkedIn changed its formula."""

    day = DayField()
