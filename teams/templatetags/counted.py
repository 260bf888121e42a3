"""Figures of challenges: points, or what a team counts itself, in what it is counted in."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from django import template
from django.utils.translation import gettext as _

from teams.rules.counters import Counted
from teams.rules.months import Month
from teams.words import figures

register = template.Library()
DASH = "–"


class Read(Protocol):
    """A value with the day that it is of."""

    as_read: Decimal
    taken_on: date


@register.filter
def figure_in(value: Decimal | None, counter: Counted | None) -> str:
    """`15`, `6.4`; `1,250 €` of what is counted; a dash for None."""
    if value is None:
        return DASH
    return figures.amount_of(counter, value) if counter else figures.exact(value)


@register.filter
def gained_in(value: Decimal | None, counter: Counted | None) -> str:
    """`+5`, `−2.5`, `+1,250 €`; a dash where nothing can be compared yet."""
    if value is None:
        return DASH
    return figures.signed_amount_of(counter, value) if counter else figures.signed(value)


@register.filter
def read_when(reading: Read, counter: Counted | None) -> str:
    """`55 on 3 Nov`; `12 in November 2026` of what is counted."""
    if counter:
        month = figures.month_name(Month.of(reading.taken_on))
        return _("%(amount)s in %(month)s") % {"amount": figures.amount_of(counter, reading.as_read), "month": month}
    day = figures.day_short(reading.taken_on)
    return _("%(as_read)s on %(day)s") % {"as_read": figures.exact(reading.as_read), "day": day}


@register.filter
def used_when(used: tuple[int, str, str], counter: Counted | None) -> str:
    """The same of what a result has stored of a reading: its id, its day and its value."""
    _id, day, value = used
    if counter:
        return figures.amount_of(counter, Decimal(value))
    return _("%(value)s on %(day)s") % {"value": value, "day": figures.day_short(date.fromisoformat(day))}
