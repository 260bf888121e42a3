"""What a screen can and cannot do, said on the screen itself; its own script finds out."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from teams.views.shared.requests import Request

CHECKS = [
    ("script", _("Script"), _("It runs the wall."), _("Its engine is older than Chromium 64."), True),
    ("layout", _("Drawing"), _("It draws the slides."), _("It knows no grids or variables."), True),
    ("cookie", _("Memory"), _("It keeps cookies, so that it stays paired."), _("Let it keep cookies."), True),
    ("news", _("News"), _("It reaches Leaderboard."), _("It does not reach Leaderboard."), True),
    ("letters", _("Letters"), _("It has our letters."), _("It uses letters of its own."), False),
    ("clock", _("Clock"), _("Its clock is right."), _("Set its clock, or figures look old after a start."), False),
    (
        "offline",
        _("Power cut"),
        _("It starts without a network too, with the last board."),
        _("It starts with a network only; while it is on, it keeps the last board without one."),
        False,
    ),
    ("sound", _("Sound"), _("It plays the chime."), _("It is silent until somebody clicks on the page."), False),
    ("moves", _("Moves"), _("Rows move to their new places."), _("Rows change at once. Nothing is missing."), False),
]
"""Each by its name in `wall-check.js`: its title, what is said where it can and cannot, whether a wall needs it."""


@login_not_required
@require_safe
def display_check(request: Request) -> HttpResponse:
    """What a screen can and cannot do; until its script has run, that it cannot."""
    return render(request, "display/check.html", {"checks": CHECKS})
