"""The wall screen: a code until a manager claims it, then its slides; it asks every three seconds for news."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import activate
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from teams.actions.displays import note_celebrated, waiting_code
from teams.live.memoized import memoized
from teams.live.newest import WALLS, walls_now
from teams.live.polling import news_every, release
from teams.models import Display, Team
from teams.models.tokens import hashed, new_token
from teams.queries.displays.celebrations import celebration
from teams.queries.displays.wall_states import WallState
from teams.queries.displays.walls import Shown, team_wall
from teams.rules.displays.pairing import hyphenated
from teams.rules.displays.slides import round_of
from teams.views.shared.requests import Request

COOKIE_LIVES = 400 * 24 * 3600
"""As long as a browser keeps one; each new page renews it."""
ASSETS = [
    "css/wall.css",
    "js/wall.js",
    "font/inter.woff2",
    "font/inter-names.woff2",
    "font/inter-rare.woff2",
    "font/inter-tones.woff2",
    "img/icon.svg",
]
"""What a screen keeps for a start without network."""


@login_not_required
@require_safe
@vary_on_headers("HX-Request", "Cookie")
def display(request: Request) -> HttpResponse:
    """The page of a wall screen: its slides, or a code to pair it by. Its script is answered with news, or 204.

    News are as of the last second, in which all screens of a team get the same ones.
    """
    cookie = request.COOKIES.get(settings.DISPLAY_COOKIE_NAME, "")
    token = cookie if len(cookie) == len(new_token()) else new_token()
    screen = hashed(token)
    known = (WALLS.get(screen) if request.htmx else None) or walls_now([screen]).get(screen)
    response = _slides(request, *known) if known else _code(request, token)
    if not request.htmx or token != cookie:
        name, secure = settings.DISPLAY_COOKIE_NAME, not settings.LOCAL
        response.set_cookie(name, token, COOKIE_LIVES, secure=secure, httponly=True, samesite="Lax")
    return response


@login_not_required
@require_safe
def display_worker(request: Request) -> HttpResponse:
    """The script by which a screen starts without network; it may act below its own folder only."""
    context = {"release": release(), "assets": [staticfiles_storage.url(name) for name in ASSETS]}
    return render(request, "display/worker.js", context, content_type="text/javascript; charset=utf-8")


def _code(request: Request, token: str) -> HttpResponse:
    """What an unpaired screen shows, until somebody claims it."""
    code = waiting_code(token)
    if request.htmx and code and request.GET.get("code") == code:
        return HttpResponse(status=204)
    context = {"code": code and hyphenated(code), "release": release(), "news_every": news_every()}
    if code:
        address = f"{settings.SITE_URL}{reverse('pair_display')}"
        context |= {"typed": code, "address": address, "link": f"{address}?code={code}"}
    return render(request, "display/_code.html" if request.htmx else "display/code.html", context)


def _slides(request: Request, state: WallState, version: str) -> HttpResponse:
    """The whole round where something is new; a celebration that is due comes with it, until the screen showed it.

    Nothing comes for one that is not so any more: the screen says that it has shown it, and nobody has seen it.
    The round is rendered once for all screens that show the same.
    """
    activate(state.language)
    due = note_celebrated(state, request.GET.get("celebrated", ""))
    if request.htmx and not due and request.GET.get("version") == version:
        return HttpResponse(status=204)
    now = state.local(timezone.now())
    display, slides_html = memoized((state.team, version), lambda: _round(state, now))
    key = due[0] if due and request.htmx else ""
    context = {
        "display": display,
        "slides_html": slides_html,
        "version": version,
        "release": release(),
        "news_every": news_every(),
        "at": now.isoformat(timespec="seconds"),
        "bright": state.is_bright(now),
        "celebrated": key,
        "celebration": celebration(key, _display(state.display)) if key else None,
    }
    if request.htmx:
        return HttpResponse(render_to_string("display/_wall.html", context))  # without what only whole pages ask for
    return render(request, "display/wall.html", context)


def _round(state: WallState, now: datetime) -> tuple[Display, SafeString]:
    """The display, and its slides as HTML."""
    display, teams = memoized(("display", state.display, state.settings), lambda: _with_teams(_display(state.display)))
    walls = [team_wall(team, has_goals=state.has_goals, plays=state.plays) for team in teams]
    turns = round_of([wall.slides(display.slides, now) for wall in walls])
    context = {
        "slides": [Shown(slide, walls[team]) for team, slide in turns],
        "now": now,
        "time_zone": state.time_zone,
        "submit_link": f"{settings.SITE_URL}{reverse('submit')}",
    }
    return display, render_to_string("display/_slides.html", context)


def _with_teams(display: Display) -> tuple[Display, list[Team]]:
    return display, display.teams()


def _display(key: int) -> Display:
    return get_object_or_404(Display.objects.select_related("team__organization"), pk=key)
