"""Figures and months as people say them: signs, places, names of months."""

from decimal import ROUND_HALF_UP, Decimal

from django import template
from django.utils.formats import date_format, number_format

from teams.rules.months import Month
from teams.rules.scores import Change

MINUS = "\N{MINUS SIGN}"

register = template.Library()


@register.filter
def signed(value: int) -> str:
    """`+3`, `−2` with a real minus sign, `0`."""
    return f"{MINUS}{-value}" if value < 0 else f"+{value}" if value else "0"


@register.filter
def points_gained(points: Decimal | None) -> str:
    """`+5`, `−2.5`, `0`; a dash where nothing can be compared yet."""
    if points is None:
        return "\N{EN DASH}"
    return ("+" if points > 0 else "") + exact(points).replace("-", MINUS)


@register.filter
def ordinal(place: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


@register.filter
def month_name(month: Month) -> str:
    """`November 2026`."""
    return date_format(month.first_day, "F Y")


@register.filter
def month_short(month: Month) -> str:
    """`Nov`."""
    return date_format(month.first_day, "M")


@register.filter
def change_short(change: Change | None) -> str:
    """`+6`, `−2`, `steady`; nothing without an earlier score."""
    if change is None:
        return ""
    return "steady" if change.direction == "steady" else signed(change.points)


@register.filter
def change_words(change: Change | None) -> str:
    """`+6 since Aug`, `steady since Aug`; `first score` without an earlier one."""
    return f"{change_short(change)} since {month_short(change.since)}" if change else "first score"


@register.filter
def climb_words(climb: int | None) -> str:
    """`up 2 places`, `down 1 place`, `same place`; nothing where there is nothing to compare."""
    if climb is None:
        return ""
    places = "place" if abs(climb) == 1 else "places"
    return f"{'up' if climb > 0 else 'down'} {abs(climb)} {places}" if climb else "same place"


@register.filter
def exact(value: Decimal | None) -> str:
    """A pillar as LinkedIn shows it: up to three decimals, without trailing zeros; nothing for None."""
    if value is None:
        return ""
    plain = f"{value:.3f}".rstrip("0").rstrip(".")
    return number_format(plain)


@register.filter
def tenth(value: Decimal | None) -> str:
    """A pillar or a mean to one decimal, `13.1`; nothing for None."""
    return "" if value is None else number_format(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


@register.filter
def add_months(month: Month, count: int) -> Month:
    """The month that many months later; earlier where it is negative."""
    return month + count


FLAGS = {
    "sum": "pillars do not add up",
    "jump": "more than 15 points in a month",
    "same_digits": "the very digits of the month before",
}


@register.filter
def flag_words(flag: str) -> str:
    """What a flag of `rules.scores.flags` says to a manager."""
    return FLAGS[flag]
