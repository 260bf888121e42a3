"""Who manages is led to set up a second factor, where their organization asks for one."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from teams.views.shared.requests import Request, page_name
from teams.views.shared.viewer import viewer_of

SETTING_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_logout",
}
"""What sets one up, which asks for the password, or for another one where that is forgotten; and the way out."""
OPEN_BY_A_SECRET = {
    "accept_invitation",
    "confirm_address",
    "display",
    "embedded_board",
    "news",
    "shared_board",
    "slack_command",
    "submit_link",
    "unsubscribe",
}
"""What opens for whoever has its key, whoever is signed in in that browser."""
THE_SAME_FOR_EVERYBODY = {
    "display_check",
    "display_worker",
    "healthz",
    "help",
    "kept",
    "manifest",
    "metrics",
    "offline",
    "readyz",
    "service_worker",
    "theme",
}
"""What anybody or a machine may read, and what tells nothing of anybody."""
WITHOUT = SETTING_UP | OPEN_BY_A_SECRET | THE_SAME_FOR_EVERYBODY
"""The names of all addresses at which nobody is led to the set-up."""


class SecondFactor:
    """A middleware: whoever needs a second factor and has none is led to set one up, whatever they ask for."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """The answer, unless `process_view` leads elsewhere."""
        return self.get_response(request)

    def process_view(self, request: Request, *_: object) -> HttpResponse | None:
        """The way to the set-up, for whoever is signed in without."""
        if page_name(request) in WITHOUT or not _is_needed(request):
            return None
        return HttpResponseClientRedirect(reverse("mfa_index")) if request.htmx else redirect("mfa_index")


def _is_needed(request: Request) -> bool:
    try:
        return viewer_of(request).needs_second_factor
    except Http404:
        return False
