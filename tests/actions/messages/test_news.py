"""Who hears of goals, closed months and challenges, and that it is told once."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from teams.actions.challenges import lifecycle, settling
from teams.actions.challenges.news import tell_challenge_news
from teams.actions.challenges.still_needed import still_needed_of
from teams.actions.messages.news import tell_news
from teams.actions.submissions import withdraw
from teams.models import Board, Challenge, Delivery, Organization, Submission, Team, Withdrawal
from teams.rules.messages.delivery import Reason
from teams.rules.messages.hours import next_morning
from teams.rules.months import Month
from tests.makers import (
    accept,
    days_ago,
    make_challenge,
    make_chat,
    make_goal,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    ranked_board,
)

OCTOBER = Month(2026, 10)


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def ada(team):
    ada = make_rep(team, "Ada")
    make_submission(ada, 40, taken_on=days_ago(team.organization, 1))
    return ada


def told(kind):
    """To whom a kind of message goes, and what its title is."""
    found = Delivery.objects.filter(kind=kind).order_by("member__name", "webhook")
    return [(str(delivery.member or delivery.webhook), delivery.notice["title"]) for delivery in found]


def lines(kind, member):
    return Delivery.objects.get(kind=kind, member=member).notice["lines"]


def noon(challenge, days):
    """Noon of a day of a challenge, counted from its first."""
    return datetime.combine(challenge.starts_on + timedelta(days=days), time(12), challenge.zone)


def test_a_closed_month_is_told_to_managers_and_chats_once(team, grace):
    make_rep(team, "Ada", total=61, month=OCTOBER)
    make_rep(team, "Ben", total=40, month=OCTOBER)
    make_chat(team)
    ranked_board(team, OCTOBER)
    Board.objects.filter(month=OCTOBER).update(closed_at=timezone.now())

    for _ in range(2):
        tell_news(timezone.now())

    title = "North: October 2026 is closed"
    assert told("month_result") == [("Grace", title), ("Slack", title)]
    assert lines("month_result", grace) == ["1. Ada, 61", "2. Ben, 40", "2 of 2 submitted."]


def test_a_chat_shows_no_places_where_not_everybody_may_see_them(team):
    team.rank_visibility = "own"
    team.save()
    make_rep(team, "Ada", total=61, month=OCTOBER)
    make_chat(team)
    ranked_board(team, OCTOBER)
    Board.objects.filter(month=OCTOBER).update(closed_at=timezone.now())

    tell_news(timezone.now())

    assert Delivery.objects.get().notice["lines"] == ["1 of 1 submitted."]


def test_a_goal_is_told_once_when_it_is_reached_and_not_when_it_is_old(team, grace, ada):
    now, today = timezone.now(), team.organization.today()
    make_goal(team, 60, reached_on=today, celebrated_at=now)
    make_goal(ada, 50, reached_on=today, celebrated_at=now)
    make_goal(team, 55, reached_on=today, celebrated_at=now - timedelta(days=5))

    for _ in range(2):
        tell_news(now)

    assert told("goal_reached") == [
        ("Ada", "You reached a goal: Score 50"),
        ("Grace", "North reached a goal: Mean score 60"),
    ]


def test_a_goals_mail_says_from_where_to_where_it_came_and_who_made_it(team, grace, ada):
    today = team.organization.today()
    began = today - timedelta(days=30)
    Team.objects.update(rank_visibility="own")
    make_chat(team)
    make_submission(ada, 40, taken_on=began)
    make_submission(ada, 52, taken_on=today)
    for owner in (team, ada):
        make_goal(owner, 50, by=grace, started_on=began, reached_on=today, celebrated_at=timezone.now())

    tell_news(timezone.now())

    first, last = (date_format(day, "MONTH_DAY_FORMAT") for day in (began, today))
    set_by = f"Grace set it on {first}."
    assert {str(each.member or each.webhook): each.notice["lines"] for each in Delivery.objects.all()} == {
        "Ada": [f"From 40 on {first} to 52 on {last}.", "Well done."],
        "Grace": [f"From 40.0 on {first} to 52.0 on {last}.", set_by, "Well done."],
        "Slack": [set_by, "Well done."],
    }


def test_an_invitation_reads_the_rules_back_to_whoever_was_asked(team, grace, ada):
    challenge = make_challenge(team, grace, stake_kind="on_me", stake="lunch")

    for _ in range(2):
        tell_challenge_news(timezone.now())

    assert told("challenge_invitation") == [("Ada", "Are you in? Plus five")]
    said = lines("challenge_invitation", ada)
    assert said[0] == "Grace asks whether you are in. No answer means not in."
    assert any("Everyone who gains 5 points" in line for line in said)
    assert "Played for: lunch. Grace owes it to each winner." in said
    assert Delivery.objects.get().notice["links"][0][1].endswith(f"/challenges/{challenge.pk}/")


def test_half_time_and_the_last_days_go_to_those_who_are_in_and_say_what_is_so_when_they_go_out(team, grace, ada):
    challenge = make_challenge(team, grace, days=20)
    accept(challenge, ada)
    make_rep(team, "Not in")

    for days in [5, 10, 11, 15, 18, 19, 20]:
        tell_challenge_news(noon(challenge, days))

    half, last = Delivery.objects.filter(kind__in=["challenge_half_time", "challenge_last_days"]).order_by("pk")
    assert [(each.member, each.notice) for each in (half, last)] == [(ada, None), (ada, None)]
    assert still_needed_of(half, noon(challenge, 10)).title == "Half-time: Plus five"
    said = still_needed_of(last, noon(challenge, 18))
    assert (said.title, said.lines[0]) == ("Last days: Plus five", "You need 5 points more.")
    assert said.lines[1].startswith("3 days left, today included.")


def test_whoever_is_there_by_then_hears_nothing_more_until_the_result(team, grace, ada):
    challenge = make_challenge(team, grace, days=20)
    accept(challenge, ada)
    tell_challenge_news(noon(challenge, 10))
    half = Delivery.objects.get(kind="challenge_half_time")
    make_submission(ada, 46, taken_on=team.organization.today())

    there = still_needed_of(half, noon(challenge, 10))
    lifecycle.cancel(challenge, timezone.now())

    assert [there, still_needed_of(half, noon(challenge, 10))] == [Reason.THERE_ALREADY, Reason.CHALLENGE_OVER]


def test_everything_waits_for_nine_on_a_working_day_where_its_reader_is(team, grace, ada):
    Organization.objects.update(time_zone="Europe/Berlin")  # where São Paulo has the same evening
    team.organization.refresh_from_db()
    grace.time_zone = "America/Sao_Paulo"
    grace.save()
    make_rep(team, "Ben", total=61, month=OCTOBER)
    make_chat(team)
    ranked_board(team, OCTOBER)
    friday_evening = datetime(2026, 11, 6, 18, 3, tzinfo=ZoneInfo(team.organization.time_zone))
    Board.objects.filter(month=OCTOBER).update(closed_at=friday_evening)

    tell_news(friday_evening)

    due = {str(each.member or each.webhook): each.due_at for each in Delivery.objects.all()}
    monday = datetime(2026, 11, 9, 9)
    assert due == {
        "Grace": monday.replace(tzinfo=ZoneInfo("America/Sao_Paulo")),
        "Slack": monday.replace(tzinfo=friday_evening.tzinfo),
    }


def test_a_chat_hears_of_a_win_at_once_while_people_work(team, grace):
    make_chat(team)
    afternoon = datetime(2026, 11, 5, 15, 30, tzinfo=ZoneInfo(team.organization.time_zone))
    make_goal(team, 60, reached_on=afternoon.date(), celebrated_at=afternoon)

    tell_news(afternoon)

    assert Delivery.objects.get(member=None).due_at == afternoon
    assert Delivery.objects.get(member=grace).due_at == afternoon.replace(day=6, hour=9, minute=0)


@pytest.mark.parametrize("hour", [0, 4, 8, 12, 19, 23])
def test_half_time_is_told_in_the_morning_of_its_day_wherever_one_is(team, grace, ada, hour):
    zones = ["Pacific/Auckland", "Europe/Berlin", "America/Sao_Paulo"]
    people = [make_rep(team, zone, time_zone=zone) for zone in zones]
    challenge = make_challenge(team, grace, days=20)
    accept(challenge, *people)
    half = challenge.starts_on + timedelta(days=10)

    for days in range(9, 13):
        tell_challenge_news(datetime.combine(challenge.starts_on + timedelta(days=days), time(hour), UTC))

    told = {each.member.time_zone: each.due_at for each in Delivery.objects.filter(kind="challenge_half_time")}
    latest = half + timedelta(days=1)
    mornings = {zone: next_morning(told[zone], ZoneInfo(zone)) for zone in zones}
    assert told == mornings
    assert all(next_morning(_midnight(half, zone), ZoneInfo(zone)) <= told[zone] for zone in zones)
    assert all(told[zone] <= next_morning(_midnight(latest, zone), ZoneInfo(zone)) for zone in zones)


def _midnight(day, zone):
    return datetime.combine(day, time(), ZoneInfo(zone))


def test_a_result_is_told_to_everybody_in_it_and_to_the_chat_once(team, grace, ada):
    make_chat(team)
    challenge = make_challenge(team, grace, days=20, stake_kind="on_me", stake="lunch")
    accept(challenge, ada)
    make_submission(ada, 46, taken_on=team.organization.today())
    later = challenge.grace_ends() + timedelta(hours=1)
    settling.settle(challenge.pk, later)

    for _ in range(2):
        tell_challenge_news(later)

    assert told("challenge_result") == [("Ada", "Result: Plus five"), ("Slack", "Result: Plus five")]
    assert lines("challenge_result", ada)[:2] == ["Won by Ada.", "Grace owes Ada: lunch."]


@pytest.mark.parametrize(
    ("points", "ended", "owed"),
    [
        ((50, 50), "It is a draw.", "At stake was: coffee. Nobody owes it."),
        ((52, 50), "Won by Ada.", "Ben owes Ada: coffee."),
    ],
)
def test_a_result_says_a_draw_and_who_owes_whom(team, grace, ada, points, ended, owed):
    ben, today = make_rep(team, "Ben"), team.organization.today()
    duel = make_challenge(team, ada, kind="highest", opponent=ben, stake_kind="loser", stake="coffee.")
    accept(duel, ben)
    for rep, total in zip((ada, ben), points, strict=True):
        make_submission(rep, total, taken_on=today)
    later = duel.grace_ends() + timedelta(hours=1)
    settling.settle(duel.pk, later)

    tell_challenge_news(later)

    assert lines("challenge_result", ben)[:2] == [ended, owed]


def test_the_maker_hears_that_a_challenge_is_void(team, grace, ada):
    challenge = make_challenge(team, grace, days=20)
    lifecycle.void(challenge, lambda: "Too few were in at half-time.", timezone.now())

    tell_challenge_news(timezone.now())

    assert told("challenge_news") == [("Grace", "Not played: Plus five")]


def test_everybody_in_hears_that_a_challenge_is_void_with_the_reason(team, grace, ada):
    challenge = make_challenge(team, grace, days=20)
    accept(challenge, ada)
    make_rep(team, "Not in")
    lifecycle.cancel(challenge, timezone.now())

    for _ in range(2):
        tell_challenge_news(timezone.now())

    assert told("challenge_news") == [("Ada", "Not played: Plus five"), ("Grace", "Not played: Plus five")]
    assert lines("challenge_news", ada) == ["It was called off."]


def test_a_second_result_is_told_to_those_for_whom_it_is_another(team, grace, ada):
    ben = make_rep(team, "Ben")
    make_submission(ben, 50, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, grace)
    accept(challenge, ada, ben)
    made = make_submission(ada, 45, taken_on=team.organization.today())
    settled = challenge.grace_ends() + timedelta(hours=1)
    settling.settle_due(settled)
    tell_challenge_news(settled)

    later = settled + timedelta(days=5)
    Withdrawal.objects.create(submission=made, by=ada, at=later)
    settling.settle_again(challenge, grace, later)
    for _ in range(2):
        tell_challenge_news(later)

    second = Delivery.objects.filter(subject=f"challenge {challenge.pk} result 2")
    assert [each.member.name for each in second] == ["Ada"]


def correct(submission, total):
    """The reading as it should have been."""
    return make_submission(submission.member, total, taken_on=submission.taken_on, replaces=submission)


def test_everybody_in_hears_once_when_a_start_is_corrected(team, grace, ada):
    challenge = make_challenge(team, grace)
    ben = make_rep(team, "Ben")
    lifecycle.join(challenge, ben, timezone.now())
    accept(challenge, ada)
    corrected = correct(Submission.objects.get(member=ada), 38)

    for _ in range(2):
        tell_challenge_news(timezone.now())

    title = "A start was corrected: Plus five"
    assert told("challenge_news") == [("Ada", title), ("Ben", title)]
    assert lines("challenge_news", ben) == ["A reading was corrected: Ada now starts at 38. It was 40."]

    correct(corrected, 39)
    tell_challenge_news(timezone.now())

    assert len(told("challenge_news")) == 4


@pytest.mark.parametrize("kind", ["reach", "highest"])
def test_a_correction_is_no_news_where_nobody_starts_anywhere(team, grace, ada, kind):
    challenge = make_challenge(team, grace, kind=kind, points=50)
    accept(challenge, ada)
    correct(Submission.objects.get(member=ada), 38)

    tell_challenge_news(timezone.now())

    assert told("challenge_news") == []


def test_a_start_that_is_lowered_between_the_invitation_and_the_yes_is_told_to_everybody_in(team, grace, ada):
    challenge = make_challenge(team, grace)
    lifecycle.join(challenge, make_rep(team, "Ben"), timezone.now())
    correct(Submission.objects.get(member=ada), 38)
    tell_challenge_news(timezone.now())
    asked = told("challenge_news")

    accept(challenge, ada)
    for _ in range(2):
        tell_challenge_news(timezone.now())

    title = "A start was corrected: Plus five"
    assert (asked, told("challenge_news")) == ([], [("Ada", title), ("Ben", title)])


def test_a_correction_that_leaves_the_start_as_it_was_or_raised_it_before_the_yes_is_no_news(team, grace, ada):
    challenge = make_challenge(team, grace)
    correct(Submission.objects.get(member=ada), 43)
    accept(challenge, ada)
    correct(make_submission(ada, 41, taken_on=team.organization.today()), 42)

    tell_challenge_news(timezone.now())

    assert told("challenge_news") == []


def test_everybody_in_hears_once_when_a_start_is_withdrawn(team, grace, ada):
    challenge = make_challenge(team, grace)
    accept(challenge, ada)
    withdraw(Submission.objects.get(member=ada), ada)

    for _ in range(2):
        tell_challenge_news(timezone.now())

    assert told("challenge_news") == [("Ada", "A start was withdrawn: Plus five")]
    assert lines("challenge_news", ada) == ["A reading was withdrawn: Ada has no start any more. It was 40."]


def test_a_sweep_asks_as_often_for_many_news_as_for_few(team, grace, ada):
    def happen(team, manager, rep):
        """One of each: a month, goals, an invitation, last days, a correction, a result, a void one."""
        make_rep(team, f"{rep} II", total=50, month=OCTOBER)
        ranked_board(team, OCTOBER)
        Board.objects.filter(month=OCTOBER, closed_at=None).update(closed_at=timezone.now())
        make_goal(team, 60, reached_on=team.organization.today(), celebrated_at=timezone.now())
        make_goal(rep, 50, reached_on=team.organization.today(), celebrated_at=timezone.now())
        for fields in ({}, {"confirmed_only": True}, {"days": 2}):
            accept(make_challenge(team, manager, **fields), rep)
        ended = make_challenge(team, manager, days=0)
        accept(ended, rep)
        settling.settle(ended.pk, ended.grace_ends() + timedelta(hours=1))
        Challenge.objects.filter(pk=ended.pk).update(settled_at=timezone.now())
        lifecycle.cancel(make_challenge(team, manager), timezone.now())
        correct(Submission.objects.get(member=rep, month__gt=OCTOBER), 38)

    def sweep():
        with CaptureQueriesContext(connection) as queries:
            tell_news(noon_today)
            tell_challenge_news(noon_today)
        return len(queries)

    today = team.organization.today()
    noon_today = datetime.combine(today, time(12), UTC)
    happen(team, grace, ada)
    few, count = sweep(), Delivery.objects.count()
    for name in ("South", "West"):
        other = make_team(name, team.organization)
        rep = make_rep(other, f"Rep of {name}")
        make_submission(rep, 40, taken_on=days_ago(team.organization, 1))
        happen(other, make_manager(other, f"Head of {name}"), rep)

    assert sweep() == few
    assert Delivery.objects.count() > 2 * count
    quiet = sweep()
    assert quiet < few
