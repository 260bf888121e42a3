"""Form fields that understand how people write."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from teams.rules.people.names import LONGEST_ADDRESS, LONGEST_NAME, canonical_address, normalized_name
from teams.words.figures import figure
from teams.words.translation import Words

A_DAY = _("Write the day like 2026-12-24.")
FIRST_YEAR, LAST_YEAR = 2000, 2199


def offer(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a form's field offer these choices."""
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def offer_rows(field: forms.Field, rows: QuerySet[Any]) -> None:
    """Let a form's field offer these rows."""
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class DayField(forms.DateField):
    """A day of 2000 to 2199, picked in the browser's own calendar or written like 2026-12-24."""

    def __init__(self, *, misspelt: Words = A_DAY, missing: Words | None = None, **options: Any) -> None:
        errors = dict.fromkeys(["invalid", "out_of_time"], misspelt) | {"required": missing or misspelt}
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, error_messages=errors, **options)

    def to_python(self, value: Any) -> date | None:
        """The day; a sentence for what is none, or out of time."""
        day = super().to_python(value)
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["out_of_time"], code="out_of_time")
        return day


class NameField(forms.CharField):
    """A person's name, as it is stored: see `normalized_name`."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"label": _("Name"), "max_length": LONGEST_NAME}
        super().__init__(**defaults | options)

    def to_python(self, value: Any) -> str:
        """The name as it is stored."""
        return normalized_name(super().to_python(value) or "")


class AddressField(forms.EmailField):
    """An e-mail address, as it is stored and compared: see `canonical_address`."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"label": _("E-mail"), "max_length": LONGEST_ADDRESS}
        super().__init__(**defaults | options)

    def to_python(self, value: Any) -> str:
        """The address as it is stored."""
        return canonical_address(super().to_python(value) or "")


class PointsField(forms.DecimalField):
    """Points with a decimal point or comma: 9.84 or 9,84."""

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)

    def prepare_value(self, value: Any) -> Any:
        """A known 3.700 stands in the field as its reader writes it: 3.7 or 3,7."""
        return figure(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """The points; a sentence for what is no number, or a long one."""
        if isinstance(value, str):
            value = value.replace(",", ".").replace("\N{NO-BREAK SPACE}", "").strip()
            if len(value) > 12 or "e" in value.lower():
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class WholeField(forms.IntegerField):
    """A whole number, typed on a phone's number pad; a percent sign is taken off."""

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)

    def to_python(self, value: Any) -> int | None:
        """The number, without the percent sign that may stand behind it."""
        if isinstance(value, str):
            value = value.replace("%", "").replace("\N{NO-BREAK SPACE}", "").strip()
        return super().to_python(value)
