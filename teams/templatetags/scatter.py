"""A chart of dots: scores to the right, a business figure upwards. No line through them: it would claim too much."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format

from teams.models.figures import Dot
from teams.rules.insights import charts
from teams.rules.insights.charts import Value
from teams.words import figures
from teams.words.figures import tenth

register = template.Library()

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 340, 9, 3, 40, 48


@register.filter
def amount(value: Value | None) -> str:
    """`1,250` or `2.5` as the language writes it; nothing for None."""
    return "" if value is None else figures.amount(value)


@register.filter
def coefficient(value: float) -> str:
    """`+0.31`, `−0.07`."""
    return f"{'−' if value < 0 else '+'}{number_format(Decimal(str(abs(round(value, 2)))), 2)}"


@register.inclusion_tag("parts/charts/scatter.html")
def scatter(dots: Sequence[Dot], counted: str) -> dict[str, Any]:
    """Each rep's score and figure; `counted` is what the figure is."""
    low, high = charts.span([dot.score for dot in dots], least=20)
    upwards = charts.axis(max((dot.figure for dot in dots), default=Decimal(0)))
    return {
        "counted": counted,
        "height": HEIGHT,
        "base": HEIGHT - BOTTOM,
        "upwards": [(amount(tick), _y(tick, upwards[-1])) for tick in upwards],
        "rightwards": [(tick, _x(tick, low, high)) for tick in charts.ticks(low, high)],
        "dots": [_dot(dot, _x(dot.score, low, high), _y(dot.figure, upwards[-1])) for dot in dots],
        "rows": dots,
    }


def _dot(dot: Dot, x: float, y: float) -> dict[str, Any]:
    """Where it is, and what is said of it: `Ada Lovelace: 61.0, 12`."""
    name = f"{dot.member}: {tenth(dot.score)}, {amount(dot.figure)}"
    return {"name": name, "x": x, "y": y, "anchor": charts.anchor(x)}


def _x(score: Value, low: int, high: int) -> float:
    """Percent from the left."""
    return round(LEFT + (float(score) - low) / (high - low) * (100 - LEFT - RIGHT), 2)


def _y(figure: Value, highest: Value) -> float:
    """Pixels from the top."""
    return round(TOP + (1 - float(figure) / float(highest)) * (HEIGHT - TOP - BOTTOM), 2)
