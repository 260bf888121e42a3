"""Who is reminded when, against the database: claims, catching up, and what a sweep costs."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from teams.actions.messages import links
from teams.actions.people import memberships
from teams.actions.people.invitations import invite
from teams.actions.reminders import reminders
from teams.actions.reminders.digests import digest_of, tell_who_is_silent
from teams.actions.reminders.reminders import remind_due
from teams.models import Board, Delivery, Membership, SubmissionLink, Team, Topic, Webhook
from teams.queries.people.recipients import recipients
from teams.queries.prepared_sql import rows
from teams.rules.messages.delivery import Reason
from teams.rules.messages.reminders import Recipient
from teams.rules.months import Month
from tests.makers import (
    make_chat,
    make_delivery,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
)

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2026, 11)
DUE = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
"""Nine o'clock in Berlin, five days before the end of November."""


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="Europe/Berlin"))


def wake():
    Membership.objects.update(remind_at=DUE - timedelta(days=30))
    Team.objects.update(digest_at=DUE - timedelta(days=30))


def reminded(now):
    """Sweep; the names and subjects of the claims that were made."""
    before = set(Delivery.objects.values_list("pk", flat=True))
    while remind_due(now):
        pass
    new = Delivery.objects.exclude(pk__in=before).filter(kind="reminder").order_by("member__name")
    return list(new.values_list("member__name", "subject"))


def test_the_silent_are_reminded_once_from_nine_oclock_on(team):
    make_rep(team, "Ada")
    make_rep(team, "Ben", total=40, month=NOVEMBER)
    wake()

    assert reminded(DUE - timedelta(minutes=1)) == []
    assert reminded(DUE) == [("Ada", "2026-11 -5")]
    assert reminded(DUE + timedelta(minutes=5)) == []
    wake()
    assert reminded(DUE + timedelta(minutes=5)) == []


def asleep(membership):
    """A sweep looked at them when there was nothing to remind them of."""
    membership.remind_at = None
    membership.save()
    return membership


@pytest.mark.parametrize("how", ["competes", "moves", "is reactivated", "is reactivated on the same day"])
def test_whoever_starts_to_compete_is_reminded_again(team, how):
    today = date(2026, 11, 20)
    ada, grace = make_rep(team, "Ada"), make_manager(team)
    membership = asleep(ada.memberships.get())
    if how == "competes":
        Membership.objects.update(joined_on=today)
        memberships.change_membership(membership, role="rep", competing=False, today=today)
        memberships.change_membership(asleep(ada.memberships.get()), role="rep", competing=True, today=today)
    elif how == "moves":
        memberships.move_member(membership, make_team("South", team.organization), today)
    else:
        memberships.deactivate(ada, grace, today if "same" in how else today - timedelta(days=3))
        asleep(ada.memberships.get())
        memberships.reactivate(ada, today)
    Membership.objects.filter(remind_at__isnull=False).update(remind_at=DUE - timedelta(days=1))

    assert reminded(DUE) == [("Ada", "2026-11 -5")]


def test_nobody_is_reminded_who_should_not_be(team):
    make_rep(team, "Submitted", total=50, month=NOVEMBER)
    make_leave(make_rep(team, "Away"), date(2026, 11, 20), date(2026, 12, 5))
    make_rep(team, "No access", no_access_since=date(2026, 11, 3))
    make_rep(team, "No login", login=False)
    make_rep(team, "Joins later", joined_on=date(2026, 12, 1))
    make_rep(team, "Left").memberships.update(left_on=date(2026, 11, 10))
    make_rep(team, "Leaves").memberships.update(left_on=date(2026, 11, 28))
    links.unsubscribe(make_rep(team, "Unsubscribed"), Topic.REMINDERS)
    make_manager(team, "Grace")
    off = make_team("South", team.organization, reminds=False)
    make_rep(off, "Of a team without reminders")
    demo = make_team("Demo", make_organization("Demo", time_zone="Europe/Berlin", is_demo=True))
    make_rep(demo, "Of the demo")
    closed = make_team("East", team.organization)
    make_rep(closed, "Of a closed month")
    Board.objects.create(team=closed, month=NOVEMBER, closed_at=DUE)
    wake()

    assert reminded(DUE) == []


def test_each_is_reminded_in_their_own_zone(team):
    make_rep(team, "Berlin")
    make_rep(team, "Kolkata", time_zone="Asia/Kolkata")
    make_rep(team, "New York", time_zone="America/New_York")
    wake()

    found = {hour: reminded(datetime(2026, 11, 25, hour, 30, tzinfo=UTC)) for hour in (3, 8, 14)}

    assert {hour: [name for name, _ in names] for hour, names in found.items()} == {
        3: ["Kolkata"],
        8: ["Berlin"],
        14: ["New York"],
    }


