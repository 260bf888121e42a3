"""Who is away: on a board, for ranking it; and all the time that something is played for."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from teams.models.people.leaves import Leave
from teams.models.people.members import Member
from teams.queries.prepared_sql import named_rows
from teams.rules.months import Month
from teams.rules.people.leave import is_away, is_away_throughout

ON_BOARDS = """
SELECT leave.member_id, board.month AS first_day, organization.holidays,
       array_agg(leave.starts_on) AS starts, array_agg(leave.ends_on) AS ends
FROM teams_board AS board
JOIN teams_membership AS membership ON membership.team_id = board.team_id
JOIN teams_leave AS leave
  ON leave.member_id = membership.member_id
 AND leave.starts_on <= teams_last_day(board.month)
 AND leave.ends_on >= board.month
JOIN teams_team AS team ON team.id = board.team_id
JOIN teams_organization AS organization ON organization.id = team.organization_id
WHERE board.id = ANY (%(boards)s::bigint[])
GROUP BY 1, 2, 3
"""


class _OnBoard(NamedTuple):
    member_id: int
    first_day: date
    holidays: list[date]
    starts: list[date]
    ends: list[date]


def away_on(boards: Collection[int]) -> list[tuple[int, date]]:
    """Who counts as away on some boards, and the first day of the month in which they do; one query."""
    return [
        (leave.member_id, leave.first_day)
        for leave in named_rows(_OnBoard, ON_BOARDS, boards=list(boards))
        if is_away(Month.of(leave.first_day), zip(leave.starts, leave.ends, strict=True), leave.holidays)
    ]


def unable_to_play(
    members: Collection[int], first: date, last: date, day: date, *, needs_access: bool = True
) -> set[int]:
    """Those of the members who have no access on a day, or are away from the first day to the last; two queries."""
    spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
    around = Leave.objects.filter(member__in=members, starts_on__lte=last, ends_on__gte=first)
    for member, start, end in around.values_list("member_id", "starts_on", "ends_on"):
        spans[member].append((start, end))
    no_access = Member.objects.filter(pk__in=members, no_access_since__lte=day)
    without_access = no_access.values_list("pk", flat=True) if needs_access else ()
    return {*without_access, *(member for member, leave in spans.items() if is_away_throughout(first, last, leave))}
