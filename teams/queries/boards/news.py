"""What open boards are told, for those who hold a news key: which versions are newest, and the board itself."""

from collections.abc import Collection
from typing import NamedTuple

from django.utils import timezone

from teams.models.boards.boards import Board
from teams.models.people.organizations import Organization
from teams.models.people.teams import Team
from teams.queries.prepared_sql import columns, named_rows, object_from, rows

VERSIONS = """
SELECT asked.board, asked.holder, board.version
FROM unnest(%(boards)s::bigint[], %(holders)s::bigint[]) AS asked (board, holder)
JOIN teams_board AS board ON board.id = asked.board
JOIN teams_user AS login ON login.id = asked.holder AND login.is_active
"""
VISIBLE = """
SELECT {board}, {team}, {organization}
FROM teams_board AS board
JOIN teams_team AS team ON team.id = board.team_id
JOIN teams_organization AS organization ON organization.id = team.organization_id
JOIN teams_user AS login ON login.id = %(holder)s AND login.is_active
JOIN teams_member AS viewer ON viewer.user_id = login.id
WHERE board.id = %(board)s
  AND (viewer.is_admin AND viewer.organization_id = organization.id
       OR EXISTS (SELECT FROM teams_membership
                  WHERE team_id = team.id AND member_id = viewer.id AND left_on IS NULL))
""".format(
    board=columns(Board, "board"), team=columns(Team, "team"), organization=columns(Organization, "organization")
)

HOLDER = """
SELECT login.password, viewer.is_admin OR COALESCE(own.role = 'manager', false) AS manages,
       COALESCE(own.competing, false) AS competes, viewer.sees_ranks
FROM teams_user AS login
JOIN teams_member AS viewer ON viewer.user_id = login.id
JOIN teams_organization AS organization ON organization.id = viewer.organization_id
LEFT JOIN teams_membership AS own
  ON own.member_id = viewer.id AND own.team_id = %(team)s AND own.left_on IS NULL
WHERE login.id = %(holder)s
  AND EXISTS (SELECT FROM django_session WHERE session_key = %(session)s AND expire_date > %(now)s)
  AND NOT (
    organization.managers_need_second_factor
    AND (viewer.is_admin OR EXISTS (SELECT FROM teams_membership AS managing
                                    WHERE managing.member_id = viewer.id AND managing.left_on IS NULL
                                      AND managing.role = 'manager'))
    AND NOT EXISTS (SELECT FROM mfa_authenticator AS factor
                    WHERE factor.user_id = login.id AND factor.type IN ('totp', 'webauthn'))
  )
"""


class Holder(NamedTuple):
    """Who asks for a board in a session that goes on, and what decides what they may see of it."""

    password: str
    manages: bool
    competes: bool
    sees_ranks: bool


def newest_versions(board_holders: Collection[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The versions of boards, for those who hold their keys and may still sign in; one query."""
    boards, holders = [board for board, _ in board_holders], [holder for _, holder in board_holders]
    return {(board, holder): version for board, holder, version in rows(VERSIONS, boards=boards, holders=holders)}


def board_for(holder: int, board: int) -> Board | None:
    """A board, by id, with its team and organization, if the user of id `holder` may sign in and see it; one query."""
    for row in rows(VISIBLE, holder=holder, board=board):
        values = iter(row)
        visible: Board = object_from(Board, values)
        visible.team, visible.team.organization = object_from(Team, values), object_from(Organization, values)
        return visible
    return None


def holder_of(holder: int, team: int, session: str) -> Holder | None:
    """Somebody who may see a team's board, as they are now; one query.

    None where the session has ended, or where a second factor is asked of them and they have none.
    """
    holders = named_rows(Holder, HOLDER, holder=holder, team=team, session=session, now=timezone.now())
    return holders[0] if holders else None
