"""Whose figures somebody sees, of a few colleagues: the rule, asked in Python.

`tests/models/test_rights.py` keeps it equal to `Member.objects.figures_visible_to`, which finds all of them.
"""

from collections.abc import Collection

from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.models.people.teams import memberships_showing_figures
from teams.rules.visibility import shows_figures


def seen_members(members: Collection[int], reader: Member) -> set[int]:
    """The ids of those of the members whose figures somebody sees, all of their company; at most one query."""
    if not members or reader.user is None:
        return set()
    if reader.is_admin:
        return set(members)
    seen_teams = {membership.team_id for membership in memberships_showing_figures(reader.user)}
    teams: dict[int, list[tuple[int, bool]]] = {member: [] for member in members}
    active = Membership.objects.active().filter(member__in=list(members))
    for member, team, competes in active.values_list("member", "team", "competing"):
        teams[member].append((team, competes))
    return {member for member in teams if member == reader.pk or shows_figures(teams[member], seen_teams)}
