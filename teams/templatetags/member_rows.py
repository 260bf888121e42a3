"""The rows of a team's page. No queries: the value of a row says all of it."""

from typing import Any

from django import template

from teams.queries.people.member_rows import MemberRow
from teams.templatetags.cached_tags import part

register = template.Library()


@part(register, "team/_member.html")
def member_row(row: MemberRow, is_ticked: bool) -> dict[str, Any]:
    """A member of a team with their menu, for whoever manages it."""
    return {"row": row, "menu": row.menu, "is_ticked": is_ticked}
