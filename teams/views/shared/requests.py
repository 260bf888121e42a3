"""What a view is asked with: anybody's request, or that of somebody who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from teams.models import User
    from teams.queries.people.viewer import Viewer


class Request(HttpRequest):
    """Anybody's, after the middleware."""

    htmx: HtmxDetails
    viewer: Viewer
    """Once `viewer_of` was asked."""


class SignedInRequest(Request):
    """Of somebody who is signed in: what every view gets that is not `login_not_required`."""

    user: User


def page_name(request: HttpRequest) -> str:
    """The name of the address that was asked for; nothing where there is no such page."""
    match = request.resolver_match
    return (match and match.url_name) or ""
