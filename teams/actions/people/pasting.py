"""A pasted list: what adding each line of it would do, and adding those that a manager has ticked."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from teams.actions.people.invitations import invite
from teams.actions.people.known_names import candidates, roster_of
from teams.actions.people.members import add_member
from teams.models import Member, Team
from teams.rules.errors import Refused
from teams.rules.people.names import canonical_address
from teams.rules.people.people_list import Holder, Judged, Line, Person, judged


class Added(NamedTuple):
    """What became of a list of people: new members, those of them who are invited, and who was here before."""

    members: list[Member]
    invited: list[Member]
    known: list[str]


def judge(team: Team, lines: Iterable[Line]) -> list[Judged]:
    """What adding each line would do: the same for the preview and for adding."""
    members = Member.objects.filter(organization=team.organization)
    signing_in = members.values_list("pk", "name", "user__email")
    invited = members.filter(deactivated_on=None).values_list("pk", "name", "invitation__email")
    holders = {
        canonical_address(address): Holder(pk, name) for pk, name, address in signing_in.union(invited) if address
    }
    here = set(team.memberships.active().values_list("member", flat=True))
    return judged(lines, roster_of(candidates(team)), here, holders)


@transaction.atomic
def add_people(team: Team, people: Iterable[Person], by: Member, now: datetime) -> Added:
    """Each who may be added as a competing rep; those with an address are invited, as far as the hour allows."""
    Team.objects.select_for_update().get(pk=team.pk)
    added = Added([], [], [])
    for line, verdict, _who in judge(team, [Line(number, person.name, person) for number, person in enumerate(people)]):
        if line.person is None or not verdict.may_be_added:
            added.known.append(line.text)
            continue
        member = add_member(team, name=line.person.name)
        added.members.append(member)
        if line.person.email:
            with suppress(Refused):
                invite(member, line.person.email, by, now)
                added.invited.append(member)
    return added
