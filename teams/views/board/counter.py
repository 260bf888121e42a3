"""The board of what a team counts itself: like that of the scores, and without LinkedIn."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.models import Board, Team
from teams.queries.boards.counters import CounterTable, counter_table
from teams.queries.people.viewer import Viewer
from teams.rules.measure import Pillar
from teams.rules.months import Month
from teams.rules.scores import REACH_BACK
from teams.rules.standings import around
from teams.rules.visibility import Audience
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of, visible_team


@require_safe
def counter(request: SignedInRequest, team: str, month: Month, counter_id: int) -> HttpResponse:
    """The standings of a month, as far as somebody sees them; their own place; what was amended."""
    viewer = viewer_of(request)
    shown_team = visible_team(request, team)
    played = list(shown_team.counters.playable())
    counted = next((each for each in played if each.pk == counter_id), None)
    if counted is None or not viewer.may_open(month):
        raise Http404
    table = counter_table(counted, Board.objects.of(shown_team, month))
    context = {
        "team": shown_team,
        "month": month,
        "this_month": viewer.this_month,
        "counter": counted,
        "counters": played,
        "manages": viewer.manages(shown_team),
        "organization_board": viewer.sees_organization_board,
        **_shown(viewer, shown_team, table),
    }
    return render(request, "board/counter.html", context)


def _shown(viewer: Viewer, team: Team, table: CounterTable) -> dict[str, Any]:
    """What somebody sees of the standings: all places, their own, or how many are in."""
    audience = viewer.audience(team)
    sees_all = audience == Audience.RANKS
    own = next((row for row in table.rows if row.member.pk == viewer.member.pk), None)
    sees_own = own is not None and audience in (Audience.RANKS, Audience.OWN)
    this_month, month = viewer.this_month, table.board.month
    is_rep = viewer.member.pk in {rep.pk for rep in [*table.silent, *table.away]} or own is not None
    return {
        "table": table,
        "may_enter": is_rep and not table.board.closed_at and this_month - REACH_BACK <= month,
        "pillars": list(Pillar),
        "audience": audience,
        "rows": table.rows if sees_all else [],
        "best": max((row.value for row in table.rows), default=None) if sees_all else None,
        "amendments": [each for each in table.amendments if sees_all or each.figure.member_id == viewer.member.pk],
        "shows_mean": sees_all or team.shows_mean(table.submitted),
        "own": own if sees_own else None,
        "around": around({row.member.pk: row for row in table.rows}, own.member.pk) if own and sees_all else [],
    }
