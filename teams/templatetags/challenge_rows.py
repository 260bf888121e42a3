"""The rows of a challenge's page. No queries: the value of a row says all of it."""

from typing import Any

from django import template

from teams.queries.challenges.page_rows import AskedRow, ProgressRow
from teams.templatetags.cached_tags import part

register = template.Library()


@part(register, "challenges/_asked_row.html")
def asked_row(row: AskedRow) -> dict[str, Any]:
    """Somebody who was asked, with their answer."""
    return {"row": row}


@part(register, "challenges/_progress_row.html")
def progress_row(row: ProgressRow, has_points: bool, confirmed_only: bool) -> dict[str, Any]:
    """How far somebody is; in a challenge that is about points with those still needed."""
    return {"row": row, "has_points": has_points, "confirmed_only": confirmed_only}
