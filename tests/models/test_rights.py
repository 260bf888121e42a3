"""Whom somebody's memberships let see and manage, against the plain definition, and what asking for it costs."""

import pytest
from django.utils import timezone

from teams.models import Challenge, Entry, Goal, Member, Team, User
from teams.queries.challenges.rights import Rights, answerable, rights
from teams.queries.people.seen import seen_members
from teams.queries.people.signed_in import signed_in
from teams.queries.people.viewer import Viewer
from tests.makers import (
    LONG_AGO,
    make_admin,
    make_challenge,
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


def test_a_page_says_whom_somebody_manages_as_the_lists_do(people):
    on_pages = {
        member.name: {each.pk for each in people if Viewer(member.user, member).manages_member(each)}
        for member in people
    }

    in_lists = {
        member.name: set(Member.objects.managed_by(member.user).values_list("pk", flat=True)) for member in people
    }
    assert on_pages == in_lists


def test_figures_are_those_of_the_team_in_which_somebody_competes(people):
    seen = {member.name: {str(each) for each in Member.objects.figures_visible_to(member.user)} for member in people}

    assert seen["Rep of North"] == {"Rep of North", "Manager of North", "Viewer of North", "Both"}
    assert seen["Rep of Strict"] == {"Rep of Strict"}
    assert seen["Manager of Strict"] == {"Rep of Strict", "Manager of Strict", "Viewer of Strict"}
    assert seen["Left"] == {"Left"}
    assert seen["Alan"] == {member.name for member in people if member.organization.name == "Acme"}


def test_a_page_says_whose_figures_somebody_sees_as_the_lists_do(people):
    on_pages, in_lists = {}, {}
    for reader in people:
        company = {each.pk for each in people if each.organization == reader.organization}
        on_pages[reader.name] = seen_members(company, reader)
        in_lists[reader.name] = set(Member.objects.figures_visible_to(reader.user).values_list("pk", flat=True))

    assert on_pages == in_lists


@pytest.fixture
def challenges(people):
    """Of each team: one that was sent, a draft and a duel; one that the managers of two teams answer for."""
    by_name = {member.name: member for member in people}
    north, south, _ = Team.objects.filter(organization__name="Acme")
    make_rep(north, "Without login", login=False)
    for team in Team.objects.all():
        maker, rep = by_name[f"Manager of {team}"], by_name[f"Rep of {team}"]
        make_challenge(team, maker)
        Challenge.objects.filter(pk=make_challenge(team, maker).pk).update(sent_at=None)
        make_challenge(team, rep, kind="improved", opponent=make_rep(team, f"Rival of {team}"))
    against = Challenge.objects.create(
        organization=north.organization, maker=by_name["Manager of North"], title="North and South", kind="teams",
        winners="top", winner_count=1, starts_on=LONG_AGO, ends_on=LONG_AGO, sent_at=timezone.now(),
    )  # fmt: skip
    against.teams.set([north, south])
    Entry.objects.bulk_create(Entry(challenge=against, team=team) for team in (north, south))
    return list(Challenge.objects.select_related("maker"))


def test_a_page_says_who_runs_and_decides_a_challenge_as_the_lists_do(people, challenges):
    on_pages = {
        (member.name, challenge.pk): rights(challenge, list(challenge.entries.all()), member.user)
        for member in people
        for challenge in challenges
    }

    in_lists = {
        (member.name, challenge.pk): Rights(
            run=Challenge.objects.run_by(member.user).filter(pk=challenge.pk).exists(),
            decide=Challenge.objects.decided_by(member.user).filter(pk=challenge.pk).exists(),
        )
        for member in people
        for challenge in challenges
    }
    assert on_pages == in_lists
    assert set(on_pages.values()) == {Rights(run, decide) for run in (True, False) for decide in (True, False)}


def test_a_page_says_whom_one_may_answer_for_as_the_lists_do(people, challenges):
    entries = list(Entry.objects.for_pages())

    on_pages = {member.name: {each.pk for each in answerable(entries, member.user)} for member in people}

    in_lists = {member.name: {each.pk for each in Entry.objects.answerable_by(member.user)} for member in people}
    assert on_pages == in_lists
    theirs = {str(entry) for entry in entries if entry.pk in on_pages["Manager of North"]}
    assert theirs == {"Without login", "North"}


def test_a_login_without_a_member_sees_nothing():
    user = make_user("Nobody")

    assert [*Team.objects.visible_to(user), *Team.objects.managed_by(user), *Member.objects.visible_to(user)] == []


def test_what_was_read_when_they_signed_in_says_which_rows_without_another_query(people, django_assert_num_queries):
    users = [signed_in(user.pk, timezone.now()) for user in User.objects.filter(member__isnull=False)]

    with django_assert_num_queries(0):
        queries = [kind.objects.visible_to(user) for user in users for kind in (Team, Member, Goal, Challenge)]

    assert len(queries) == 4 * len(people)


def test_signing_in_tells_which_teams_have_something_that_reps_enter(people):
    north, south, east = (Team.objects.get(name=name) for name in ("North", "South", "East"))
    north.counters.create(name="Visits", playable=True)
    south.counters.create(name="Meetings")

    users = [signed_in(user.pk, timezone.now()) for user in User.objects.filter(member__isnull=False)]

    told = {each.team: each.team.may_have_playable for user in users for each in user.active_memberships}
    assert (told[north], told[south], told[east]) == (True, False, False)