def test_a_sweep_that_was_down_for_a_day_sends_what_is_still_true_and_only_the_latest(team):
    ada, ben = make_rep(team, "Ada"), make_rep(team, "Ben")
    wake()

    make_submission(ben, 44, month=NOVEMBER)
    assert reminded(DUE + timedelta(days=1)) == [("Ada", "2026-11 -5")]
    assert reminded(DUE + timedelta(days=6)) == [("Ada", "2026-11 +1")]
    assert ada.deliveries.count() == 2


def test_a_change_of_policy_counts_from_the_next_sweep(team):
    make_rep(team, "Ada")
    wake()
    assert reminded(DUE - timedelta(days=1)) == []

    team.reminder_hour, team.reminder_steps = 7, [-5]
    reminders.set_policy(team)
    Membership.objects.update(remind_at=DUE - timedelta(hours=3))

    assert reminded(DUE - timedelta(hours=2)) == [("Ada", "2026-11 -5")]


def test_the_text_counts_the_days_and_has_a_link_of_which_only_the_hash_is_kept(team):
    ada = make_rep(team, "Ada")
    wake()
    reminded(DUE)

    notice = reminders.reminder_of(Delivery.objects.get(), DUE)

    token = notice.links[0].url.rstrip("/").rpartition("/")[2]
    assert notice.title == "Your score for November 2026"
    assert notice.lines[0] == "November: 6 days left, today included, and your score is still missing."
    assert links.open_submission_link(token, DUE).member == ada
    assert len(token) >= 43
    assert token not in str(list(SubmissionLink.objects.values_list()))


def test_whoever_submitted_in_the_meantime_gets_no_reminder(team):
    ada = make_rep(team, "Ada")
    wake()
    reminded(DUE)

    make_submission(ada, 50, month=NOVEMBER)

    assert reminders.reminder_of(Delivery.objects.get(), DUE) == Reason.SUBMITTED
    assert SubmissionLink.objects.count() == 0


def test_a_link_dies_when_the_month_closes_and_when_its_member_left(team):
    ada = make_rep(team, "Ada")
    token = links.make_submission_link(ada, NOVEMBER)
    closes = datetime(2026, 12, 3, 17, tzinfo=UTC)

    assert links.open_submission_link(token, closes - timedelta(seconds=1)).month == NOVEMBER
    assert links.open_submission_link(token, closes) is None
    board = Board.objects.create(team=team, month=NOVEMBER, closed_at=DUE)
    assert links.open_submission_link(token, DUE) is None
    board.delete()
    assert links.open_submission_link(token, DUE) is not None
    ada.memberships.update(left_on=date(2026, 11, 24))
    assert links.open_submission_link(token, DUE) is None


def test_managers_and_chats_are_told_who_is_silent_on_the_last_day_once(team):
    make_rep(team, "Ada", total=61, month=NOVEMBER)
    make_rep(team, "Ben")
    make_leave(make_rep(team, "Away"), date(2026, 11, 20), date(2026, 12, 5))
    grace = make_manager(team, "Grace")
    chat = Webhook.objects.create(team=team, service="slack", url="https://hooks.example.org/x")
    wake()
    last_day = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)

    for now in [last_day - timedelta(hours=1), last_day, last_day + timedelta(minutes=5)]:
        tell_who_is_silent(now)
        Team.objects.update(digest_at=last_day - timedelta(days=1))

    found = Delivery.objects.filter(kind="digest").order_by("pk").values_list("member", "webhook", "subject")
    assert list(found) == [(grace.pk, None, f"2026-11 {team.pk}"), (None, chat.pk, f"2026-11 {team.pk}")]
    notice = digest_of(Delivery.objects.filter(kind="digest").first(), last_day)
    assert (notice.title, notice.lines[0]) == ("North: 1 of 2 in for November 2026", "Still silent: Ben.")


def test_whoever_manages_two_teams_is_told_of_both(team):
    south = make_team("South", team.organization)
    grace = make_manager(team, "Grace")
    south.memberships.create(member=grace, role="manager", competing=False, joined_on=date(2020, 1, 1))
    for each in (team, south):
        make_rep(each, f"Ben of {each}")
    wake()

    tell_who_is_silent(datetime(2026, 11, 30, 8, 0, tzinfo=UTC))

    assert list(grace.deliveries.filter(kind="digest").values_list("team__name", flat=True).order_by("team__name")) == [
        "North",
        "South",
    ]


