"""Filing the readings of several people for one month of their team at once, against PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teams.actions.months.closing import close_month
from teams.actions.months.scores import file_readings
from teams.actions.submissions import submit
from teams.models import Act, AuditEntry, Board, Revision, Submission
from tests.makers import (
    make_admin,
    make_goal,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    places,
    ranked_board,
    this_month,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team("North", make_organization(created_at=datetime(2019, 1, 1, tzinfo=UTC)))


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def reps(team):
    return [make_rep(team, f"Rep {number}", login=False) for number in range(4)]


def board_of(team, month=None):
    return Board.objects.of(team, month or this_month(team.organization))


def typed(member, total, by, **fields):
    """A reading of this month as a manager types it."""
    month = fields.pop("month", this_month(member.organization))
    defaults = {"taken_on": member.organization.today(), "source": "manager", "typed_by": by}
    return Submission(member=member, month=month, total=total, **defaults | fields)


def file(board, readings, by):
    return file_readings(board, readings, by, timezone.now())


def scores(team):
    rows = Submission.objects.counting().filter(member__memberships__team=team)
    return sorted(rows.values_list("member__name", "total"))


def test_everybody_is_filed_and_noted_and_the_board_is_nudged_once(team, grace, reps):
    filed = file(board_of(team), [typed(rep, 50 + n, grace) for n, rep in enumerate(reps)], grace)

    assert (filed.stored, filed.problems, filed.boards) == (4, {}, [board_of(team).pk])
    assert places(ranked_board(team)) == [(1, "Rep 3", 53), (2, "Rep 2", 52), (3, "Rep 1", 51), (4, "Rep 0", 50)]
    noted = AuditEntry.objects.filter(act=Act.SUBMITTED, team=team, actor=grace).values_list("about__name", flat=True)
    assert sorted(noted) == [rep.name for rep in reps]


def test_the_same_once_more_is_stored_once(team, grace, reps):
    for _ in range(2):
        filed = file(board_of(team), [typed(rep, 50, grace) for rep in reps], grace)

    assert (filed.stored, filed.problems, Submission.objects.count()) == (0, {}, 4)


def test_what_a_rule_forbids_is_left_out_and_the_rest_is_stored(team, grace, reps):
    stranger = make_rep(make_team("South", team.organization), "Sam", login=False)
    first, second, third, _ = reps
    ada = make_submission(third, 60)
    readings = [
        typed(first, 50, grace),
        typed(second, 51, grace, taken_on=date(2013, 5, 1)),
        typed(third, 61, grace, replaces=ada),
        typed(stranger, 70, grace),
    ]

    filed = file(board_of(team), readings, grace)

    month = board_of(team).month.first_day
    assert (filed.stored, filed.problems) == (
        1,
        {
            second.pk: "The day of the reading is before 2014, when there was no index yet. Check the year.",
            third.pk: "Say why you correct somebody else's reading.",
            stranger.pk: f"Sam was not in your team in {month:%B %Y}.",
        },
    )
    assert scores(team) == [("Rep 0", 50), ("Rep 2", 60)]


def test_a_correction_replaces_with_its_reason_and_a_goal_that_it_reached_is_taken_back(team, grace, reps):
    wrong = make_submission(reps[0], 90)
    goal = make_goal(reps[0], 80, by=grace)
    goal.reached_on, goal.celebrated_at, goal.readings = goal.due_on, timezone.now(), [wrong.pk]
    goal.save()

    file(board_of(team), [typed(reps[0], 60, grace, replaces=wrong, reason="Misread", taken_on=wrong.taken_on)], grace)

    goal.refresh_from_db()
    now = Submission.objects.counting().get()
    assert (now.total, now.replaces, now.reason, goal.reached_on) == (60, wrong, "Misread", None)
    assert AuditEntry.objects.get(act=Act.CORRECTED).reason == "Misread"


def test_a_reading_that_was_corrected_meanwhile_is_not_corrected_again(team, grace, reps):
    first = make_submission(reps[0], 60)
    make_submission(reps[0], 61, replaces=first)

    filed = file(board_of(team), [typed(reps[0], 62, grace, replaces=first, reason="Misread")], grace)

    assert list(filed.problems.values()) == [
        "That reading no longer counts: it was corrected or withdrawn. Look at the history."
    ]
    assert (filed.stored, scores(team)) == (0, [("Rep 0", 61)])


@pytest.mark.parametrize("somebody", ["a manager elsewhere", "a rep of the team", "an admin elsewhere"])
def test_nobody_else_files_for_the_team(team, reps, somebody):
    by = {
        "a manager elsewhere": lambda: make_manager(make_team("South", team.organization), "Sue"),
        "a rep of the team": lambda: make_rep(team, "Rita"),
        "an admin elsewhere": lambda: make_admin(make_organization("Globex"), "Gus"),
    }[somebody]()

    filed = file(board_of(team), [typed(reps[0], 50, by)], by)

    assert (filed.stored, list(filed.problems), Submission.objects.count()) == (0, [reps[0].pk], 0)


def test_an_admin_files_for_any_team(team, reps):
    alan = make_admin(team.organization)

    assert file(board_of(team), [typed(reps[0], 50, alan)], alan).stored == 1


@pytest.fixture
def closed(team, reps):
    """North's month of a quarter ago, closed: Rep 0 before Rep 1, the others silent."""
    month = this_month(team.organization) - 3
    make_submission(reps[0], 60, month=month)
    make_submission(reps[1], 50, month=month)
    return close_month(Board.objects.get(team=team, month=month).pk, timezone.now())


