"""The wall screen: a team's board for an office, refreshed by asking every three seconds."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from teams.models import Board, Display, Goal
from teams.models.board_table import Row, board_table
from teams.models.goal_progress import progress_of
from teams.rules.months import Month
from teams.rules.sight import wall_name, wall_size

COOKIE = "display"
COOKIE_LIVES = 400 * 24 * 3600


@login_not_required
@require_safe
def open_display(request: HttpRequest, token: str) -> HttpResponse:
    """The secret address: gives the screen its cookie and goes on, so that the address shows no secret."""
    response = redirect("display")
    if Display.objects.holding(token).exists():
        secure = request.is_secure()
        response.set_cookie(COOKIE, token, COOKIE_LIVES, secure=secure, httponly=True, samesite="Lax")
    return response


@login_not_required
@require_safe
@vary_on_headers("HX-Request", "Cookie")
def display(request: HttpRequest) -> HttpResponse:
    """The board of the display's team; asked by htmx, the news or 204. Without a valid token a blank wall."""
    token = request.COOKIES.get(COOKIE, "")
    held = Display.objects.holding(token).select_related("team__organization").first() if token else None
    if held is None:
        template = "wall/_blank.html" if request.htmx else "wall/blank.html"
        return render(request, template)
    board = Board.objects.to_open_first(held.team)
    current = Board.objects.of(held.team, Month.of(held.team.organization.today()))
    version = f"{board.month}.{board.version}.{current.version}"
    if request.htmx and request.GET.get("version") == version:
        return HttpResponse(status=204)
    return render(request, "wall/_board.html" if request.htmx else "wall/wall.html", _context(board, current, version))


def _named(rows: list[Row], board: Board) -> list[tuple[Row, str | None]]:
    """Each row with the name that the wall may show; None where somebody's row is left out."""
    policy = board.team.organization.wall_names
    return [(row, wall_name(row.member.name, policy, row.member.wall_name)) for row in rows]


def _context(board: Board, current: Board, version: str) -> dict:
    """What a wall may show: the upper half where everybody may see places, else coverage only; the next goal."""
    rows = board_table(board).rows if board.team.ranks_shown_to == "all" else []
    shown = rows[: wall_size(len(rows), board.team.organization.wall_rows)]
    today = board.team.organization.today()
    goals = Goal.objects.filter(team=board.team).running(today).with_owners()
    return {
        "team": board.team,
        "month": board.month,
        "board": board,
        "rows": [(row, name) for row, name in _named(shown, board) if name],
        "current": current,
        "this_month": current.month,
        "goals": progress_of(goals[:1], today),
        "updated_at": board.ranked_at,
        "version": version,
    }
