"""A second factor for those who manage, where their organization asks for one."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from teams.views.viewer import viewer


def second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """A middleware: whoever needs a second factor and has none is led to set one up, whatever page they ask for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, *_: object) -> HttpResponse | None:
        """The way to the set-up, except for the pages of the account itself and what needs no sign-in."""
        if not getattr(view, "login_required", True) or request.resolver_match.route.startswith("accounts/"):
            return None
        if not _is_needed(request):
            return None
        return HttpResponseClientRedirect(reverse("mfa_index")) if request.htmx else redirect("mfa_index")

    middleware.process_view = process_view
    return middleware


def _is_needed(request: HttpRequest) -> bool:
    try:
        return viewer(request).needs_second_factor
    except Http404:
        return False
