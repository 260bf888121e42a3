"""What a share link opens, for whoever has it: no cookie, no script, nothing of the reader."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from teams.models import ShareLink
from teams.queries.displays.walls import team_wall
from teams.rules.sharing import frame_ancestors
from teams.views.shared.limits import always, limited
from teams.views.shared.requests import Request
from teams.views.shared.unlogged import unlogged

POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; "
"""Stricter than that of other pages; who may hold the answer in a page of theirs follows."""


@login_not_required
@require_safe
@limited("share", when=always)
def shared_board(request: Request, token: str) -> HttpResponse:
    """A team's board as a wall would show it, to read and to print."""
    return _board(token, embedded=False)


@login_not_required
@require_safe
@xframe_options_exempt
@limited("share", when=always)
def embedded_board(request: Request, token: str) -> HttpResponse:
    """The same within a page of an intranet whose host the company lists."""
    return _board(token, embedded=True)


def _board(token: str, *, embedded: bool) -> HttpResponse:
    now = timezone.now()
    found = ShareLink.objects.holding(token).select_related("team__organization").first()
    hosts = found.team.organization.embed_hosts if found and embedded else []
    if found is None or not ShareLink.objects.usable(now).filter(pk=found.pk).exists():
        return _answer("share/dead.html", {"embedded": embedded}, hosts, status=404)
    wall = team_wall(found.team, has_goals=True, plays=False)
    context = {
        "link": found,
        "team": found.team,
        "wall": wall,
        "rows": wall.rows if found.shows_standings else [],
        "now": now,
        "time_zone": found.team.organization.time_zone,
        "embedded": embedded,
    }
    return _answer("share/board.html", context, hosts)


def _answer(template: str, context: dict[str, object], hosts: list[str], status: int = 200) -> HttpResponse:
    """The page, rendered without the request."""
    response = HttpResponse(render_to_string(template, context), status=status)
    response.headers["Content-Security-Policy"] = POLICY + frame_ancestors(hosts, "http" if settings.LOCAL else "https")
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return unlogged(response)
