"""Which of a challenge's teams are its maker's: their managers manage it, those of others that play do not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q

from teams.models.people.members import Member
from teams.models.people.memberships import Membership, Role
from teams.models.people.teams import Team

if TYPE_CHECKING:
    from teams.models.challenges.challenges import Challenge

A_DAY = timedelta(days=1)
"""No zone is further than a day from UTC, in which moments are stored."""


def of_the_maker() -> Exists:
    """Whether the maker belonged to the team when the challenge was sent; of rows that tie the two together."""
    there = Membership.objects.filter(team=OuterRef("team"), member=OuterRef("challenge__maker"))
    return Exists(there.filter(_held_at(OuterRef("challenge__sent_at"))))


def is_of_the_maker(challenge: "Challenge", teams: Iterable[int]) -> bool:
    """Whether the maker of a challenge that was sent belonged to one of these teams then; one query."""
    there = Membership.objects.filter(_held_at(challenge.sent_at), member=challenge.maker_id, team__in=list(teams))
    return there.order_by().exists()


def _held_at(moment: Any) -> Q:
    return Q(Q(left_on=None) | Q(left_on__gt=moment - A_DAY), joined_on__lte=moment + A_DAY)


def still_manages(maker: Member, challenge: int) -> bool:
    """Whether its maker manages one of the maker's teams of a challenge, or the organization, to this day."""
    teams = teams_of_makers([challenge])[challenge]
    managing = Membership.objects.active().filter(member=maker, team__in=teams, role=Role.MANAGER)
    return (maker.is_admin and maker.deactivated_on is None) or managing.exists()


def teams_of_makers(challenges: Iterable[int]) -> dict[int, set[int]]:
    """The ids of those teams of each challenge, by its id, that are its maker's; one query."""
    teams_by_challenge: dict[int, set[int]] = defaultdict(set)
    playing = Team.challenges.through.objects.filter(of_the_maker(), challenge__in=list(challenges))
    for challenge, team in playing.values_list("challenge_id", "team_id"):
        teams_by_challenge[challenge].add(team)
    return teams_by_challenge