def test_a_digest_says_what_is_true_of_each_and_to_a_chat_only_who(team):
    states = {"Ada": "sent", "Ben": "waiting", "Cem": "uncertain", "Dag": "failed", "Eva": ""}
    for name, state in states.items():
        rep = make_rep(team, name)
        if state:
            make_delivery(rep, subject="2026-11 -1", state=state, reason="nobody" if state == "failed" else "")
    links.unsubscribe(make_rep(team, "Fay"), Topic.REMINDERS)
    make_rep(team, "Gus", login=False)
    grace = make_manager(team, "Grace")
    invite(make_rep(team, "Hal", login=False), "hal@example.org", grace, DUE)
    chat = make_chat(team)

    mail = digest_of(Delivery(team=team, member=grace, kind="digest", subject="2026-11"), DUE)
    post = digest_of(Delivery(team=team, webhook=chat, kind="digest", subject="2026-11"), DUE)

    who = "Still silent: Ada, Ben, Cem, Dag, Eva, Fay, Gus and Hal."
    assert mail.lines == (
        who,
        "Reminded: Ada.",
        "A reminder is on its way: Ben.",
        "Nobody knows whether their reminder arrived: Cem.",
        "Not reminded: Dag (there is nobody to send it to), Eva, Fay (has unsubscribed), "
        "Gus (no e-mail address here) and Hal (invitation not accepted yet).",
        "A word from you helps more.",
    )
    assert post.lines == (who,)


def test_a_digest_is_not_sent_when_everybody_is_in(team):
    make_rep(team, "Ada", total=61, month=NOVEMBER)
    delivery = Delivery(team=team, member=make_manager(team), kind="digest", subject="2026-11")

    assert digest_of(delivery, DUE) == Reason.EVERYBODY_SUBMITTED


def queries_of_a_sweep(now):
    with CaptureQueriesContext(connection) as queries:
        while remind_due(now):
            pass
    return len(queries)


def test_a_sweep_asks_as_often_for_forty_as_for_one(team):
    make_rep(team, "Ada")
    wake()
    for_one = queries_of_a_sweep(DUE)
    for number in range(40):
        make_rep(team, f"Rep {number}", login=False)
    wake()

    assert queries_of_a_sweep(DUE) == for_one


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_share_the_work_and_one_that_dies_leaves_its_part_to_the_next(team):
    ada = make_rep(team, "Ada")
    make_rep(team, "Ben")
    wake()
    another = connection.copy()
    with closing(another), another.cursor() as sweep:
        sweep.execute("BEGIN")
        sweep.execute("SELECT FROM teams_membership WHERE member_id = %s FOR UPDATE", [ada.pk])

        assert reminded(DUE) == [("Ben", "2026-11 -5")]
        sweep.execute("ROLLBACK")
    assert reminded(DUE) == [("Ada", "2026-11 -5")]


def test_a_membership_that_is_gone_is_not_reminded(team):
    assert recipients([0], NOVEMBER, DUE) == {0: Recipient(competes=False)}


FILL = """
INSERT INTO teams_member (organization_id, name, is_admin, plan, sees_ranks, time_zone)
SELECT %(organization)s, 'Rep ' || n, false, 'free', true, '' FROM generate_series(1, %(count)s) AS n;
INSERT INTO teams_membership (member_id, team_id, role, competing, joined_on, remind_at)
SELECT id, %(team)s, 'rep', true, '2020-01-01', %(later)s FROM teams_member;
UPDATE teams_membership SET remind_at = %(now)s WHERE id IN (SELECT id FROM teams_membership LIMIT 100);
ANALYZE teams_membership;
"""


def plans_of_a_sweep(team, count):
    with connection.cursor() as cursor:
        later = DUE + timedelta(days=2)
        cursor.execute(
            FILL, {"organization": team.organization_id, "team": team.pk, "count": count, "now": DUE, "later": later}
        )
    plan = rows("EXPLAIN " + reminders.AWAKE, now=DUE)
    return remind_due(DUE), "\n".join(line for [line] in plan)


@pytest.mark.parametrize("count", [5_000, pytest.param(100_000, marks=pytest.mark.soak)])
def test_a_sweep_touches_those_who_are_due_and_finds_them_by_an_index(team, count):
    looked_at, plan = plans_of_a_sweep(team, count)

    assert looked_at == 100
    assert "membership_is_reminded" in plan
    assert "Seq Scan on teams_membership" not in plan
