"""Who is away on a board, for ranking it."""

from collections.abc import Collection
from datetime import date

from teams.queries.prepared_sql import rows
from teams.rules.leave import is_away
from teams.rules.months import Month

ON_BOARDS = """
SELECT leave.member_id, board.month, organization.holidays, array_agg(leave.starts_on), array_agg(leave.ends_on)
FROM teams_board AS board
JOIN teams_membership AS membership ON membership.team_id = board.team_id
JOIN teams_leave AS leave
  ON leave.member_id = membership.member_id
 AND leave.starts_on < board.month + interval '1 month'
 AND leave.ends_on >= board.month
JOIN teams_team AS team ON team.id = board.team_id
JOIN teams_organization AS organization ON organization.id = team.organization_id
WHERE board.id = ANY (%(boards)s::bigint[])
GROUP BY 1, 2, 3
"""


def away_on(boards: Collection[int]) -> list[tuple[int, date]]:
    """Who counts as away on some boards, and the first day of the month in which they do; one query."""
    return [
        (member, first_day)
        for member, first_day, holidays, starts, ends in rows(ON_BOARDS, boards=list(boards))
        if is_away(Month.of(first_day), zip(starts, ends, strict=True), holidays)
    ]
