"""Who asks, and from where, for what is recorded during a request."""

from collections.abc import Callable

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from teams.actions.audit import Origin, acting


def audit_origin(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: entries of the log that a request makes name its user and IP address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with acting(Origin(request.user, lambda: _address(request))):
            return get_response(request)

    return middleware


def _address(request: HttpRequest) -> str | None:
    """The one by which guessing is slowed down: of forwarded ones, only what our own proxies say."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return None
