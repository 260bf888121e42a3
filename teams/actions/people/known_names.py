"""Whom a name or an address may mean in a team: the same for imports, business figures and pasted lists."""

from collections.abc import Iterable

from django.db.models import Q

from teams.fields import former_names
from teams.models import ImportPerson, Member, Team
from teams.rules.people.name_matching import Roster, Somebody
from teams.rules.people.names import canonical_address


def roster_of(people: Iterable[Member]) -> Roster:
    """The roster of some people: `roster_of(candidates(team)).match(name, email)` says who of them is meant."""
    return Roster(map(_somebody, people), former_names())


def candidates(team: Team) -> list[Member]:
    """Whom a name may mean: who is or was in the team, and whom an import had added to it."""
    added_members = ImportPerson.objects.filter(upload__team=team, was_added=True).values("member")
    members = Member.objects.filter(organization=team.organization)
    candidates_of_team = members.filter(Q(memberships__team=team) | Q(pk__in=added_members))
    return list(candidates_of_team.select_related("user", "invitation").distinct())


def _somebody(member: Member) -> Somebody:
    """A member as the rules know them: with the address they sign in with, else the one they are invited by."""
    if member.user:
        return Somebody(member.pk, member.name, frozenset({canonical_address(member.user.email)}))
    invitation = getattr(member, "invitation", None)
    return Somebody(member.pk, member.name, frozenset({canonical_address(invitation.email)} if invitation else ()))
