"""Whose picture somebody gets to see: of whoever some page or wall names to them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from teams.models.challenges.challenges import Challenge
from teams.models.people.members import Member, WallChoice
from teams.models.people.organizations import WallNames
from teams.models.people.pictures import Face
from teams.models.people.teams import Team
from teams.models.people.users import User


def faces_shown_to(user: User, *, sees_organization_board: bool) -> QuerySet[Face]:
    """The pictures of those whom somebody sees, who were on a board of theirs, or whom they play with.

    Where they see the company's board, of everybody who may stand on it.
    """
    teams = Team.objects.visible_to(user)
    named = Q(pk__in=Member.objects.visible_to(user)) | Q(memberships__team__in=teams)
    named |= Q(entries__challenge__in=Challenge.objects.visible_to(user))
    if sees_organization_board:
        named |= Q(memberships__team__in=Team.objects.open_to_all().filter(organization__members__user=user))
    return Face.objects.filter(member__in=Member.objects.filter(named))


def faces_on_walls(teams: Iterable[Team]) -> QuerySet[Face]:
    """The pictures of those whom walls of these teams name in full: who asked for less has none there."""
    named = Team.objects.open_to_all().filter(pk__in=[team.pk for team in teams])
    members = Member.objects.filter(memberships__team__in=named, wall_name=WallChoice.NAME)
    return Face.objects.filter(member__in=members.filter(organization__wall_names=WallNames.NAME))
