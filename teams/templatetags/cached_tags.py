"""Tags for small parts of pages that few values say all of: made once in a process for each language, then kept."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.template import Library
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST = 1_000
"""How many of each kind are kept; a row of a board and what it is made from have 4 kB."""


def part(register: Library, template: str) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., SafeString]]:
    """Make a function a tag that shows a template with what it returns; its values are hashable and say everything."""

    def decorate(context_of: Callable[..., dict[str, Any]]) -> Callable[..., SafeString]:
        @lru_cache(maxsize=MOST, typed=True)
        def rendered(language: str, *values: Any) -> SafeString:
            return render_to_string(template, context_of(*values))

        @wraps(context_of)
        def tag(*values: Any) -> SafeString:
            return rendered(get_language(), *values)

        return register.simple_tag(tag)

    return decorate
