"""Menus of what can be done for somebody. No queries: the value of a menu says all of it."""

from collections.abc import Hashable
from typing import Any

from django import template

from teams.templatetags.cached_tags import part

register = template.Library()


@part(register, "team/_member_menu.html")
def member_menu(menu: Hashable) -> dict[str, Any]:
    """The menu of a member of a team, for whoever manages it."""
    return {"menu": menu}
