"""Who may be challenged, and what somebody may do with a challenge that a page has read.

The second is without the nested queries of the QuerySets: `tests/models/test_rights.py` keeps it equal to `run_by`,
`decided_by` and `answerable_by`.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from teams.models.challenges.challenges import Challenge
from teams.models.challenges.entries import Entry
from teams.models.challenges.makers import is_of_the_maker
from teams.models.people.members import Member
from teams.models.people.memberships import Role
from teams.models.people.teams import Team
from teams.models.people.users import User


def opponents_of(member: Member, team: Team) -> QuerySet[Member]:
    """Colleagues who compete in the same team and did not switch challenges off; some cannot sign in to answer."""
    colleagues = Member.objects.filter(memberships__team=team, memberships__left_on=None, memberships__competing=True)
    return colleagues.filter(accepts_challenges=True).exclude(pk=member.pk)


@dataclass(frozen=True)
class Rights:
    """Whether somebody may run a challenge, as `run_by` says, and choose what counts, as `decided_by` says."""

    run: bool
    decide: bool


def rights(challenge: Challenge, entries: Collection[Entry], user: User) -> Rights:
    """The rights of somebody who sees the challenge, read with its teams, and these entries; one query for managers."""
    manages = challenge.sent_at is not None and _manages(challenge, user)
    own = challenge.maker.user_id == user.pk and (challenge.is_duel or challenge.sent_at is None)
    has_entry = any(entry.member_id == user.member.pk for entry in entries)
    return Rights(
        run=own or (manages and not challenge.is_duel),
        decide=manages and not (challenge.is_duel and has_entry),
    )


def answerable(entries: Collection[Entry], user: User) -> list[Entry]:
    """The entries that somebody may answer, as `answerable_by` says; one query more where some have no login."""
    managed = _managed_teams(user)
    without_login = {entry.member_id for entry in entries if entry.member and entry.member.user_id is None}
    managed_without_login: set[int] = set()
    if without_login and (managed or user.administers):
        members = Member.objects.managed_by(user).filter(pk__in=without_login)
        managed_without_login = set(members.values_list("pk", flat=True))
    return [
        entry
        for entry in entries
        if entry.member_id == user.member.pk
        or entry.member_id in managed_without_login
        or (entry.team and (entry.team_id in managed or entry.team.organization_id in user.administers))
    ]


def _manages(challenge: Challenge, user: User) -> bool:
    """Whether somebody manages a team of the maker's that plays, or the organization."""
    if challenge.organization_id in user.administers:
        return True
    playing = _managed_teams(user) & {team.pk for team in challenge.teams.all()}
    return bool(playing) and is_of_the_maker(challenge, playing)


def _managed_teams(user: User) -> set[int]:
    return {each.team_id for each in user.active_memberships if each.role == Role.MANAGER}
