"""The board of a team: its standings, one's own place on it, what the team plays for, the download."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import trigger_client_event

from teams.actions.audit import record
from teams.actions.exports import CSV, as_csv, board_rows
from teams.live.news_keys import news_key
from teams.live.polling import news_every
from teams.models import Act, Board, Plan
from teams.queries.challenges.played import board_challenges
from teams.queries.people.viewer import Viewer
from teams.queries.thanks import thanks_on_board
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.standings import around
from teams.rules.visibility import Audience
from teams.views.board.fragment import board_fragment
from teams.views.shared.limits import always, limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of, visible_team

TABS = ["total", "improved", *Plan.values, *Pillar]


@require_safe
@vary_on_headers("HX-Request")
def board(request: SignedInRequest, team: str, month: Month | None = None) -> HttpResponse:
    """The page; asked by htmx, its live part with a new news key."""
    viewer, tab = viewer_of(request), _tab(request)
    month_board, current = boards_of(request, team, month)
    audience, manages = viewer.audience(month_board.team), viewer.manages(month_board.team)
    fragment = board_fragment(month_board, audience, tab, manages=manages)
    session = request.session.session_key or ""
    context = {
        "team": month_board.team,
        "board": month_board,
        "tab": tab,
        "audience": audience,
        "fragment": fragment,
        "news_key": news_key(month_board, audience, tab, request.user, session) if month_board.pk else None,
        "news_every": news_every(),
    }
    if request.htmx:
        return trigger_client_event(render(request, "board/_live.html", context), "news", after="settle")
    context |= _own_place(viewer, fragment["places"], audience) | {
        "month": month_board.month,
        "this_month": current.month,
        "young": None if month or current.month == month_board.month else current,
        "pillars": list(Pillar),
        "plans": Plan.values,
        "counters": list(month_board.team.counters.playable()) if month_board.team.may_have_playable else [],
        "has_podium": month_board.closed_at is not None and month_board.is_complete,
        "manages": manages,
        "organization_board": viewer.sees_organization_board,
        "challenges": board_challenges(month_board.team, viewer.member, timezone.now()),
        "thanks": thanks_on_board(month_board.team, timezone.now()),
    }
    return render(request, "board/board.html", context)


@require_safe
def own_part(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The viewer's own place with those around it, which the page asks for when the board changed."""
    viewer = viewer_of(request)
    month_board, _ = boards_of(request, team, month)
    audience = viewer.audience(month_board.team)
    fragment = board_fragment(month_board, audience, "total", manages=viewer.manages(month_board.team))
    context = {"team": month_board.team, "board": month_board} | _own_place(viewer, fragment["places"], audience)
    return render(request, "board/_mine.html", context)


@require_safe
@limited("download", when=always)
def download(request: SignedInRequest, team: str, month: Month) -> HttpResponse:
    """The standings as CSV, for those who may see all places."""
    month_board, _ = boards_of(request, team, month)
    if viewer_of(request).audience(month_board.team) != Audience.RANKS:
        raise Http404
    name = f"{month_board.team.slug}-{month_board.month}.csv"
    record(Act.EXPORTED, teams=[month_board.team], file=name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(as_csv(board_rows(month_board.team, month_board.month)), content_type=CSV, headers=headers)


def boards_of(request: SignedInRequest, slug: str, month: Month | None) -> tuple[Board, Board]:
    """The board of an address, and this month's of its team; 404 for another's team, or a month that has not begun."""
    viewer = viewer_of(request)
    team = visible_team(request, slug)
    if month is None:
        return Board.objects.first_and_current(team)
    if not viewer.may_open(month):
        raise Http404
    month_board, current = Board.objects.of_months(team, month, viewer.this_month)
    return month_board, current


def _tab(request: SignedInRequest) -> str:
    tab = request.GET.get("by", "total")
    if tab not in TABS:
        raise Http404
    return tab


def _own_place(viewer: Viewer, places: list[dict], audience: Audience) -> dict:
    """The viewer's own place; where all places are shown, with the five around it."""
    by_member = {place["member_id"]: place for place in places}
    own = by_member.get(viewer.member.pk)
    if own is None or audience not in (Audience.RANKS, Audience.OWN):
        return {"own": None, "around": []}
    nearby = around(by_member, own["member_id"]) if audience == Audience.RANKS else []
    return {"own": own, "around": nearby, "is_alone": len(places) == 1}
