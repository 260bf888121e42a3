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
        fields = ["name"]
        help_texts = {"name": _("Such as “Meetings from LinkedIn”, “Deals” or “Revenue in €”.")}


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
        found = amount(written)
        if found is None:
            raise forms.ValidationError(_("Write a number such as 12 or 1250,50, or nothing."))
        return found


class MonthOfFiguresForm(forms.Form):
    """One figure for each rep."""

    def __init__(self, data: Any, members: Iterable[Member], known: Mapping[int, Decimal]) -> None:
        super().__init__(data)
        for member in members:
            self.fields[f"figure-{member.pk}"] = AmountField(label=member.name, initial=known.get(member.pk))

    def cells(self, month: Month) -> dict[tuple[int, Month], Decimal | None]:
        """What was typed, by member and month."""
        return {(int(name.removeprefix("figure-")), month): value for name, value in self.cleaned_data.items()}


def plain(value: Decimal) -> Decimal:
    """Without cents where there are none."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value
