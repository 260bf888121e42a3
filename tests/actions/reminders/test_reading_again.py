"""The extra reminder after LinkedIn changed its formula: to whom, when, once, and only while it is true."""

from datetime import UTC, date, datetime, timedelta

import pytest

from teams.actions.messages import links
from teams.actions.reminders.reading_again import read_again_of, remind_to_read_again
from teams.models import Delivery, Organization, Topic
from teams.rules.messages.delivery import Reason
from tests.makers import make_organization, make_recalibration, make_rep, make_submission, make_team

pytestmark = pytest.mark.django_db
MARKED = date(2026, 11, 12)
NOON = datetime(2026, 11, 12, 11, tzinfo=UTC)
"""Noon of that Thursday in Berlin."""


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="Europe/Berlin"))


@pytest.fixture
def mark(team):
    return make_recalibration(team.organization, MARKED)


def read_on(team, name, day, **fields):
    rep = make_rep(team, name, **fields)
    make_submission(rep, 48, taken_on=date(2026, 11, day))
    return rep


def reminded(now):
    """Sweep twice; who has a claim, and the local moment at which it is due."""
    remind_to_read_again(now)
    remind_to_read_again(now)
    found = Delivery.objects.filter(kind="read_again").order_by("member__name")
    return [(str(each.member), f"{each.due_at.astimezone(each.member.zone):%a %H:%M}") for each in found]


def test_who_read_before_the_change_is_reminded_once_and_the_others_are_not(team, mark):
    read_on(team, "Before", 3)
    read_on(team, "On the day", 12)
    read_on(team, "Corrected since", 3)
    make_submission(team.memberships.latest("pk").member, 50, taken_on=date(2026, 11, 12))
    make_rep(team, "Silent")
    links.unsubscribe(read_on(team, "Unsubscribed", 3), Topic.REMINDERS)
    read_on(team, "No login", 3, login=False)

    assert reminded(NOON) == [("Before", "Fri 09:00")]


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 11, 12, 5, tzinfo=UTC), "Thu 09:00"),
        (datetime(2026, 11, 14, 11, tzinfo=UTC), "Mon 09:00"),
        (datetime(2026, 11, 30, 11, tzinfo=UTC), "Mon 12:00"),
    ],
)
def test_it_comes_on_a_working_day_from_nine_oclock_on(team, mark, now, due):
    read_on(team, "Ada", 3)

    assert reminded(now) == [("Ada", due)]


def test_nothing_is_due_where_the_next_morning_is_in_another_month(team):
    make_recalibration(team.organization, date(2026, 10, 30))
    ada = make_rep(team, "Ada")
    make_submission(ada, 48, taken_on=date(2026, 10, 3))

    assert reminded(datetime(2026, 10, 31, 11, tzinfo=UTC)) == []
    assert reminded(datetime(2026, 11, 2, 11, tzinfo=UTC)) == []


def test_a_team_without_reminders_and_the_demo_get_none(team, mark):
    read_on(team, "Ada", 3)
    type(team).objects.update(reminds=False)
    assert reminded(NOON) == []
    type(team).objects.update(reminds=True)
    Organization.objects.update(is_demo=True)

    assert reminded(NOON) == []


def test_the_mail_says_why_and_opens_the_form_of_the_month(team, mark):
    read_on(team, "Ada", 3)
    reminded(NOON)

    notice = read_again_of(Delivery.objects.get(), NOON)

    assert notice.title == "LinkedIn changed its formula: read your score again"
    assert notice.lines[0] == "It changed on 12 November. Your score for November 2026 was read by the old one."
    link = links.open_submission_link(notice.links[0].url.rstrip("/").rpartition("/")[2], NOON)
    assert (str(link.member), str(link.month)) == ("Ada", "2026-11")


def test_what_is_no_longer_true_is_not_sent(team, mark):
    ada = read_on(team, "Ada", 3)
    reminded(NOON)
    delivery = Delivery.objects.get()
    make_submission(ada, 47, taken_on=date(2026, 11, 13))
    read_again = read_again_of(delivery, NOON + timedelta(days=1))
    mark.delete()

    assert [read_again, read_again_of(delivery, NOON)] == [Reason.READ_AGAIN, Reason.MARK_REMOVED]


def test_a_sweep_asks_as_often_for_twenty_as_for_one(team, mark, django_assert_num_queries):
    read_on(team, "Ada", 3)
    with django_assert_num_queries(5):
        remind_to_read_again(NOON)
    for number in range(20):
        read_on(team, f"Rep {number}", 3)

    with django_assert_num_queries(5):
        remind_to_read_again(NOON)
    assert Delivery.objects.count() == 21
