"""Who is signed in, with what every page needs to know of them."""

from datetime import datetime
from pathlib import Path

from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.models.people.organizations import Organization
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.queries.prepared_sql import columns, object_from, rows
from teams.queries.today.waiting import WAITING, waiting_params

SIGNED_IN = Path(__file__).with_name("signed_in.sql").read_text()
SIGNED_IN = SIGNED_IN.format(
    login=columns(User, "login"),
    member=columns(Member, "member"),
    organization=columns(Organization, "organization"),
    membership=columns(Membership, "membership"),
    team=columns(Team, "team"),
    waiting=WAITING,
)


def signed_in(user: int, now: datetime) -> User | None:
    """The login with its member, the organization, when they are erased, and the memberships with their teams.

    With how much of what waits for them is new, and which teams have something playable. One query.
    """
    value_rows = [iter(row) for row in rows(SIGNED_IN, **waiting_params(user, now))]
    if not value_rows:
        return None
    memberships = [(object_from(Membership, row), object_from(Team, row), next(row)) for row in value_rows]
    login: User = object_from(User, value_rows[0])
    member, organization = object_from(Member, value_rows[0]), object_from(Organization, value_rows[0])
    if member:
        member.user, member.organization = login, organization
        member.erased_at, member.unread = next(value_rows[0]), next(value_rows[0])
        member.active_memberships = [_in_team(*each, member) for each in memberships if each[0]]
    return login


def _in_team(membership: Membership, team: Team, has_playable: bool, member: Member) -> Membership:
    team.may_have_playable = has_playable
    membership.member, membership.team, team.organization = member, team, member.organization
    return membership
