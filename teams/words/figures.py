"""Figures, days and lists of names as people say them, in the reader's language."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext

from teams.rules.counters import Counted
from teams.rules.months import Month

MINUS = "\N{MINUS SIGN}"
NO_BREAK = "\N{NO-BREAK SPACE}"


def day(value: date) -> str:
    """`23 November 2026`."""
    return date_format(value, "DATE_FORMAT")


def day_short(value: date) -> str:
    """`23 Nov`."""
    return date_format(value, "SHORT_MONTH_DAY_FORMAT")


def month_name(month: Month) -> str:
    """`November 2026`."""
    return date_format(month.first_day, "YEAR_MONTH_FORMAT")


def month_short(month: Month) -> str:
    """`Nov`; `nov.` in French, `nov` in Spanish."""
    return date_format(month.first_day, "SHORT_MONTH_FORMAT")


def figure(value: Decimal) -> str:
    """Without trailing zeros: `5`, `2.5`."""
    text = f"{value:f}"
    return number_format(text.rstrip("0").rstrip(".") if "." in text else text)


def exact(value: Decimal | None) -> str:
    """A pillar as LinkedIn shows it: up to three decimals, without trailing zeros; nothing for None."""
    return "" if value is None else number_format(f"{value:.3f}".rstrip("0").rstrip("."))


def amount(value: Decimal | float) -> str:
    """What is counted, `1,250` or `2.50`."""
    return number_format(value, 0 if value == int(value) else 2, force_grouping=True)


def amount_of(counter: Counted, value: Decimal) -> str:
    """The same with what it is counted in: `1,250 €`; the number alone where that says it all."""
    return f"{amount(value)}{NO_BREAK}{counter.unit}" if counter.unit else amount(value)


def signed_amount_of(counter: Counted, value: Decimal) -> str:
    """The same of a change: `+1,250 €`, `−2` with a real minus sign."""
    return ("+" if value > 0 else "") + amount_of(counter, value).replace("-", MINUS)


def tenth(value: Decimal | None) -> str:
    """A pillar or a mean to one decimal, `13.1`; nothing for None."""
    return "" if value is None else number_format(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def signed(value: Decimal | int) -> str:
    """`+3`, `−2` with a real minus sign, `0`."""
    return ("+" if value > 0 else "") + figure(Decimal(value)).replace("-", MINUS)


def counted(value: Decimal | int) -> int:
    """The number that decides between "point" and "points": 2.5 of something are several."""
    return int(value) if value == int(value) else 2


def days_left_words(days: int) -> str:
    """`7 days left`, with today; `last day`."""
    if days == 1:
        return gettext("last day")
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}


def ordinal(place: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`; `4.` in German, `1er` and `4e` in French, `4.º` in Spanish."""
    match (get_language() or "en")[:2]:
        case "de":
            return f"{place}."
        case "fr":
            return "1er" if place == 1 else f"{place}e"
        case "es":
            return f"{place}.º"
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def listed_with(names: Sequence[object], more: int) -> str:
    """`Ada, Ben and 3 more`; as `listed` where there are no more."""
    others = [ngettext("%(count)s more", "%(count)s more", more) % {"count": more}] if more else []
    return listed([*names, *others])


def listed(names: Iterable[object]) -> str:
    """`Ada, Ben and Cleo`; nothing for nobody."""
    *others, last = [str(name) for name in names] or [""]
    return gettext("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last} if others else last
