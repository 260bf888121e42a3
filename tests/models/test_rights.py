"""Whom somebody's memberships let see and manage, against the plain definition, and what asking for it costs."""

import pytest
from django.utils import timezone

from teams.models import Challenge, Goal, Member, Team, User
from teams.queries.people.signed_in import signed_in
from tests.makers import (
    LONG_AGO,
    make_admin,
    make_manager,
    make_organization,
    make_rep,
    make_team,
    make_user,
    make_viewer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Everybody of two organizations: one with three teams, of which one is stricter than the others."""
    acme, globex = make_organization("Acme"), make_organization("Globex")
    north, south, strict = make_team("North", acme), make_team("South", acme), make_team("Strict", acme)
    Team.objects.filter(pk=strict.pk).update(rank_visibility="own")
    east = make_team("East", globex)
    for team in (north, south, strict, east):
        make_rep(team, f"Rep of {team}")
        make_manager(team, f"Manager of {team}")
        make_viewer(team, f"Viewer of {team}")
    make_admin(acme, "Alan")
    make_admin(globex, "Gus")
    both = make_rep(north, "Both")
    both.memberships.create(team=strict, role="viewer", competing=False, joined_on=LONG_AGO)
    left = make_rep(south, "Left")
    left.memberships.update(left_on=LONG_AGO)
    return list(Member.objects.select_related("organization"))


def teams_of(member, **among):
    """By the plain definition: an admin's are all of the organization, others' those in which they are."""
    if member.is_admin:
        return set(Team.objects.filter(organization=member.organization))
    return set(Team.objects.filter(memberships__member=member, memberships__left_on=None, **among))


def test_somebody_sees_the_teams_they_are_in_and_an_admin_all_of_the_company(people):
    seen = {member.name: set(Team.objects.visible_to(member.user)) for member in people}

    assert seen == {member.name: teams_of(member) for member in people}
    assert seen["Left"] == set()


def test_somebody_manages_the_teams_in_which_they_are_the_manager(people):
    managed = {member.name: set(Team.objects.managed_by(member.user)) for member in people}

    assert managed == {member.name: teams_of(member, memberships__role="manager") for member in people}


def test_figures_are_those_of_the_team_in_which_somebody_competes(people):
    seen = {member.name: {str(each) for each in Member.objects.figures_visible_to(member.user)} for member in people}

    assert seen["Rep of North"] == {"Rep of North", "Manager of North", "Viewer of North", "Both"}
    assert seen["Rep of Strict"] == {"Rep of Strict"}
    assert seen["Manager of Strict"] == {"Rep of Strict", "Manager of Strict", "Viewer of Strict"}
    assert seen["Left"] == {"Left"}
    assert seen["Alan"] == {member.name for member in people if member.organization.name == "Acme"}


def test_a_login_without_a_member_sees_nothing():
    user = make_user("Nobody")

    assert [*Team.objects.visible_to(user), *Team.objects.managed_by(user), *Member.objects.visible_to(user)] == []


def test_what_was_read_when_they_signed_in_says_which_rows_without_another_query(people, django_assert_num_queries):
    users = [signed_in(user.pk, timezone.now()) for user in User.objects.filter(member__isnull=False)]

    with django_assert_num_queries(0):
        queries = [kind.objects.visible_to(user) for user in users for kind in (Team, Member, Goal, Challenge)]

    assert len(queries) == 4 * len(people)
