"""Business figures: what is counted, and a month of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from teams.models import Counter, Member
from teams.rules.months import Month
from teams.rules.sheets.figures import amount


class CounterForm(forms.ModelForm):
    """What a team counts."""

    class Meta:
        model = Counter
        fields = ["name", "unit"]
        help_texts = {
            "name": _("Such as “Meetings from LinkedIn”, “Deals” or “Revenue”."),
            "unit": _("Such as € or hours; it stands behind the name. Empty where the name says it."),
        }


class AmountField(forms.CharField):
    """How much of it: 12, 1.250,50 or 1,250.50."""

    def __init__(self, **options: Any) -> None:
        attributes = {"inputmode": "decimal", "autocomplete": "off", "size": 10}
        super().__init__(required=False, max_length=30, widget=forms.TextInput(attrs=attributes), **options)

    def prepare_value(self, value: Any) -> Any:
        """A known figure stands in the field as people write it."""
        return number_format(plain(value)) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        """The amount, however it is written; None where nothing is."""
        written = super().clean(value)
        if not written:
            return None
        number = amount(written)
        if number is None:
            raise forms.ValidationError(_("Write a number such as 12 or 1250,50, or nothing."))
        return number


class MonthOfFiguresForm(forms.Form):
    """One figure for each rep; where it is played for, with the reason of what is changed."""

    def __init__(
        self, data: Any, members: Iterable[Member], known: Mapping[int, Decimal], *, asks_why: bool = False
    ) -> None:
        super().__init__(data)
        for member in members:
            self.fields[f"figure-{member.pk}"] = AmountField(label=member.name, initial=known.get(member.pk))
        if asks_why:
            self.fields["reason"] = reason_field()

    def figures(self) -> list[forms.BoundField]:
        """The fields of the reps."""
        return [field for field in self if field.name.startswith("figure-")]

    def cells(self, month: Month) -> dict[tuple[int, Month], Decimal | None]:
        """What was typed, by member and month."""
        typed = {field.name: self.cleaned_data[field.name] for field in self.figures()}
        return {(int(name.removeprefix("figure-")), month): value for name, value in typed.items()}


class OwnFiguresForm(forms.Form):
    """Somebody's own figures of a month, one for each counter; a reason where another person entered one of them."""

    def __init__(self, data: Any, counters: Iterable[Counter], known: Mapping[int, Decimal], *, asks_why: bool) -> None:
        super().__init__(data)
        self.counters = list(counters)
        for counter in self.counters:
            self.fields[f"figure-{counter.pk}"] = AmountField(label=str(counter), initial=known.get(counter.pk))
        if asks_why:
            self.fields["reason"] = reason_field()

    def values(self) -> dict[Counter, Decimal | None]:
        """What was typed, by counter."""
        return {counter: self.cleaned_data[f"figure-{counter.pk}"] for counter in self.counters}


def reason_field() -> forms.CharField:
    """Why a figure is changed; whether it is needed is decided where it is stored."""
    return forms.CharField(label=_("Reason for changes"), max_length=200, required=False)


def plain(value: Decimal) -> Decimal:
    """Without cents where there are none."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
