"""Closing months, by the clock and by hand, and amending what is closed, against PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.checks import differing_counts
from teams.actions.confirmations import confirm
from teams.actions.messages.links import is_open
from teams.actions.months.closing import (
    amend,
    amend_by_withdrawing,
    challenges_cut_short,
    close_month,
    close_months,
    due_boards,
)
from teams.actions.submissions import closed_months, submit
from teams.models import Act, AuditEntry, Board, Confirmation, Membership, Revision, Submission
from teams.rules import standings as rules
from teams.rules.errors import Refused
from teams.rules.months import Month
from tests.makers import make_challenge, make_manager, make_organization, make_rep, make_submission, make_team, places

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
CLOSED = datetime(2026, 11, 4, 18, tzinfo=UTC)
LATER = datetime(2026, 11, 9, 10, tzinfo=UTC)


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="UTC", created_at=datetime(2026, 1, 1, tzinfo=UTC)))


def board_of(team, month=OCTOBER):
    return Board.objects.get(team=team, month=month)


def reading(member, total, by, **fields):
    """A reading of October as a manager typed it."""
    fields = {"taken_on": date(2026, 10, 30), "reason": "Misread", **fields}
    return Submission(member=member, month=OCTOBER, total=total, typed_by=by, source="manager", **fields)


def before(revision):
    return [(row.rank, row.member.name, row.total) for row in revision.standings.select_related("member")]


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/Berlin", datetime(2026, 11, 4, 17, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 11, 5, 2, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 11, 4, 5, tzinfo=UTC)),
    ],
)
def test_a_month_is_due_at_six_in_the_evening_where_the_organization_is(team, zone, moment):
    team.organization.time_zone = zone
    team.organization.save()
    make_rep(team, "Ada", total=60, month=OCTOBER)

    assert (due_boards(moment - timedelta(seconds=1)), due_boards(moment)) == ([], [board_of(team).pk])


def test_months_from_before_the_organization_are_left_to_their_import(team):
    team.organization.created_at = datetime(2026, 10, 20, tzinfo=UTC)
    team.organization.save()
    ada = make_rep(team, "Ada", total=60, month=OCTOBER)
    make_submission(ada, 50, month=SEPTEMBER)

    assert due_boards(LATER) == [board_of(team).pk]


def test_closing_ranks_a_last_time_and_notes_when_and_by_which_rules(team):
    make_rep(team, "Ada", total=60, month=OCTOBER)
    make_rep(team, "Ben", total=70, month=OCTOBER)

    closed = close_month(board_of(team).pk, CLOSED)

    assert places(closed) == [(1, "Ben", 70), (2, "Ada", 60)]
    assert (closed.closed_at, closed.closed_by, closed.rules_version) == (CLOSED, None, rules.VERSION)
    assert due_boards(LATER) == []


def test_a_month_is_closed_once_and_keeps_who_did_it(team):
    grace = make_manager(team)
    make_rep(team, "Ada", total=60, month=OCTOBER)
    close_month(board_of(team).pk, CLOSED, grace)

    assert close_month(board_of(team).pk, LATER) is None
    assert (board_of(team).closed_at, board_of(team).closed_by) == (CLOSED, grace)


def test_many_are_closed_at_once_those_that_are_open_and_each_is_in_its_teams_log(team, django_assert_max_num_queries):
    teams = [team, *(make_team(name, team.organization) for name in ["South", "East"])]
    for number, each in enumerate(teams):
        make_rep(each, f"Rep {number}", total=60 + number, month=OCTOBER)
    boards = [board_of(each).pk for each in teams]
    close_month(boards[1], CLOSED, make_manager(team))

    with django_assert_max_num_queries(13):
        close_months(boards, LATER)

    assert [board_of(each).closed_at for each in teams] == [LATER, CLOSED, LATER]
    assert [places(board_of(each)) for each in teams] == [[(1, f"Rep {n}", 60 + n)] for n in range(3)]
    entries = AuditEntry.objects.filter(act=Act.CLOSED).order_by("team__pk").values_list("team__name", "details")
    assert list(entries) == [(each.name, {"month": "2026-10"}) for each in teams]
    assert due_boards(LATER) == []


def test_a_month_is_not_closed_before_its_last_day(team):
    make_rep(team, "Ada", total=60, month=OCTOBER)

    with pytest.raises(Refused, match="from its last day on"):
        close_month(board_of(team).pk, datetime(2026, 10, 30, 12, tzinfo=UTC))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_close_a_month_once(team):
    make_rep(team, "Ada", total=60, month=OCTOBER)
    board = board_of(team)

    def close(minute):
        try:
            return close_month(board.pk, CLOSED.replace(minute=minute))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as workers:
        closed = [found for found in workers.map(close, range(8)) if found]

    assert [found.closed_at for found in closed] == [board_of(team).closed_at]
    assert board_of(team).version == 2


@pytest.fixture
def closed(team):
    """North's October, closed: Ada before Ben; Silent has nothing."""
    make_rep(team, "Ada", total=60, month=OCTOBER)
    make_rep(team, "Ben", total=50, month=OCTOBER)
    make_rep(team, "Silent")
    make_manager(team)
    return close_month(board_of(team).pk, CLOSED)