def test_in_a_closed_month_each_is_an_amendment_with_the_standings_as_they_were(team, grace, reps, closed):
    wrong, month = reps[1].submissions.get(), closed.month
    fields = {"month": month, "taken_on": month.last_day, "reason": "From the sheet"}

    filed = file(
        closed, [typed(reps[1], 65, grace, replaces=wrong, **fields), typed(reps[2], 62, grace, **fields)], grace
    )

    revisions = Revision.objects.order_by("number")
    assert filed.stored == 2
    assert [(each.number, each.member, each.total_before, each.total_after) for each in revisions] == [
        (1, reps[1], 50, 65),
        (2, reps[2], None, 62),
    ]
    assert {each.reason for each in revisions} == {"From the sheet"}
    assert [places(each) for each in revisions] == [[(1, "Rep 0", 60), (2, "Rep 1", 50)]] * 2
    assert places(closed) == [(1, "Rep 1", 65), (2, "Rep 2", 62), (3, "Rep 0", 60)]
    assert AuditEntry.objects.filter(act=Act.AMENDED, reason="From the sheet").count() == 2


def test_a_closed_month_takes_nothing_without_a_reason(team, grace, reps, closed):
    filed = file(closed, [typed(reps[2], 62, grace, month=closed.month, taken_on=closed.month.last_day)], grace)

    assert (filed.stored, filed.problems) == (0, {reps[2].pk: "Say why the final standings are changed."})


def test_a_month_whose_closing_has_come_takes_nothing_before_a_worker_gets_to_it(team, grace, reps):
    month = this_month(team.organization) - 3
    board = Board.objects.create(team=team, month=month)

    filed = file(board, [typed(reps[0], 50, grace, month=month, taken_on=month.last_day)], grace)

    assert filed.stored == 0
    assert "is closed: its standings are final" in filed.problems[reps[0].pk]


@pytest.mark.parametrize("state", ["new", "correction", "amendment"])
def test_many_cost_as_many_questions_as_one(team, grace, state):
    month = this_month(team.organization) - (3 if state == "amendment" else 0)
    reps = [make_rep(team, f"Person {n}", login=False) for n in range(8)]
    known = [] if state == "new" else [make_submission(rep, 40, month=month) for rep in reps]
    board = Board.objects.of(team, month)
    if state == "amendment":
        close_month(board.pk, timezone.now())
        board = board_of(team, month)

    def cost(some, total):
        readings = [
            typed(
                rep,
                total,
                grace,
                month=month,
                taken_on=month.first_day,
                reason="Misread",
                replaces=known[reps.index(rep)] if known else None,
            )
            for rep in some
        ]
        with CaptureQueriesContext(connection) as queries:
            assert file(board, readings, grace).stored == len(some)
        return len(queries)

    assert cost(reps[:1], 50) == cost(reps[1:], 51)


@pytest.mark.django_db(transaction=True)
def test_a_manager_and_all_reps_at_once_wait_for_each_other_in_no_circle(team, grace, reps):
    def as_manager(_):
        try:
            return file(board_of(team), [typed(rep, 70, grace) for rep in reversed(reps)], grace).problems
        finally:
            connection.close()

    def as_rep(rep):
        try:
            submit(typed(rep, 60, rep, source="typed"))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        own = [people.submit(as_rep, rep) for rep in reps * 3]
        managers = list(people.map(as_manager, range(4)))
        for each in own:
            each.result()

    assert managers == [{}] * 4
    assert Submission.objects.filter(typed_by=grace).count() >= 4
