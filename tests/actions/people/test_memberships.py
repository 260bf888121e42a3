"""People in teams: roles, moving, deactivating, bringing back, admins; and two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.people.leaves import add_leave, remove_leave
from teams.actions.people.memberships import (
    change_membership,
    deactivate,
    end_membership,
    move_member,
    reactivate,
    set_admin,
    undo_deactivation,
)
from teams.actions.people.pasting import add_people
from teams.models import AuditEntry, Board, Leave, Membership, Role
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.people.people_list import Person
from tests.makers import (
    LONG_AGO,
    make_admin,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    make_viewer,
    places,
    ranked_board,
    this_month,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def north():
    return make_team("North", make_organization(time_zone="Europe/Berlin"))


@pytest.fixture
def south(north):
    return make_team("South", north.organization)


@pytest.fixture
def today(north):
    return north.organization.today()


def of(member):
    """The member's memberships as (team, role, competing, joined_on, left_on), the oldest first."""
    rows = member.memberships.order_by("pk").select_related("team")
    return [(row.team.name, row.role, row.competing, row.joined_on, row.left_on) for row in rows]


def current(member):
    return member.memberships.active().get()


def test_a_rep_becomes_a_competing_manager_in_place(north, today):
    ada = make_rep(north, "Ada")

    change_membership(current(ada), role=Role.MANAGER, competing=True, today=today)

    assert of(ada) == [("North", "manager", True, LONG_AGO, None)]


def test_who_stops_competing_keeps_what_was_before(north, today):
    ada = make_rep(north, "Ada", total=60)
    last_month = this_month(north.organization) - 1
    make_submission(ada, 55, month=last_month)
    before = places(ranked_board(north))

    change_membership(current(ada), role=Role.VIEWER, competing=True, today=today)

    assert of(ada) == [("North", "rep", True, LONG_AGO, today), ("North", "viewer", False, today, None)]
    assert (before, places(ranked_board(north))) == ([(1, "Ada", 60)], [])
    assert places(ranked_board(north, last_month)) == [(1, "Ada", 55)]


def test_one_competes_in_one_team_only(north, south, today):
    ada = make_rep(north, "Ada")
    other = Membership.objects.create(member=ada, team=south, role="rep", competing=False, joined_on=LONG_AGO)

    with pytest.raises(Refused, match="competes in another team already"):
        change_membership(other, role=Role.REP, competing=True, today=today)


def test_a_move_keeps_the_history_and_takes_the_score_along(north, south, today):
    ada = make_rep(north, "Ada", total=60)
    make_rep(north, "Ben", total=40)
    month = this_month(north.organization)
    rank_stale_boards()

    move_member(current(ada), south, today)
    rank_stale_boards()

    assert of(ada) == [("North", "rep", True, LONG_AGO, today), ("South", "rep", True, today, None)]
    boards = [Board.objects.get(team=team, month=month) for team in (north, south)]
    assert [places(board) for board in boards] == [[(1, "Ben", 40)], [(1, "Ada", 60)]]


def test_nobody_moves_to_where_they_are_or_twice(north, south, today):
    ada = make_rep(north, "Ada")
    stale = current(ada)

    with pytest.raises(Refused, match="Ada is in North already"):
        move_member(stale, north, today)
    move_member(stale, south, today)
    with pytest.raises(Refused, match="Ada is not in North any more"):
        move_member(stale, south, today)


def test_the_only_team_is_not_left_but_another_is(north, south, today):
    ada = make_rep(north, "Ada")
    other = Membership.objects.create(member=ada, team=south, role="viewer", competing=False, joined_on=LONG_AGO)
    end_membership(other, today)

    assert of(ada) == [("North", "rep", True, LONG_AGO, None), ("South", "viewer", False, LONG_AGO, today)]
    with pytest.raises(Refused, match="North is Ada's only team"):
        end_membership(current(ada), today)


def test_the_last_manager_stays_until_there_is_another(north, south, today):
    grace, alan = make_manager(north, "Grace"), make_admin(north.organization, "Alan")
    Membership.objects.create(member=grace, team=south, role="viewer", competing=False, joined_on=LONG_AGO)
    managing = grace.memberships.get(team=north)
    attempts = [
        lambda: change_membership(managing, role=Role.REP, competing=False, today=today),
        lambda: move_member(managing, make_team("West", north.organization), today),
        lambda: end_membership(managing, today),
        lambda: deactivate(grace, alan, today),
    ]

    for attempt in attempts:
        with pytest.raises(Refused, match="Grace is the last manager of North"):
            attempt()
    make_manager(north, "Gus")
    deactivate(grace, alan, today)

    assert list(grace.memberships.active()) == []


def test_the_last_admin_stays_until_there_is_another(north, today):
    alan, ada = make_admin(north.organization, "Alan"), make_rep(north, "Ada")

    with pytest.raises(Refused, match="Alan is the last admin"):
        set_admin(alan, is_admin=False)
    with pytest.raises(Refused, match="Alan is the last admin"):
        deactivate(alan, ada, today)
    with pytest.raises(Refused, match="cannot sign in yet"):
        set_admin(make_rep(north, "Ben", login=False), is_admin=True)
    set_admin(ada, is_admin=True)
    set_admin(alan, is_admin=False)
    for member in (ada, alan):
        member.refresh_from_db()

    assert (ada.is_admin, alan.is_admin) == (True, False)


