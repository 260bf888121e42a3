"""Boards: who stands where, as far as whoever asks may see it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from teams.api.access import ApiRequest, Bearer
from teams.api.values import number, open_month
from teams.models import Board, Team
from teams.queries.boards.table import BoardTable, Row, board_table
from teams.rules.api import Scope
from teams.rules.visibility import Audience

router = Router(tags=["boards"])


class StandingOut(Schema):
    """A place on a board. `change` is against the score of the month `since`."""

    rank: int
    member: int
    name: str
    total: int
    change: int | None
    since: str | None
    climb: int | None


class BoardOut(Schema):
    """A month of a team. `standings`: all places, one's own, or none, as the team shows them.

    `mean` is missing where so few are in that it would tell of each.
    """

    team: str
    month: str
    submitted: int
    expected: int
    mean: float | None
    closed_at: str | None
    standings: list[StandingOut]
    silent: list[int]


@router.get("/boards/{slug:team}/{month}", response=BoardOut, auth=Bearer(Scope.READ), summary="A board")
def board(request: ApiRequest, response: HttpResponse, team: str, month: str) -> BoardOut:
    """Who stands where in a month, and how many are in."""
    viewer = request.viewer
    teams = Team.objects.visible_to(viewer.user).filter(organization=viewer.organization).select_related("organization")
    visible_team = get_object_or_404(teams, slug=team)
    table, audience = (
        board_table(Board.objects.of(visible_team, open_month(viewer, month))),
        viewer.audience(visible_team),
    )
    return _board(table, audience, viewer.member.pk, sees_mean=viewer.sees_mean(visible_team, table.board.submitted))


def _board(table: BoardTable, audience: Audience, me: int, *, sees_mean: bool) -> BoardOut:
    stored_board, visible_rows = table.board, table.rows
    if audience != Audience.RANKS:
        visible_rows = [row for row in table.rows if row.member.pk == me and audience == Audience.OWN]
    return BoardOut(
        team=stored_board.team.slug,
        month=str(stored_board.month),
        submitted=stored_board.submitted,
        expected=stored_board.expected,
        mean=number(stored_board.mean) if sees_mean else None,
        closed_at=stored_board.closed_at.isoformat() if stored_board.closed_at else None,
        standings=[_standing(row) for row in visible_rows],
        silent=[each.member.pk for each in table.silent] if audience == Audience.RANKS else [],
    )


def _standing(row: Row) -> StandingOut:
    return StandingOut(
        rank=row.rank,
        member=row.member.pk,
        name=row.member.name,
        total=row.total,
        change=row.change.points if row.change else None,
        since=str(row.change.since) if row.change else None,
        climb=row.climb,
    )
