"""Light or dark: what a person chose for this device, in a cookie, so that it holds before anybody is signed in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teams.views.shared.requests import Request
from teams.views.shared.theme import COOKIE, THEMES

LIVES = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer."""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: Request) -> HttpResponse:
    """Choose the colours of this device; with `from=me` back to My settings."""
    chosen = request.POST.get("theme")
    if chosen not in {"", *THEMES}:
        return render(request, "site/theme/theme.html")
    messages.success(request, _("Saved."))
    response = redirect("me" if request.POST.get("from") == "me" else "theme")
    secure = not settings.LOCAL
    response.set_cookie(COOKIE, chosen, LIVES, secure=secure, httponly=True, samesite="Lax")
    return response
