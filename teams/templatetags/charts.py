"""Pictures of figures as SVG: geometry from `rules.charts`, looks from the style sheet, no queries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from teams.rules.insights import charts
from teams.rules.insights.charts import Frame, Points
from teams.rules.measure import TYPICAL, Pillar
from teams.rules.months import Month
from teams.rules.scores import Change
from teams.templatetags.cached_tags import part
from teams.templatetags.scatter import amount
from teams.templatetags.words import month_name, month_short
from teams.words.measure import PILLAR_NAMES
from teams.words.translation import Words

register = template.Library()


@register.filter
def pillar_name(pillar: str) -> Words:
    """`brand` as people read it: `Professional brand`."""
    return PILLAR_NAMES[pillar]


@register.simple_tag
def standing(row: dict[str, Any], month: Month | None = None) -> SafeString:
    """A row of the standings; what `parts/row.html` reads of it is hashable."""
    return _standing(month, tuple(row), *row.values())


@part(register, "parts/row.html")
def _standing(month: Month | None, names: tuple[str, ...], *values: Any) -> dict[str, Any]:
    return {"row": dict(zip(names, values, strict=True)), "month": month}


@part(register, "parts/change.html")
def change(change: Change | None, month: Month | None = None) -> dict[str, Any]:
    """▲ +3, ▼ −2 or ● steady; the month it is compared with is written unless it is the one before."""
    return {"change": change, "says_since": change is not None and (month is None or change.since != month - 1)}


@part(register, "parts/climb.html")
def climb(climb: int | None) -> dict[str, Any]:
    """▲ 2, ▼ 1 or ● for places gained and lost; nothing for None."""
    direction = "steady" if not climb else "up" if climb > 0 else "down"
    return {"climb": climb, "places": abs(climb or 0), "direction": direction}


@part(register, "parts/share.html")
def share(value: int | Decimal, most: int | Decimal | None = None) -> dict[str, Any]:
    """A score on its way to 100, or to `most`, drawn on the line under its row."""
    return {"percent": round(100 * float(value) / float(most or 100), 1)}


@part(register, "parts/charts/sparkline.html")
def sparkline(points: Points, label: str = "") -> dict[str, Any]:
    """A score over months in the height of a line. Points are (Month, total), None for a month without."""
    known = charts.present(points)
    if not known:
        return {}
    low, high = charts.span([total for _, total in known], least=10, step=5)
    frame = Frame(points[0][0], points[-1][0], low, high, 96, 28, left=4, right=4, top=4, bottom=4)
    last, end = known[-1]
    words = _from_to(known)
    return {
        "line": charts.line(points, frame),
        "bridges": charts.bridges(points, frame),
        "end": (frame.x(last), frame.y(end)),
        "label": f"{label}: {words}" if label else words,
    }


@part(register, "parts/charts/sparkline.html")
def count_line(points: Points) -> dict[str, Any]:
    """What somebody counted over months in the height of a line, from nothing up. Points as for `sparkline`."""
    known = charts.present(points)
    if not known:
        return {}
    highest = max(1, ceil(max(value for _, value in known)))
    frame = Frame(points[0][0], points[-1][0], 0, highest, 96, 28, left=4, right=4, top=4, bottom=4)
    last, end = known[-1]
    return {
        "line": charts.line(points, frame),
        "bridges": charts.bridges(points, frame),
        "end": (frame.x(last), frame.y(end)),
        "label": _from_to([(month, amount(value)) for month, value in known]),
    }


@part(register, "parts/coverage.html")
def coverage(submitted: int, expected: int, month: Month | None = None) -> dict[str, Any]:
    """How many are in, a seat for each: `11 of 14 in`, with a month `November: 11 of 14 in`."""
    return {
        "submitted": submitted,
        "expected": expected,
        "month": month,
        "seats": charts.seats(submitted, expected),
    }


@register.inclusion_tag("parts/charts/pillar_profile.html")
def pillar_profile(
    pillars: Mapping[Pillar, Decimal | None],
    typical: Mapping[Pillar, Decimal] | None = None,
    industry: Mapping[Pillar, Decimal] | None = None,
    coach: str | None = None,
) -> dict[str, Any]:
    """Four bars of 25 with a mark for the typical profile (or the industry's); `coach` names the pillar to work on."""
    compared = industry or typical or TYPICAL
    rows = [
        {
            "name": PILLAR_NAMES[pillar],
            "value": pillars.get(pillar),
            "width": float(pillars.get(pillar) or 0) * 4,
            "compared": compared[pillar],
            "mark": float(compared[pillar]) * 4,
            "coach": pillar == coach,
        }
        for pillar in Pillar
    ]
    return {"rows": rows, "of_industry": bool(industry)}


@register.inclusion_tag("parts/charts/months_chart.html")
def months_chart(
    totals: Points,
    pillars: Mapping[Pillar, Points] | None = None,
    goal: int | None = None,
    industry: Points = (),
    marks: Collection[date] = (),
    label: str = "",
) -> dict[str, Any]:
    """Totals over months with goal, industry average and recalibration marks; pillars as four small charts.

    Points are (Month, value), None for a month without a reading, the same months in every series.
    """
    known = charts.present(totals)
    label = label or _("Score by month")
    if not known:
        return {"label": label}
    pillars = {pillar: points for pillar, points in (pillars or {}).items() if charts.present(points)}
    months = [month for month, _ in totals]
    values = [value for _, value in [*known, *charts.present(industry)]] + ([] if goal is None else [goal])
    low, high = charts.span(values, least=20)
    frame = Frame(months[0], months[-1], low, high, 100, 240, left=8, right=5, top=46 if marks else 30, bottom=28)
    return {
        "label": label,
        "summary": f"{label}: {_from_to(known)}",
        "height": 240,
        "grid": [
            (value, frame.y(value), goal is None or abs(frame.y(value) - frame.y(goal)) > 14)
            for value in charts.ticks(low, high)
        ],
        "months": _month_labels(months, frame),
        "line": charts.line(totals, frame),
        "bridges": charts.bridges(totals, frame),
        "dots": [(frame.x(month), frame.y(value)) for month, value in known],
        "end": (frame.x(known[-1][0]), frame.y(known[-1][1]), known[-1][1]),
        "goal": goal and (frame.y(goal), goal),
        "industry": charts.line(industry, frame),
        "industry_label": _label(industry, totals, frame),
        "marks": [
            (frame.x_of_day(day), date_format(day, "SHORT_DATE_FORMAT"), frame.x_of_day(day) > 50)
            for day in marks
            if months[0].first_day <= day <= months[-1].last_day
        ],
        "small": [_small(pillar, points) for pillar, points in pillars.items()],
        "rows": _rows(totals, pillars, dict(industry)),
        "names": [PILLAR_NAMES[pillar] for pillar in pillars],
    }


def _from_to(known: Sequence[tuple[Month, Any]]) -> str:
    """A series in words, for those who cannot see its line."""
    (first, start), (last, end) = known[0], known[-1]
    if first == last:
        return str(end)
    values = {"start": start, "first": month_name(first), "end": end, "last": month_name(last)}
    return _("from %(start)s in %(first)s to %(end)s in %(last)s") % values


def _month_labels(months: list[Month], frame: Frame) -> list[dict[str, Any]]:
    """Month names under the chart; `rare` ones stay where there is little room, years stand in January."""
    common, rare = charts.every(len(months), 14), charts.every(len(months), 5)
    count = len(months) - 1
    return [
        {
            "x": frame.x(month),
            "text": month_short(month),
            "year": month.year if month.number == 1 else "",
            "rare": (count - n) % rare == 0,
        }
        for n, month in enumerate(months)
        if (count - n) % common == 0
    ]


def _label(points: Points, beside: Points, frame: Frame) -> dict[str, Any] | None:
    """Where a line's name stands: at the end further from the other line, on the side away from it."""
    other = dict(charts.present(beside))
    both = [(month, value, Decimal(value - other[month])) for month, value in charts.present(points) if month in other]
    if not both:
        return None
    month, value, above = max(both[-1], both[0], key=lambda end: abs(end[2]))
    return {
        "x": frame.x(month),
        "y": frame.y(value),
        "dy": -8 if above > 0 else 18,
        "ends": month == both[-1][0],
        "value": value,
    }


def _end(points: Points, frame: Frame) -> tuple[float, float, Any] | None:
    known = charts.present(points)
    return (frame.x(known[-1][0]), frame.y(known[-1][1]), known[-1][1]) if known else None


def _small(pillar: Pillar, points: Points) -> dict[str, Any]:
    """One pillar over the months on its own scale of 25, with the typical value as a line."""
    frame = Frame(points[0][0], points[-1][0], 0, 25, 100, 64, left=2, right=4, top=4, bottom=4)
    return {
        "name": PILLAR_NAMES[pillar],
        "line": charts.line(points, frame),
        "bridges": charts.bridges(points, frame),
        "end": _end(points, frame),
        "typical": frame.y(TYPICAL[pillar]),
        "base": frame.y(0),
    }


def _rows(totals: Points, pillars: Mapping[Pillar, Points], industry: Mapping[Month, Any]) -> list[dict[str, Any]]:
    """The chart's table, the latest month first."""
    by_pillar = [dict(pillars[pillar]) for pillar in Pillar if pillar in pillars]
    return [
        {
            "month": month,
            "total": total,
            "pillars": [values.get(month) for values in by_pillar],
            "industry": industry.get(month),
        }
        for month, total in reversed(totals)
    ]
