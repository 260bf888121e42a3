"""Goals against PostgreSQL: their figures, making one, and noticing once that it is reached."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.boards.recalibrations import mark_recalibration, remove_recalibration
from teams.actions.goals import cancel_goal, check_goals, make_goal, notice_reached
from teams.actions.submissions import submit, withdraw
from teams.models import Board, Goal, Member, Membership, Recalibration, Submission, Withdrawal
from teams.queries.goals.progress import figures_of, progress_of
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.tasks import notice_moments
from tests import makers
from tests.makers import make_leave, make_member, make_organization, make_rep, make_submission, make_team

pytestmark = pytest.mark.django_db
START, TODAY, DUE = date(2026, 11, 5), date(2026, 11, 20), date(2026, 12, 31)
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


def team_goal(team, target, **fields):
    return makers.make_goal(team, target, **{"started_on": START, "due_on": DUE} | fields)


def figures(goal, day):
    [found] = figures_of([(goal, day)])
    return found


def numbers(goal, day):
    found = figures(goal, day)
    return (found.baseline, found.now, found.counted)


def noon(day):
    return datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)


def check(*days):
    """Look at all goals on some days, one after the other; what is stored of the only one."""
    for day in days:
        check_goals(Goal.objects.with_owners(), noon(day))
    goal = Goal.objects.get()
    return (goal.reached_on, goal.celebrated_at)


@pytest.fixture
def north():
    """Ada from 40 to 50 and Ben from 30 to 38, in the first half of November."""
    team = make_team("North", make_organization(time_zone="UTC"))
    for name, before, now in [("Ada", 40, 50), ("Ben", 30, 38)]:
        rep = make_rep(team, name, total=before, month=OCTOBER)
        make_submission(rep, now, taken_on=date(2026, 11, 12))
    return team


def member(name):
    return Membership.objects.get(member__name=name).member


# Figures


def test_a_mean_counts_who_was_there_at_the_start_is_expected_now_and_has_both_readings(north):
    make_rep(north, "New", total=90, month=NOVEMBER, joined_on=date(2026, 11, 8))
    make_rep(north, "Silent")
    make_rep(north, "Gone", total=90, month=OCTOBER).memberships.update(left_on=date(2026, 11, 20))
    make_rep(north, "Locked out", total=90, month=OCTOBER, no_access_since=date(2026, 11, 10))
    make_rep(north, "Long ago", total=90, month=OCTOBER - 4)
    away = make_rep(north, "Away", total=90, month=OCTOBER)
    make_leave(away, date(2026, 11, 1), date(2026, 11, 30))

    assert numbers(team_goal(north, 60), date(2026, 11, 20)) == (Decimal("35.0"), Decimal("44.0"), 2)


def test_figures_of_an_earlier_day_know_nothing_later(north):
    goal = team_goal(north, 60)
    make_submission(member("Ada"), 99, taken_on=date(2026, 11, 25))

    assert numbers(goal, date(2026, 11, 11)) == (Decimal("35.0"), Decimal("35.0"), 2)
    assert numbers(goal, date(2026, 11, 24)) == (Decimal("35.0"), Decimal("44.0"), 2)


def test_late_readings_and_corrections_move_what_is_now_and_leave_the_start(north):
    goal = team_goal(north, 60)
    make_submission(member("Ben"), 36, taken_on=date(2026, 11, 4))
    wrong = member("Ada").submissions.get(total=50)
    make_submission(member("Ada"), 45, taken_on=wrong.taken_on, replaces=wrong)

    assert numbers(goal, date(2026, 11, 20)) == (Decimal("35.0"), Decimal("41.5"), 2)


def test_a_withdrawn_reading_stops_counting(north):
    goal = team_goal(north, 60)
    latest = member("Ada").submissions.get(total=50)
    Withdrawal.objects.create(submission=latest, by=latest.member)

    assert numbers(goal, date(2026, 11, 20)) == (Decimal("35.0"), Decimal("39.0"), 2)


def test_a_pillar_is_of_the_readings_that_have_it(north):
    make_submission(member("Ada"), 70, taken_on=date(2026, 11, 14), pillars={"brand": None})

    assert numbers(team_goal(north, 20, pillar="brand"), date(2026, 11, 20)) == (Decimal("8.8"), Decimal("11.0"), 2)


def test_coverage_is_what_the_due_months_board_says(north):
    make_rep(north, "Silent")
    make_leave(make_rep(north, "Away"), date(2026, 11, 1), date(2026, 11, 30))
    rank_stale_boards()
    board = Board.objects.get(team=north, month=NOVEMBER)

    found = figures(team_goal(north, 90, kind="coverage", due_on=NOVEMBER.last_day), date(2026, 11, 20))

    assert (found.baseline, found.now) == (0, 66)
    assert (found.there, found.counted) == (board.submitted, board.expected) == (2, 3)


def test_everybody_at_a_score_counts_the_silent_of_the_start(north):
    make_rep(north, "Silent")

    found = figures(team_goal(north, 38, kind="everybody"), date(2026, 11, 20))

    assert (found.baseline, found.now, found.there, found.counted) == (33, 66, 2, 3)


def test_own_goals_take_off_what_linkedin_moved_for_everybody(north):
    ada = member("Ada")
    Recalibration.objects.create(organization=north.organization, day=date(2026, 11, 8), shift=-3)

    assert numbers(makers.make_goal(ada, 60, started_on=START, due_on=DUE), date(2026, 11, 20)) == (40, 53, 1)


def test_a_past_goal_shows_its_due_day(north):
    goal = team_goal(north, 60, due_on=date(2026, 11, 11))

    [row] = progress_of([goal], date(2027, 6, 1))

    assert (row.figures.now, row.state, row.days_left) == (35, "missed", 0)


def test_any_number_of_goals_costs_two_queries(north, django_assert_num_queries):
    for target in range(50, 56):
        team_goal(north, target)
        makers.make_goal(member("Ada"), target, started_on=START, due_on=DUE)
    goals = list(Goal.objects.with_owners())

    with django_assert_num_queries(2):
        assert len(progress_of(goals, date(2026, 11, 20))) == 12


# Making one


def new_goal(owner, target, by):
    whose = {"team": owner, "kind": "mean"} if hasattr(owner, "slug") else {"member": owner, "kind": "score"}
    return Goal(target=Decimal(target), started_on=TODAY, due_on=DUE, made_by=by, **whose)


def test_a_goal_starts_on_the_day_it_is_made_and_is_news_on_the_boards(north):
    rank_stale_boards()

    boards = make_goal(new_goal(north, 60, member("Ada")))

    assert Goal.objects.get().started_on == TODAY
    assert set(boards) == set(north.boards.values_list("pk", flat=True))


def test_the_same_goal_twice_is_stored_once_until_it_is_cancelled(north):
    ada = member("Ada")
    for _ in range(2):
        make_goal(new_goal(ada, 60, ada))
    cancel_goal(Goal.objects.get(), TODAY)
    make_goal(new_goal(ada, 60, ada))

    assert list(Goal.objects.order_by("pk").values_list("cancelled_on", flat=True)) == [TODAY, None]


def test_a_goal_that_is_met_or_cannot_be_measured_is_refused(north):
    with pytest.raises(Refused, match=r"The mean is 44 already"):
        make_goal(new_goal(north, 44, member("Ada")))
    with pytest.raises(Refused, match="Submit your score first"):
        make_goal(new_goal(make_rep(north, "New"), 44, member("Ada")))
    assert not Goal.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "score"},
        {"shared": True},
        {"target": 0},
        {"pillar": "brand", "target": 26},
        {"pillar": "brand", "kind": "coverage", "target": 20},
        {"due_on": START},
        {"reached_on": DUE},
    ],
)
def test_the_database_refuses_goals_that_make_no_sense(north, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        team_goal(north, **{"target": 60} | fields)


# Reaching it


def test_a_mean_is_reached_when_enough_are_in_and_dated(north):
    make_rep(north, "Cleo", total=20, month=OCTOBER)
    make_rep(north, "Dan", total=20, month=OCTOBER)
    team_goal(north, 32)

    assert check(date(2026, 11, 20)) == (None, None)
    make_submission(member("Dan"), 21, taken_on=date(2026, 11, 21))
    assert check(date(2026, 11, 21)) == (date(2026, 11, 21), noon(date(2026, 11, 21)))


def test_a_mean_is_reached_by_whoever_makes_the_coverage_complete(north):
    """Also by a newcomer, who is not in the mean."""
    team_goal(north, 44)
    for name in ("Cleo", "Dan"):
        make_rep(north, name, joined_on=date(2026, 11, 10))

    assert check(date(2026, 11, 20)) == (None, None)
    make_submission(member("Cleo"), 21, taken_on=date(2026, 11, 21))
    assert check(date(2026, 11, 21)) == (date(2026, 11, 21), noon(date(2026, 11, 21)))


def test_a_reading_typed_after_the_due_day_reaches_it_on_the_due_day(north):
    team_goal(north, 50, due_on=date(2026, 11, 30))
    make_submission(member("Ben"), 50, taken_on=date(2026, 11, 30))
    make_submission(member("Ada"), 90, taken_on=date(2026, 12, 1))

    assert check(date(2026, 12, 2))[0] == date(2026, 11, 30)


def test_a_correction_takes_it_back_and_it_is_celebrated_once(north):
    goal = makers.make_goal(member("Ada"), 50, started_on=START, due_on=DUE)
    first = check(date(2026, 11, 20))
    wrong = member("Ada").submissions.get(total=50)
    right = make_submission(member("Ada"), 45, taken_on=wrong.taken_on, replaces=wrong)

    assert check(date(2026, 11, 21)) == (None, first[1])
    make_submission(member("Ada"), 52, taken_on=date(2026, 11, 25))
    assert check(date(2026, 11, 26)) == (date(2026, 11, 26), first[1])
    assert (first[0], right.total, goal.pk) == (date(2026, 11, 20), 45, Goal.objects.get().pk)


def test_the_sweep_looks_at_goals_whose_boards_were_ranked_and_leaves_the_others(north):
    south = make_team("South")
    make_rep(south, "Sam", total=40, month=OCTOBER)
    today = north.organization.today()
    ahead = {"started_on": today - timedelta(days=9), "due_on": today + timedelta(days=9)}
    now = timezone.now() + timedelta(hours=1)
    quiet = team_goal(south, 60, **ahead, checked_at=now - timedelta(seconds=1))
    mine = makers.make_goal(member("Ada"), 99, **ahead)
    due = [team_goal(north, 60, **ahead), team_goal(north, 61, **ahead), mine]
    team_goal(north, 62, **ahead, cancelled_on=today)
    team_goal(north, 63, started_on=today - timedelta(days=90), due_on=today - timedelta(days=60))
    rank_stale_boards()

    assert sorted(notice_reached(now)) == sorted(goal.pk for goal in due)
    assert notice_reached(now) == []
    quiet.refresh_from_db()
    assert quiet.checked_at == now - timedelta(seconds=1)


def test_the_scheduled_task_dates_what_is_reached(north):
    today = north.organization.today()
    make_submission(member("Ada"), 40, month=Month.of(today) - 2)
    make_submission(member("Ada"), 70, taken_on=today)
    makers.make_goal(member("Ada"), 60, checked_at=timezone.now() - timedelta(seconds=1))
    rank_stale_boards()

    notice_moments()

    assert Goal.objects.get().reached_on == today


def test_who_joins_afterwards_takes_no_reached_goal_away(north):
    today = north.organization.today()
    goal = goal_of_now(north, 60, due_on=today + timedelta(days=9))
    for name in ("Ada", "Ben"):
        make_submission(member(name), 70, taken_on=today)
    check_goals(Goal.objects.with_owners(), timezone.now())
    assert Goal.objects.get().reached_on == today
    for name in ("Cleo", "Dan"):
        make_rep(north, name, total=20, month=Month.of(today))
    rank_stale_boards()

    assert notice_reached(timezone.now() + timedelta(seconds=1)) == []
    wrong = member("Ada").submissions.get(total=70)
    make_submission(member("Ada"), 7, taken_on=today, replaces=wrong)
    rank_stale_boards()
    assert notice_reached(timezone.now() + timedelta(seconds=2)) == [goal.pk]
    goal.refresh_from_db()
    assert goal.reached_on is None


@pytest.fixture
def two():
    """Ada and Ben, of whom nothing is read yet."""
    team = make_team("Two", make_organization(time_zone="UTC"))
    make_rep(team, "Ada")
    make_rep(team, "Ben")
    return team


def goal_of_now(team, target, **fields):
    """From the first of last month on, when everybody in the team was read at 40."""
    today = team.organization.today()
    for rep in Member.objects.filter(memberships__team=team):
        make_submission(rep, 40, month=Month.of(today) - 1)
    days = {"started_on": (Month.of(today) - 1).first_day, "due_on": Month.of(today).last_day}
    return team_goal(team, target, **days | fields)


def goal_of_a_week(team, target, today=None):
    """From six days ago on, when everybody in the team was read at 40."""
    begins = (today or team.organization.today()) - timedelta(days=6)
    for rep in Member.objects.filter(memberships__team=team):
        make_submission(rep, 40, taken_on=begins)
    return team_goal(team, target, started_on=begins, due_on=begins + timedelta(days=40))


def stored(rep, total, day, **fields):
    reading = Submission(member=rep, month=Month.of(day), taken_on=day, total=total, typed_by=rep, **fields)
    return submit(reading).submission


def test_a_goal_keeps_its_start_whatever_is_read_on_that_day_later(north):
    goal = team_goal(north, 60)
    make_submission(member("Ben"), 50, taken_on=START)

    assert numbers(goal, TODAY) == (Decimal("35.0"), Decimal("44.0"), 2)


def test_who_leaves_drops_out_of_the_start_too(north):
    goal = team_goal(north, 60)
    member("Ben").memberships.update(left_on=date(2026, 11, 19))

    assert numbers(goal, TODAY) == (Decimal("40.0"), Decimal("50.0"), 1)


@pytest.mark.parametrize("how", ["leaves", "loses access"])
@pytest.mark.parametrize(("kind", "target"), [("mean", 50), ("everybody", 55), ("coverage", 100)])
def test_a_goal_is_reached_by_a_reading_and_not_by_who_drops_out(two, kind, target, how):
    today = two.organization.today()
    goal = goal_of_now(two, target, kind=kind)
    make_submission(member("Ada"), 60, taken_on=today)
    assert check(today) == (None, None)
    if how == "leaves":
        member("Ben").memberships.update(left_on=today)
    else:
        Member.objects.filter(name="Ben").update(no_access_since=today)

    assert check(today) == (None, None)
    assert progress_of([Goal.objects.with_owners().get()], today)[0].state != "reached"
    make_submission(member("Ada"), 61, taken_on=today)
    assert (check(today)[0], goal.pk) == (today, Goal.objects.get().pk)


@pytest.mark.parametrize("how", ["corrected", "withdrawn"])
def test_no_page_says_reached_until_the_sweep_after_a_correction(two, how):
    goal_of_now(two, 50)
    today = two.organization.today()
    rank_stale_boards()
    stored(member("Ben"), 60, today)
    wrong = stored(member("Ada"), 60, today)
    assert check(today)[0] == today
    if how == "corrected":
        stored(member("Ada"), 30, today, replaces=wrong)
    else:
        withdraw(wrong, member("Ada"))

    goal = Goal.objects.with_owners().get()
    assert (goal.reached_on, progress_of([goal], today)[0].state == "reached") == (None, False)


def test_a_mark_takes_back_what_only_the_new_formula_reached_and_says_so(two):
    today = two.organization.today()
    goal_of_a_week(two, 50)
    for name in ("Ada", "Ben"):
        make_submission(member(name), 52, taken_on=today)
    first = check(today)
    rank_stale_boards()

    mark_recalibration(two.organization, today, today)
    taken_back = Goal.objects.with_owners().get()
    recalibration = Recalibration.objects.get()
    assert (first[0], recalibration.shift) == (today, 12)
    assert (taken_back.reached_on, taken_back.taken_back_on, taken_back.celebrated_at) == (None, today, first[1])
    assert check(today) == (None, first[1])

    remove_recalibration(recalibration)
    assert check(today) == (today, first[1])
    assert Goal.objects.get().taken_back_on is None


def test_a_mark_leaves_alone_what_is_reached_without_the_new_formula(two):
    today = (Month.of(two.organization.today()) - 1).last_day
    goal_of_a_week(two, 50, today)
    for name in ("Ada", "Ben"):
        make_submission(member(name), 70, taken_on=today - timedelta(days=1))
    make_submission(member("Ada"), 75, taken_on=today)
    assert check(today)[0] == today

    mark_recalibration(two.organization, today, today)

    assert (Goal.objects.get().reached_on, Goal.objects.get().taken_back_on) == (today, None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_celebrate_a_goal_once():
    team = make_team()
    today = team.organization.today()
    ada = make_rep(team, "Ada", total=40, month=Month.of(today) - 1)
    make_submission(ada, 70, taken_on=today)
    for target in range(50, 60):
        makers.make_goal(ada, target, started_on=today.replace(day=1) - timedelta(days=1))
    rank_stale_boards()
    start, moments = Barrier(2), [timezone.now() + timedelta(minutes=minute) for minute in (1, 2)]

    def sweep(now):
        start.wait()
        try:
            while notice_reached(now):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor() as workers:
        list(workers.map(sweep, moments))

    stored = list(Goal.objects.values_list("reached_on", "celebrated_at"))
    assert {day for day, _ in stored} == {today}
    assert {moment for _, moment in stored} <= set(moments)
    celebrated = dict(Goal.objects.values_list("pk", "celebrated_at"))
    notice_reached(moments[1] + timedelta(minutes=1))
    assert dict(Goal.objects.values_list("pk", "celebrated_at")) == celebrated


def test_organizations_have_their_own_day():
    east = make_team("East", make_organization("East", time_zone="Pacific/Kiritimati"))
    ada = make_member(east.organization, "Ada")
    Membership.objects.create(member=ada, team=east, joined_on=makers.LONG_AGO)
    make_submission(ada, 40, taken_on=START)
    make_submission(ada, 70, taken_on=date(2026, 11, 21))
    makers.make_goal(ada, 60, started_on=START, due_on=DUE)

    check_goals(Goal.objects.with_owners(), datetime(2026, 11, 20, 11, tzinfo=UTC))

    assert Goal.objects.get().reached_on == date(2026, 11, 21)
