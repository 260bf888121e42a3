"""Pages that are the same for many: made once, with holes for what is somebody's own, and filled for each."""

import re
from secrets import token_hex
from types import SimpleNamespace
from typing import Any

from django.middleware.csrf import get_token
from django.utils.html import escape

from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import Viewer

_OURS = token_hex(8)
"""Nobody outside of this process can write a hole."""
_HOLE = re.compile(rf"hole-(\w+)-{_OURS}")


def hole(name: str) -> str:
    """What stands in a page instead of a part."""
    return f"hole-{name}-{_OURS}"


def frame(who: Viewer) -> dict[str, Any]:
    """What `base.html` reads of a person, with holes: the rest of the frame is the same for whoever has their role."""
    member = SimpleNamespace(pk=hole("me"), name=hole("name"), is_admin=who.member.is_admin)
    return {
        "viewer": SimpleNamespace(
            member=member,
            competing=who.competing,
            erased_at=who.member.erased_at,
            unread=hole("unread"),
            unread_in_title=hole("unread_in_title"),
        ),
        "user": SimpleNamespace(is_authenticated=True, email=hole("email")),
        "csrf_token": hole("csrf"),
    }


def cut(page: str) -> list[str]:
    """A page cut at its holes: texts, and between them the names of the holes."""
    return _HOLE.split(page)


def filled(page: list[str], request: SignedInRequest, who: Viewer, **parts: str) -> str:
    """The page that was cut, for one person; the parts are HTML, by the names of their holes."""
    person = {"me": who.member.pk, "name": who.member.name, "email": request.user.email, "csrf": get_token(request)}
    person |= {"unread": who.unread, "unread_in_title": who.unread_in_title}
    return fill(page, {name: escape(value) for name, value in person.items()} | parts)


def fill(page: list[str], parts: dict[str, str]) -> str:
    """The page that was cut, with HTML in those holes; the others stay."""
    names = page[1::2]
    page = page.copy()
    page[1::2] = [parts[name] if name in parts else hole(name) for name in names]
    return "".join(page)
