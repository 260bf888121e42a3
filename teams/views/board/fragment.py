"""What all who may see as much of a board see alike: its standings and the team's goals, cached by version."""

from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Sum
from django.template.loader import render_to_string
from django.utils.translation import get_language

from teams.models import Board, Plan
from teams.queries.boards.table import BoardTable, Row, board_table
from teams.queries.goals.progress import progress_of, without_means_of_few
from teams.rules.measure import MOST, PILLAR_MOST, Pillar
from teams.rules.months import Month
from teams.rules.visibility import Audience

CACHED_FOR = 3600
"""Seconds; a board that changed has another version, and what was cached of it is not asked for again."""


def board_fragment(board: Board, audience: Audience, tab: str, *, manages: bool) -> dict[str, Any]:
    """The standings and the goals as `html`, and the `places` that everybody's own part is taken from.

    Cached, and rendered anew where the board, a goal, or any figure that goals are made of has changed.
    """
    today = board.team.organization.today()
    goals = board.team.goals.running(today).annotate(versions=Sum("team__boards__version")).values_list()
    version = (board.pk, board.version, list(goals), today)
    reader = (get_language(), audience, manages, board.team.ranks_shown_to, tab)
    key = f"board:{sha256(repr((version, reader)).encode()).hexdigest()}"
    fragment: dict[str, Any] | None = cache.get(key) if board.pk else None
    if fragment is None:
        fragment = _rendered(board, audience, tab, manages=manages)
        if board.pk:
            cache.set(key, fragment, CACHED_FOR)
    return fragment


def _rendered(board: Board, audience: Audience, tab: str, *, manages: bool) -> dict[str, Any]:
    """The fragment as plain values, which the next release reads too."""
    table, team, today = board_table(board), board.team, board.team.organization.today()
    goals = progress_of(team.goals.running(today), today)
    context = {
        "board": board,
        "team": team,
        "table": table,
        "rows": [_cells(row, tab, board.month) for row in _rows_of(table, tab)],
        "tab": tab,
        "plans": _plans(table, tab),
        "audience": audience,
        "shows_mean": team.shows_mean(board.submitted, manages=manages),
        "goals": without_means_of_few(goals, lambda team, reps: team.shows_mean(reps, manages=manages)),
    }
    return {"html": render_to_string("board/_fragment.html", context), "places": [_place(row) for row in table.rows]}


def _place(row: Row) -> dict[str, Any]:
    return {"member_id": row.member.pk, "name": row.member.name, "rank": row.rank, "total": row.total}


def _rows_of(table: BoardTable, tab: str) -> list[Row]:
    if tab == "improved":
        return table.most_improved()
    if tab in Plan.values:
        return table.by_plan(Plan(tab))
    return table.rows if tab == "total" else table.by_pillar(Pillar(tab))


def _plans(table: BoardTable, tab: str) -> list[str]:
    """The LinkedIn plans that the standings can be narrowed to: none while all who are ranked have the same."""
    offers = tab == "total" and len({row.plan for row in table.rows}) > 1
    return Plan.values if offers or tab in Plan.values else []


def _cells(row: Row, tab: str, month: Month) -> dict:
    """What `parts/row.html` shows of a row: under a pillar its points, elsewhere the score."""
    read_late = row.reading.taken_on not in month
    return {
        "key": row.member.pk,
        "rank": row.rank,
        "climb": row.climb if tab == "total" else None,
        "name": row.member.name,
        "face": row.member.face,
        "is_me": False,
        "points": row.history,
        "total": row.points(Pillar(tab)) if tab in list(Pillar) else row.total,
        "most": PILLAR_MOST if tab in list(Pillar) else MOST,
        "change": row.change,
        "headroom_closed": row.headroom_closed if tab == "improved" else None,
        "read_late_on": row.reading.taken_on if read_late else None,
    }
