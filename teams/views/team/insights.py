"""What a team's month says as a whole, for its manager."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.models import Board
from teams.queries.boards.table import board_table
from teams.queries.insights import averages, mean_pillars, moved, participation, spread
from teams.rules.insights.tips import pillar_to_coach
from teams.rules.months import Month
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team

ROWS_A_PAGE = 100


@require_safe
def insights(request: SignedInRequest, team: str) -> HttpResponse:
    """Of the last complete month: spread, pillars and who moved; participation over a year."""
    managed = managed_team(request, team)
    board = Board.objects.to_open_first(managed)
    table = board_table(board)
    pillars, known = mean_pillars(table)
    context = {
        "team": managed,
        "month": board.month,
        "board": board,
        "scores": [(row.member, row.total) for row in table.rows],
        "bands": spread(table),
        "pillars": pillars,
        "known": known,
        "coach": pillar_to_coach(pillars),
        "averages": averages(table),
        "participation": participation(managed, Month.of(managed.organization.today())),
        "moved": Paginator(moved(table), ROWS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "team/insights.html", context)
