"""A second factor for those who manage, where their organization asks for one; and for whoever has lost theirs."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from teams.actions.people import logins
from teams.models import Member
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer

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
OPEN_BY_A_SECRET = {"accept_invitation", "confirm_address", "display", "news", "submit_link", "unsubscribe"}
"""What opens for whoever has its key, whoever is signed in in that browser."""
THE_SAME_FOR_EVERYBODY = {
    "display_check",
    "display_worker",
    "healthz",
    "kept",
    "manifest",
    "metrics",
    "offline",
    "readyz",
    "service_worker",
}
"""What browsers and machines ask for, and tells nothing of anybody."""
WITHOUT = SETTING_UP | OPEN_BY_A_SECRET | THE_SAME_FOR_EVERYBODY
"""The names of all addresses at which nobody is led to the set-up."""


def second_factor(get_response: Callable[[SignedInRequest], HttpResponse]) -> Callable[[SignedInRequest], HttpResponse]:
    """A middleware: whoever needs a second factor and has none is led to set one up, whatever they ask for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, view: Callable, *_: object) -> HttpResponse | None:
        """The way to the set-up, for whoever is signed in without."""
        if request.resolver_match.url_name in WITHOUT or not _is_needed(request):
            return None
        return HttpResponseClientRedirect(reverse("mfa_index")) if request.htmx else redirect("mfa_index")

    middleware.process_view = process_view
    return middleware


def _is_needed(request: SignedInRequest) -> bool:
    try:
        return viewer(request).needs_second_factor
    except Http404:
        return False


@require_POST
def forget_second_factor(request: SignedInRequest, member_id: int) -> HttpResponse:
    """For somebody whose phone and codes are lost; by those who manage their login, after their own password."""
    logins_managed = Member.objects.login_managed_by(request.user).exclude(pk=viewer(request).member.pk)
    return _forget(request, get_object_or_404(logins_managed, pk=member_id, user__isnull=False))


@reauthentication_required
def _forget(request: SignedInRequest, member: Member) -> HttpResponse:
    logins.forget_second_factor(member)
    said = _("%(name)s signs in with the password alone, and can set up two-step sign-in again.")
    messages.success(request, said % {"name": member})
    return redirect("rep", member.pk)
