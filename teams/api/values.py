"""Values as addresses and bodies write them, and as answers do."""

from decimal import Decimal

from ninja import Schema
from pydantic import ConfigDict

from teams.api.problems import not_there
from teams.queries.people.viewer import Viewer
from teams.rules.months import Month


class Body(Schema):
    """What is sent, each value of the kind that the description says: `true` is no id, and "5" no number."""

    model_config = ConfigDict(strict=True)


def month_of(text: str) -> Month:
    """A month as it is written; Problem for what is none: that is not there."""
    try:
        return Month.parse(text)
    except ValueError:
        raise not_there() from None


def open_month(viewer: Viewer, text: str) -> Month:
    """The same of a month that has a board; Problem for one that has not begun."""
    month = month_of(text)
    if not viewer.may_open(month):
        raise not_there()
    return month


def number(value: Decimal | int | None) -> float | None:
    """A figure as JSON has it."""
    return None if value is None else float(value)
