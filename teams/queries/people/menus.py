"""What can be done for somebody in a team, as its page offers it."""

from dataclasses import dataclass

from teams.models.boards.boards import Board
from teams.models.people.memberships import Membership
from teams.queries.people.viewer import Viewer
from teams.rules.months import Month


@dataclass(frozen=True)
class Menu:
    """What can be done for a member of a team, by whoever manages it."""

    team: str
    month: Month
    membership: int
    member: int
    name: str
    may_amend: bool
    may_enter: bool
    may_remind: bool
    may_invite: bool
    may_get_link: bool
    may_deactivate: bool


def member_menu(membership: Membership, board: Board, viewer: Viewer, silent: set[int], logins: set[int]) -> Menu:
    """The menu for somebody who manages the team: `silent` may be reminded, `logins` are theirs to manage."""
    person = membership.member
    manages_login = person.pk in logins
    return Menu(
        team=board.team.slug,
        month=board.month,
        membership=membership.pk,
        member=person.pk,
        name=person.name,
        may_amend=membership.competing and board.closed_at is not None,
        may_enter=membership.competing and board.closed_at is None,
        may_remind=person.pk in silent,
        may_invite=manages_login and person.user is None,
        may_get_link=manages_login and person.user is not None and not person.user.has_usable_password(),
        may_deactivate=manages_login and person != viewer.member,
    )