@pytest.fixture
def people(closed):
    found = closed.team.organization.members.all()
    return {member.name: member for member in found}


def test_a_correction_of_a_closed_month_keeps_both_states(closed, people):
    ben, grace = people["Ben"], people["Grace"]
    wrong = ben.submissions.get()

    amend(closed, reading(ben, 65, grace, replaces=wrong), LATER)

    revision = Revision.objects.get()
    assert before(revision) == [(1, "Ada", 60), (2, "Ben", 50)]
    assert places(closed) == [(1, "Ben", 65), (2, "Ada", 60)]
    assert (revision.number, revision.by, revision.at, revision.reason) == (1, grace, LATER, "Misread")
    assert (revision.member, revision.total_before, revision.total_after) == (ben, 50, 65)
    assert board_of(closed.team).closed_at == CLOSED


def test_amendments_are_numbered_and_change_what_the_one_before_left(closed, people):
    grace = people["Grace"]
    amend(closed, reading(people["Silent"], 55, grace), LATER)
    amend_by_withdrawing(closed, people["Ada"].submissions.get(), grace, "Of somebody else", LATER)

    second, first = Revision.objects.all()
    assert (before(first), first.submitted, first.expected) == ([(1, "Ada", 60), (2, "Ben", 50)], 2, 3)
    assert before(second) == [(1, "Ada", 60), (2, "Silent", 55), (3, "Ben", 50)]
    assert (second.number, second.total_before, second.total_after, second.submitted) == (2, 60, None, 3)
    assert places(closed) == [(1, "Silent", 55), (2, "Ben", 50)]
    assert differing_counts() == []


def test_an_amended_month_equals_what_the_rule_says(closed, people):
    for name, total in [("Ada", 50), ("Ben", 71)]:
        member = people[name]
        amend(closed, reading(member, total, people["Grace"], replaces=member.submissions.get()), LATER)

    totals = {people["Ada"].pk: 50, people["Ben"].pk: 71}
    assert dict(closed.standings.values_list("member_id", "rank")) == rules.ranks(totals)


def test_open_later_months_follow_an_amendment_and_closed_ones_keep_their_figures(closed, people):
    ada, team = people["Ada"], closed.team
    make_submission(ada, 62, month=NOVEMBER)
    make_submission(ada, 64, month=Month(2026, 12), taken_on=date(2026, 12, 1))
    rank_stale_boards()
    close_month(board_of(team, NOVEMBER).pk, datetime(2026, 12, 3, 18, tzinfo=UTC))
    old = ada.submissions.get(month=OCTOBER)

    amend(closed, reading(ada, 40, people["Grace"], replaces=old), datetime(2026, 12, 9, tzinfo=UTC))

    assert list(Board.objects.stale().values_list("month", flat=True)) == [Month(2026, 12)]
    assert board_of(team, NOVEMBER).standings.get(member=ada).previous == old


def test_a_closed_month_takes_nothing_but_an_amendment(closed, people):
    ben = people["Ben"]

    with pytest.raises(Refused, match="is closed"):
        submit(reading(ben, 65, people["Grace"], replaces=ben.submissions.get()))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Say why"),
        ({"taken_on": date(2026, 9, 30)}, "had not begun"),
        ({"taken_on": date(2026, 11, 2)}, "already has a reading"),
    ],
)
def test_an_amendment_that_a_rule_forbids_changes_nothing(closed, people, changes, sentence):
    with pytest.raises(Refused, match=sentence):
        amend(closed, reading(people["Ben"], 65, people["Grace"], **changes), LATER)

    assert (places(closed), Revision.objects.count()) == ([(1, "Ada", 60), (2, "Ben", 50)], 0)


