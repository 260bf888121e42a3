"""What is left of a month: its report, and once it is closed the podium, certificates, amendments, the hall of fame."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from teams.models import Board, Team
from teams.queries.boards.hall_of_fame import most_wins, streaks_of, wins_of
from teams.queries.boards.honours import honours_of, report_of
from teams.queries.boards.table import board_table
from teams.rules.months import Month
from teams.rules.visibility import Audience
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer

STREAKS_SHOWN = 10


@require_safe
def report(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The month on a page to print, for somebody who does not look at boards; of an open month as it is so far."""
    shown = _team(request, team)
    if not viewer(request).may_open(month):
        raise Http404
    board, today = Board.objects.of(shown, month), shown.organization.today()
    context = {"board": board, "team": shown, "month": month, "today": today, "report": report_of(board, today)}
    return render(request, "board/fame/report.html", context)


@require_safe
def podium(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The first three of a closed month, ties included, who improved most, and how many were in."""
    return render(request, "board/fame/podium.html", _honours(_complete(request, team, month)))


@require_safe
def certificates(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The same to print: a sheet for everybody who is honoured."""
    return render(request, "board/fame/certificates.html", _honours(_complete(request, team, month)))


@require_safe
def revisions(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """Each amendment of a closed month, with the standings as they were before it."""
    board = _closed(request, team, month)
    found = board.revisions.select_related("by", "member").prefetch_related("standings__member")
    context = {"board": board, "team": board.team, "month": month, "revisions": found}
    return render(request, "board/fame/revisions.html", context)


@require_safe
def hall_of_fame(request: SignedInRequest, team: str) -> HttpResponse:
    """Who won the closed months, who won most of them, and the longest streaks of submitting."""
    found = _team(request, team)
    wins = wins_of(found)
    streaks = [streak for streak in streaks_of(found, timezone.now()) if streak.longest > 1][:STREAKS_SHOWN]
    context = {"team": found, "wins": wins, "most": most_wins(wins), "streaks": streaks}
    return render(request, "board/fame/hall_of_fame.html", context)


def _team(request: SignedInRequest, slug: str) -> Team:
    """The team of an address, for those who may see all its places; 404 for others."""
    teams = Team.objects.visible_to(request.user).select_related("organization")
    found = get_object_or_404(teams, slug=slug, organization=viewer(request).organization)
    if viewer(request).audience(found) != Audience.RANKS:
        raise Http404
    return found


def _closed(request: SignedInRequest, slug: str, month: Month) -> Board:
    """A closed month's board, for those who may see all its places; 404 for others."""
    board = get_object_or_404(
        Board.objects.visible_to(request.user).select_related("team__organization", "closed_by"),
        team__slug=slug,
        team__organization=viewer(request).organization,
        month=month,
        closed_at__isnull=False,
    )
    if viewer(request).audience(board.team) != Audience.RANKS:
        raise Http404
    return board


def _complete(request: SignedInRequest, slug: str, month: Month) -> Board:
    """The same, only where enough people were in for places to mean something."""
    board = _closed(request, slug, month)
    if not board.is_complete:
        raise Http404
    return board


def _honours(board: Board) -> dict:
    honours = honours_of(board_table(board))
    return {"board": board, "team": board.team, "month": board.month, "honours": honours}
