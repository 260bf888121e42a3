"""A manager reminds the silent now: who gets it, who does not and why, and never twice a day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from teams.actions.messages import links
from teams.actions.messages.deliveries import deliver
from teams.actions.people.invitations import invite
from teams.actions.reminders.nudges import last_reminders, nudge_silent
from teams.actions.reminders.reminders import remind_due
from teams.models import Board, Delivery, Member, Membership, Organization, Topic
from teams.rules.months import Month
from tests.makers import make_leave, make_manager, make_organization, make_rep, make_submission, make_team

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
NOW = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
"""Half past eight in Berlin, half an hour before the clock reminds everybody."""
LAST_WEEK = NOW - timedelta(days=8)


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="Europe/Berlin", created_at=datetime(2026, 1, 1, tzinfo=UTC)))


@pytest.fixture
def board(team):
    return Board.objects.create(team=team, month=NOVEMBER)


def told(nudged):
    return (
        [member.name for member in nudged.sent.values()],
        [(member.name, str(reason)) for member, reason in nudged.passed],
    )


def test_the_silent_are_reminded_and_each_other_has_a_reason(team, board):
    make_rep(team, "Ada")
    make_rep(team, "Ben", total=40, month=NOVEMBER)
    make_leave(make_rep(team, "Cy"), date(2026, 11, 20), date(2026, 12, 5))
    make_rep(team, "Di", no_access_since=date(2026, 11, 3))
    make_rep(team, "Ed", login=False)
    links.unsubscribe(make_rep(team, "Flo"), Topic.REMINDERS)
    invite(make_rep(team, "Hal", login=False), "hal@example.org", make_manager(team), NOW - timedelta(days=1))
    invite(
        make_rep(team, "Ian", login=False), "ian@example.org", Member.objects.get(name="Grace"), NOW - timedelta(days=8)
    )
    make_rep(team, "Gus").memberships.update(left_on=date(2026, 11, 10))

    assert told(nudge_silent(board, NOW)) == (
        ["Ada"],
        [
            ("Cy", "away"),
            ("Di", "no_access"),
            ("Ed", "no_address"),
            ("Flo", "unsubscribed"),
            ("Hal", "invited"),
            ("Ian", "invitation_expired"),
        ],
    )
    assert list(Delivery.objects.values_list("member__name", "subject")) == [("Ada", "2026-11 2026-11-25")]


def test_one_of_them_is_reminded_alone(team, board):
    ada, ben = make_rep(team, "Ada"), make_rep(team, "Ben", total=40, month=NOVEMBER)
    make_rep(team, "Cy")

    assert told(nudge_silent(board, NOW, [ada.pk])) == (["Ada"], [])
    assert told(nudge_silent(board, NOW, [ben.pk])) == ([], [("Ben", "submitted")])


def test_nobody_is_reminded_twice_a_day_and_again_on_the_next(team, board):
    make_rep(team, "Ada")
    nudge_silent(board, NOW)

    assert told(nudge_silent(board, NOW + timedelta(hours=14))) == ([], [("Ada", "reminded_today")])
    assert told(nudge_silent(board, NOW + timedelta(hours=16))) == (["Ada"], [])  # half past midnight in Berlin


def test_the_clock_reminds_nobody_whom_the_manager_reminded_that_day(team, board):
    make_rep(team, "Ada")
    make_rep(team, "Ben")
    nudge_silent(board, NOW, [Membership.objects.get(member__name="Ada").member_id])
    Membership.objects.update(remind_at=NOW)

    remind_due(NOW + timedelta(hours=1))

    assert sorted(Delivery.objects.values_list("member__name", "subject")) == [
        ("Ada", "2026-11 2026-11-25"),
        ("Ben", "2026-11 -5"),
    ]


def test_the_manager_reminds_nobody_whom_the_clock_reminded_that_day(team, board):
    make_rep(team, "Ada")
    Membership.objects.update(remind_at=NOW)
    remind_due(NOW + timedelta(hours=1))
    Delivery.objects.update(created_at=NOW + timedelta(hours=1))

    assert told(nudge_silent(board, NOW + timedelta(hours=3))) == ([], [("Ada", "reminded_today")])


def test_it_is_not_sent_to_whoever_submits_before_it_goes_out(team, board):
    ada = make_rep(team, "Ada")
    (number,) = nudge_silent(board, NOW).sent
    make_submission(ada, 50, month=NOVEMBER)

    deliver(number, NOW)

    assert [(row.state, row.reason) for row in last_reminders(board.team, NOVEMBER).values()] == [
        ("dropped", "submitted")
    ]


def test_it_goes_out_as_the_reminder_does(team, board, mailbox):
    make_rep(team, "Ada")
    (number,) = nudge_silent(board, NOW).sent

    deliver(number, NOW)

    assert last_reminders(board.team, NOVEMBER)[Delivery.objects.get().member_id].state == "sent"
    assert [mail["Subject"] for mail in mailbox.to("ada@example.org")] == ["Your score for November 2026"]


def test_the_demo_reminds_nobody(team, board):
    Organization.objects.update(is_demo=True)
    make_rep(team, "Ada")
    board.refresh_from_db()

    assert told(nudge_silent(Board.objects.select_related("team").get(), NOW)) == ([], [("Ada", "demo")])


@pytest.mark.django_db(transaction=True)
def test_a_double_click_reminds_once(team, board):
    make_rep(team, "Ada")

    def click(_):
        try:
            return told(nudge_silent(board, NOW))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as clicks:
        answers = sorted(clicks.map(click, range(4)))

    assert answers == [([], [("Ada", "reminded_today")])] * 3 + [(["Ada"], [])]


def test_whoever_moved_on_the_first_is_still_reminded_of_the_month_before(team, board):
    """The last reminder, by the clock and by hand, goes to everybody who competed on the month's last day."""
    first = date(2026, 12, 1)
    ada, gus = make_rep(team, "Ada"), make_rep(team, "Gus")
    for rep in (ada, gus):
        rep.memberships.update(left_on=first)
    Membership.objects.create(member=ada, team=make_team("South", team.organization), joined_on=first)

    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    Membership.objects.update(remind_at=now)
    remind_due(now)

    assert [each.member.name for each in Delivery.objects.all()] == ["Ada"]
    Delivery.objects.all().delete()
    assert told(nudge_silent(board, now)) == (["Ada"], [("Gus", "left")])