def test_nobody_deactivates_themselves(north, today):
    grace = make_manager(north, "Grace")

    with pytest.raises(Refused, match="You cannot deactivate yourself"):
        deactivate(grace, grace, today)


def test_deactivating_ends_memberships_and_sessions_and_bringing_back_gives_them_again(north, browse, today):
    grace, ada = make_manager(north, "Grace"), make_rep(north, "Ada", total=60)
    browser = browse(ada)
    assert browser.get("/me/").status_code == 200

    deactivate(ada, grace, today)

    assert browser.get("/me/").status_code == 302
    assert of(ada) == [("North", "rep", True, LONG_AGO, today)]
    assert places(ranked_board(north)) == []
    ada.refresh_from_db()
    reactivate(ada, today)
    assert browser.get("/me/").status_code == 302
    ada.user.refresh_from_db()
    assert browse(ada).get("/me/").status_code == 200
    assert of(ada) == [("North", "rep", True, LONG_AGO, None)]
    assert places(ranked_board(north)) == [(1, "Ada", 60)]


def test_who_comes_back_later_joins_anew(north, today):
    grace, ada = make_manager(north, "Grace"), make_rep(north, "Ada")
    deactivate(ada, grace, today)
    later = today + timedelta(days=40)

    reactivate(ada, later)
    reactivate(ada, later)

    assert of(ada) == [("North", "rep", True, LONG_AGO, today), ("North", "rep", True, later, None)]


@pytest.mark.parametrize("days_ago", [0, 40])
def test_a_deactivation_that_is_undone_leaves_no_gap_and_stands_in_the_log_with_its_undoing(north, today, days_ago):
    grace, ada = make_manager(north, "Grace"), make_rep(north, "Ada", total=60)
    deactivate(ada, grace, today, today - timedelta(days=days_ago))

    undo_deactivation(ada, today)
    undo_deactivation(ada, today)

    ada.refresh_from_db()
    assert (of(ada), ada.deactivated_on, ada.user.is_active) == ([("North", "rep", True, LONG_AGO, None)], None, True)
    assert places(ranked_board(north)) == [(1, "Ada", 60)]
    assert list(AuditEntry.objects.filter(about=ada).order_by("pk").values_list("act", flat=True)) == [
        "people.deactivated",
        "people.undone",
    ]


def test_on_a_later_day_a_deactivation_is_not_undone(north, today):
    grace, ada = make_manager(north, "Grace"), make_rep(north, "Ada")
    deactivate(ada, grace, today)

    with pytest.raises(Refused, match="Bring them back instead"):
        undo_deactivation(ada, today + timedelta(days=1))

    assert of(ada) == [("North", "rep", True, LONG_AGO, today)]


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_step_down_at_once_do_not_leave_a_team_alone(north, today):
    managers = [make_manager(north, name) for name in ("Grace", "Gus")]
    together = Barrier(2)

    def step_down(manager):
        membership = current(manager)
        together.wait(10)
        try:
            change_membership(membership, role=Role.VIEWER, competing=False, today=today)
        except Refused:
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        stepped_down = list(pool.map(step_down, managers))

    assert sorted(stepped_down) == [False, True]
    assert north.memberships.active().filter(role="manager").count() == 1


def test_a_list_adds_each_person_once_and_skips_who_is_there(north, settings, today):
    grace = make_manager(north, "Grace")
    make_rep(north, "Ada")
    people = [Person("ADA", ""), Person("Jane Doe", "jane@example.org"), Person("Ben Roe", "")]
    now = north.organization.local(grace.user.date_joined)

    first = add_people(north, people, grace, now)
    again = add_people(north, [*people, Person("J. Doe", "jane@example.org")], grace, now)

    assert [str(member) for member in first.members] == ["Jane Doe", "Ben Roe"]
    assert ([str(member) for member in first.invited], first.known) == (["Jane Doe"], ["ADA"])
    assert (again.members, again.known) == ([], ["ADA", "Jane Doe", "Ben Roe", "J. Doe"])
    assert of(first.members[0]) == [("North", "rep", True, today.replace(day=1), None)]


def test_leave_changes_who_is_expected_and_its_removal_changes_it_back(north, today):
    ada = make_rep(north, "Ada")
    make_rep(north, "Ben", total=40)
    month = Month.of(today)
    expected = [ranked_board(north).expected]

    add_leave(ada, month.first_day, month.last_day)
    expected.append(ranked_board(north).expected)
    remove_leave(Leave.objects.get())
    expected.append(ranked_board(north).expected)

    assert expected == [2, 1, 2]


def test_leaves_do_not_overlap(north, today):
    ada = make_rep(north, "Ada")
    make_leave(ada, today, today + timedelta(days=5))

    with pytest.raises(Refused, match="There is an absence from"):
        add_leave(ada, today + timedelta(days=5), today + timedelta(days=9))
    add_leave(ada, today + timedelta(days=6), today + timedelta(days=9))

    assert Leave.objects.count() == 2


def test_a_viewer_never_competes(north, today):
    vera = make_viewer(north)

    change_membership(current(vera), role=Role.VIEWER, competing=True, today=today)

    assert of(vera) == [("North", "viewer", False, LONG_AGO, None)]