def test_an_open_month_is_corrected_and_not_amended(closed, people):
    november = make_submission(people["Ada"], 62, month=NOVEMBER)

    with pytest.raises(Refused, match="still open"):
        amend_by_withdrawing(board_of(closed.team, NOVEMBER), november, people["Grace"], "Misread", LATER)
    assert Submission.objects.counting().filter(pk=november.pk).exists()


@pytest.mark.parametrize("change", ["UPDATE teams_{} SET {} = {}", "DELETE FROM teams_{}"])
@pytest.mark.parametrize(
    ("table", "column"), [("confirmation", "id"), ("revision", "number"), ("revisedstanding", "rank")]
)
def test_what_was_decided_is_append_only(closed, people, change, table, column):
    confirm(Submission.objects.all(), people["Grace"])
    amend(closed, reading(people["Silent"], 55, people["Grace"]), LATER)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table, column, column))


def test_a_manager_confirms_several_at_once_but_never_their_own_and_each_once(team):
    grace = make_rep(team, "Grace", total=60, month=OCTOBER)
    ada = make_rep(team, "Ada", total=50, month=OCTOBER)
    make_submission(ada, 51, taken_on=date(2026, 10, 9), replaces=ada.submissions.get())

    assert (confirm(Submission.objects.all(), grace), confirm(Submission.objects.all(), grace)) == (1, 0)
    assert Confirmation.objects.get().submission.total == 51


@pytest.mark.parametrize(("day", "warned"), [(date(2026, 11, 2), True), (date(2026, 11, 3), False)])
def test_closing_early_cuts_a_challenge_short_whose_readings_may_still_be_typed(team, day, warned):
    make_rep(team, "Ada", total=60, month=OCTOBER)
    challenge = make_challenge(team, make_manager(team))
    challenge.starts_on, challenge.ends_on = date(2026, 10, 1), date(2026, 10, 31)
    challenge.save()

    assert challenges_cut_short(board_of(team), day) == [challenge] * warned


def test_the_team_that_somebody_left_does_not_close_their_month(team):
    """Only the team in which one competes on the month's last day decides, on every way to submit."""
    south = make_team("South", team.organization)
    ada = make_rep(team, "Ada")
    ada.memberships.update(left_on=date(2026, 10, 1))
    Membership.objects.create(member=ada, team=south, joined_on=date(2026, 10, 1))
    make_rep(team, "Ben", total=50, month=OCTOBER)
    rank_stale_boards()
    close_month(board_of(team).pk, CLOSED - timedelta(days=3))
    in_time = CLOSED - timedelta(days=2)

    assert list(Board.objects.closed_for(ada.pk, SEPTEMBER, OCTOBER)) == []
    assert (closed_months(ada, [OCTOBER], in_time), is_open(ada, OCTOBER, in_time)) == (set(), True)


def test_a_reading_is_stored_while_a_team_that_was_left_has_closed(db):
    """The database's own look at the boards follows the same rule as `closed_for`."""
    organization = make_organization()
    north, south = make_team("North", organization), make_team("South", organization)
    today, month = organization.today(), Month.of(organization.today())
    ada = make_rep(north, "Ada")
    ada.memberships.update(left_on=month.first_day)
    Membership.objects.create(member=ada, team=south, joined_on=month.first_day)
    Board.objects.create(team=north, month=month, closed_at=timezone.now())

    stored = submit(Submission(member=ada, month=month, taken_on=today, total=60, typed_by=ada, source="typed"))
    Board.objects.update_or_create(team=south, month=month, defaults={"closed_at": timezone.now()})

    assert list(ada.submissions.counting()) == [stored.submission]
    with pytest.raises(Refused, match="is closed"):
        submit(Submission(member=ada, month=month, taken_on=today, total=61, typed_by=ada, source="typed"))


def test_a_month_ends_to_the_minute_and_not_at_the_next_sweep(team):
    ada = make_rep(team, "Ada", total=60, month=OCTOBER)
    a_second_before = CLOSED - timedelta(seconds=1)

    assert [closed_months(ada, [OCTOBER, NOVEMBER], at) for at in (a_second_before, CLOSED)] == [set(), {OCTOBER}]
    assert not board_of(team).closed_at
