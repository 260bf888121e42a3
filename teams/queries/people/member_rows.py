"""The rows of a team's page: each member's facts, and what can be done for them."""

from dataclasses import dataclass
from datetime import date

from teams.models.boards.boards import Board
from teams.models.people.members import Plan
from teams.models.people.memberships import Membership, Role
from teams.queries.people.viewer import Viewer
from teams.rules.months import Month


@dataclass(frozen=True)
class Menu:
    """What can be done for a member of a team, by whoever manages it."""

    team: str
    month: Month
    may_amend: bool
    may_enter: bool
    may_remind: bool
    may_invite: bool
    may_get_link: bool
    may_deactivate: bool


@dataclass(frozen=True)
class MemberRow:
    """All that a member's row says, so that it can be drawn once and kept."""

    pk: int
    name: str
    face: str
    plan: str
    membership: int
    role: str
    competing: bool
    last_read_on: date | None
    away_until: date | None
    has_access: bool
    has_login: bool
    has_password: bool
    is_invited: bool
    menu: Menu

    @property
    def plan_label(self) -> str:
        """The LinkedIn plan in words."""
        return str(Plan(self.plan).label)

    @property
    def role_label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)


def member_row(membership: Membership, board: Board, viewer: Viewer, silent: set[int], logins: set[int]) -> MemberRow:
    """The row of one of `with_people`, for a manager: `silent` may be reminded, `logins` are theirs to manage."""
    person = membership.member
    manages_login = person.pk in logins
    has_password = person.user is not None and person.user.has_usable_password()
    menu = Menu(
        team=board.team.slug,
        month=board.month,
        may_amend=membership.competing and board.closed_at is not None,
        may_enter=membership.competing and board.closed_at is None,
        may_remind=person.pk in silent,
        may_invite=manages_login and person.user is None,
        may_get_link=manages_login and person.user is not None and not has_password,
        may_deactivate=manages_login and person != viewer.member,
    )
    return MemberRow(
        pk=person.pk,
        name=person.name,
        face=person.face,
        plan=person.plan,
        membership=membership.pk,
        role=membership.role,
        competing=membership.competing,
        last_read_on=membership.last_read_on,
        away_until=membership.away_until,
        has_access=person.no_access_since is None,
        has_login=person.user is not None,
        has_password=has_password,
        is_invited=hasattr(person, "invitation"),
        menu=menu,
    )
