"""What programs send, read so that all of its texts can be stored."""

import json
from typing import Any, cast

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from teams.api.problems import invalid


class TextParser(Parser):
    """Reads bodies and addresses; refuses texts that no database takes: with NUL, or with half a letter."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The body as JSON; ValueError, which is answered as unreadable, for what is none or holds such a text."""
        return cast(dict[str, Any], json.loads(request.body, object_pairs_hook=_object))

    def parse_querydict(self, data: MultiValueDict, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        """The parameters of an address by name; Problem for one with such a text."""
        wrong = [name for name, values in data.lists() if any("\0" in value for value in values)]
        if wrong:
            sentence = _("This is not what belongs here: see the description.")
            raise invalid({name: [sentence] for name in wrong})
        return super().parse_querydict(data, list_fields, request)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; ValueError where a text in it cannot be stored."""
    for _name, value in pairs:
        if isinstance(value, str) and b"\0" in value.encode():
            raise ValueError(value)
    return dict(pairs)
