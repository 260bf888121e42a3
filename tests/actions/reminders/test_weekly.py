"""The week of a team: off until somebody wants it, then on Monday at nine where its reader is, once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils.translation import override

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.messages import links
from teams.actions.messages.deliveries import deliver, due_deliveries
from teams.actions.reminders.weekly import set_chat_weekly, tell_the_week, weekly_of
from teams.models import Delivery, Member, Membership, MessageKind, Topic, Unsubscription, Webhook
from teams.rules.messages.delivery import Reason
from teams.rules.messages.hours import DAY
from tests.makers import (
    make_challenge,
    make_chat,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team("North", make_organization(time_zone="Europe/Berlin"))


@pytest.fixture
def grace(team):
    """Who manages North, two of whom are missing this month, and wants its week."""
    grace = make_manager(team, "Grace")
    make_rep(team, "Ada", total=61)
    make_rep(team, "Ben")
    make_rep(team, "Cleo", login=False)
    rank_stale_boards()
    links.choose_topics(grace, list(Topic))
    return Member.objects.get(pk=grace.pk)


def monday(organization, hour=9, weeks=0):
    """A Monday morning of the month, as near as can be: the one of this week, or of one before or after it."""
    today = organization.today()
    day = today - today.weekday() * DAY + 7 * weeks * DAY
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(organization.time_zone))


def rows_read(table, act):
    """How many rows of a table, or of what is joined to it, the statements of an act answer with."""
    counted = []

    def count(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if f'FROM "{table}"' in sql.split("WHERE")[0]:
            counted.append(max(context["cursor"].rowcount, 0))
        return result

    with connection.execute_wrapper(count):
        act()
    return sum(counted)


def claimed():
    return [
        (str(each.member or each.webhook), each.team.name)
        for each in Delivery.objects.filter(kind=MessageKind.WEEKLY).order_by("pk")
    ]


def test_nobody_gets_it_who_has_not_asked_for_it(team, grace):
    make_manager(team, "Gus")
    make_chat(team)

    tell_the_week(monday(team.organization))

    assert claimed() == [("Grace", "North")]


def test_it_comes_at_nine_where_its_reader_is_and_once(team, grace):
    grace.time_zone = "America/New_York"
    grace.save()
    at_nine_in_berlin, hours = monday(team.organization), [0, 5, 6, 7, 8]

    found = []
    for hour in hours:
        tell_the_week(at_nine_in_berlin + timedelta(hours=hour))
        found.append(len(claimed()))

    assert found in ([0, 0, 1, 1, 1], [0, 1, 1, 1, 1])  # for two weeks a year five hours lie between them
    assert Delivery.objects.get(kind=MessageKind.WEEKLY).due_at.astimezone(grace.zone).hour == 9


@pytest.mark.parametrize(("hours", "rows"), [(-1, 1), (0, 21), (1, 1), (7 * 24 - 1, 1)], ids=str)
def test_a_sweep_reads_those_whom_it_tells_and_nobody_else(team, grace, hours, rows):
    """Twenty want it; what is read besides is the one zone in which they all are."""
    for number in range(19):
        links.choose_topics(make_manager(team, f"Manager {number}"), list(Topic))
    at_nine = monday(team.organization)
    if hours > 0:
        tell_the_week(at_nine)

    found = rows_read("teams_membership", lambda: tell_the_week(at_nine + timedelta(hours=hours)))

    assert found == rows
    assert len(claimed()) == (20 if hours >= 0 else 0)


def test_another_week_is_another_message(team, grace):
    for weeks in (0, 1):
        tell_the_week(monday(team.organization, weeks=weeks))

    assert claimed() == [("Grace", "North")] * 2


def test_whoever_manages_two_teams_gets_one_mail_of_both(team, grace, mailbox):
    south = make_team("South", team.organization)
    make_rep(south, "Sam")
    Membership.objects.create(
        member=grace, team=south, role="manager", competing=False, joined_on=team.organization.today()
    )
    now = monday(team.organization)

    tell_the_week(now)
    for delivery in due_deliveries(now):
        deliver(delivery, now)

    assert claimed() == [("Grace", "North"), ("Grace", "South")]
    assert len(mailbox.mails) == 1


def test_a_team_in_which_nobody_competes_has_no_week(team, grace):
    Membership.objects.filter(team=team, competing=True).update(left_on=team.organization.today())

    tell_the_week(monday(team.organization))

    assert claimed() == []


def test_who_unsubscribed_since_gets_none_and_may_ask_for_it_again(team, grace):
    now = monday(team.organization)
    links.unsubscribe(grace, Topic.WEEKLY)
    tell_the_week(now)
    [delivery] = due_deliveries(now)

    deliver(delivery, now)
    links.choose_topics(grace, list(Topic))

    assert Delivery.objects.get(pk=delivery).reason == Reason.UNSUBSCRIBED
    assert not Unsubscription.objects.exists()


def test_who_never_asked_for_it_has_not_unsubscribed_from_it(team):
    gus = make_manager(team, "Gus")

    links.choose_topics(gus, [topic for topic in Topic if topic != Topic.WEEKLY])

    assert not Unsubscription.objects.exists()
    assert not Member.objects.get(pk=gus.pk).wants_weekly


def test_managers_read_who_is_missing_who_moved_and_what_waits(team, grace):
    now = datetime.now(ZoneInfo("Europe/Berlin"))
    month = team.organization.today().replace(day=1)
    ada = Member.objects.get(name="Ada")
    make_submission(ada, 55, taken_on=month - DAY)
    rank_stale_boards()
    challenge = make_challenge(team, grace, title="Plus five")
    delivery = Delivery(team=team, member=grace, kind=MessageKind.WEEKLY)

    notice = weekly_of(delivery, now)

    assert notice.title.startswith("North this week: 1 of 3 in for ")
    assert [line for line in notice.lines if not line.startswith("“")] == [
        f"Missing for {month:%B %Y}: Ben and Cleo.",
        "Moved most: Ada +6.",
        "1 reading waits to be confirmed.",
    ]
    assert [line[: len("“Plus five” runs until")] for line in notice.lines[3:]] == ["“Plus five” runs until"]
    assert challenge.title == "Plus five"
    assert [link.label for link in notice.links] == ["Open Today"]


def test_a_chat_reads_no_names_of_those_who_are_missing_or_fell(team, grace):
    month = team.organization.today().replace(day=1)
    make_submission(Member.objects.get(name="Ada"), 70, taken_on=month - DAY)
    rank_stale_boards()

    notice = weekly_of(Delivery(team=team, webhook=make_chat(team)), datetime.now(ZoneInfo("Europe/Berlin")))

    assert notice.lines == ()
    assert [link.url.endswith("/board/north/") for link in notice.links] == [True]


def test_a_chat_reads_who_gained_only_where_everybody_may(team, grace):
    month = team.organization.today().replace(day=1)
    make_submission(Member.objects.get(name="Ada"), 50, taken_on=month - DAY)
    rank_stale_boards()
    post, now = Delivery(team=team, webhook=make_chat(team)), datetime.now(ZoneInfo("Europe/Berlin"))
    shown = weekly_of(post, now).lines

    team.rank_visibility = "own"

    assert shown == ("Gained most: Ada +11.",)
    assert weekly_of(post, now).lines == ()


def test_who_does_not_manage_the_team_any_more_is_not_told(team, grace):
    Membership.objects.filter(member=grace).update(role="viewer")
    delivery = Delivery(team=team, member=grace, kind=MessageKind.WEEKLY)

    assert weekly_of(delivery, datetime.now(ZoneInfo("Europe/Berlin"))) == Reason.NOT_MANAGER


def test_a_chat_is_asked_for_it_and_no_more(team, grace):
    Member.objects.update(wants_weekly=False)
    chat, now = make_chat(team), monday(team.organization)
    set_chat_weekly(chat, wanted=True)

    tell_the_week(now)
    set_chat_weekly(chat, wanted=False)
    tell_the_week(monday(team.organization, weeks=1))

    assert claimed() == [("Slack", "North")]
    assert not Webhook.objects.get().posts_weekly


@pytest.mark.parametrize(
    ("language", "beginning"),
    [("de", "North diese Woche: "), ("fr", "North cette semaine : "), ("es", "North esta semana: ")],
)
def test_it_is_written_in_its_readers_language(team, grace, language, beginning):
    with override(language):
        notice = weekly_of(Delivery(team=team, member=grace), datetime.now(ZoneInfo("Europe/Berlin")))

    assert notice.title.replace("\N{NO-BREAK SPACE}", " ").startswith(beginning)
