"""One change makes one mail to a person, whatever it touches; and what is not so any more by then is not said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from teams.actions.challenges import lifecycle
from teams.actions.challenges.news import tell_challenge_news
from teams.actions.messages import links
from teams.actions.messages.deliveries import deliver, due_deliveries
from teams.actions.messages.news import tell_news
from teams.models import Board, Delivery, Goal, MessageKind, Submission, Topic
from teams.rules.messages.hours import next_morning
from teams.words.notices import Link, Notice
from tests.makers import (
    accept,
    days_ago,
    make_challenge,
    make_goal,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    notify,
    this_month,
)

pytestmark = pytest.mark.django_db
IN_A_WEEK = timedelta(days=7)


@pytest.fixture
def team(db):
    return make_team("North", make_organization())


@pytest.fixture
def ada(team):
    return make_rep(team, "Ada")


def send_all(now):
    for delivery in due_deliveries(now):
        deliver(delivery, now)


def notice(title):
    return lambda: Notice(title, (f"{title} says more.",), (Link("Look", "https://site.example/"),))


def tell_three(team, ada):
    """Three messages to her that are due, of two topics."""
    notify(team, [ada], MessageKind.CHALLENGE_RESULT, "challenge 1", notice("Lunch"))
    notify(team, [ada], MessageKind.GOAL_REACHED, "goal 1", notice("Fifty"))
    notify(team, [ada], MessageKind.CHALLENGE_RESULT, "challenge 2", notice("Dinner"))


def test_a_correction_that_moves_two_starts_and_a_goal_is_one_mail(team, ada, mailbox):
    make_submission(ada, 40, taken_on=days_ago(team.organization, 1))
    for title in ("Lunch", "Dinner"):
        accept(make_challenge(team, make_manager(team, f"Head of {title}"), title=title), ada)
    make_goal(ada, 45, reached_on=team.organization.today(), celebrated_at=timezone.now())
    start = Submission.objects.get(member=ada)
    make_submission(ada, 46, taken_on=start.taken_on, replaces=start)

    tell_news(timezone.now())
    tell_challenge_news(timezone.now())
    send_all(timezone.now() + IN_A_WEEK)

    [mail] = mailbox.to("ada@example.org")
    text = mail.get_body(["plain"]).get_content()
    assert mail["Subject"] == "You reached a goal: Score 45, and 2 more"
    for said in ("You reached a goal: Score 45", "A start was corrected: Lunch", "A start was corrected: Dinner"):
        assert said in text
        assert said in mail.get_body(["html"]).get_content()
    assert set(Delivery.objects.filter(member=ada).values_list("state", flat=True)) == {"sent"}


def test_one_click_takes_one_off_everything_that_the_mail_is_about(team, ada, mailbox):
    tell_three(team, ada)
    send_all(timezone.now())

    token = mailbox.mails[0]["List-Unsubscribe"].strip(" <>").split("/")[-2]
    unsubscriber = links.unsubscriber(token)
    links.unsubscribe(unsubscriber.member, *unsubscriber.topics)

    assert unsubscriber.topics == [Topic.CHALLENGES, Topic.RESULTS]
    assert sorted(ada.unsubscriptions.values_list("topic", flat=True)) == ["challenges", "results"]


def test_whoever_wants_no_challenges_gets_the_rest(team, ada, mailbox):
    tell_three(team, ada)
    links.unsubscribe(ada, Topic.CHALLENGES)

    send_all(timezone.now())

    assert [mail["Subject"] for mail in mailbox.mails] == ["Fifty"]
    assert list(Delivery.objects.order_by("pk").values_list("state", "reason")) == [
        ("dropped", "unsubscribed"),
        ("sent", ""),
        ("dropped", "unsubscribed"),
    ]


def test_a_mail_that_is_refused_for_now_is_one_again_later(team, ada, mailbox):
    tell_three(team, ada)
    mailbox.answers["DATA"] = "451 try later"
    now = timezone.now()
    send_all(now)
    mailbox.answers.clear()

    send_all(now + timedelta(minutes=6))

    ids = ".".join(str(pk) for pk in Delivery.objects.order_by("pk").values_list("pk", flat=True))
    assert [mail["Message-ID"] for mail in mailbox.mails] == [f"<delivery.{ids}@127.0.0.1>"]


def test_a_reminder_is_a_mail_of_its_own(team, ada, mailbox):
    tell_three(team, ada)
    Delivery.objects.create(team=team, member=ada, kind="reminder", subject=f"{this_month(team.organization)} +0")

    send_all(timezone.now())

    month_left = f"Your score for {this_month(team.organization).first_day:%B %Y}"
    assert sorted(mail["Subject"] for mail in mailbox.mails) == ["Lunch, and 2 more", month_left]


@pytest.mark.django_db(transaction=True)
def test_workers_that_come_at_the_same_moment_make_one_mail(team, ada, mailbox):
    tell_three(team, ada)
    now = timezone.now()

    def work(delivery):
        try:
            return deliver(delivery, now)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as workers:
        states = list(workers.map(work, due_deliveries(now)))

    assert sorted(map(str, states)) == ["None", "None", "sent"]
    assert [mail["Subject"] for mail in mailbox.mails] == ["Lunch, and 2 more"]


def test_a_goal_that_was_taken_back_by_the_morning_is_told_when_it_is_reached_again(team, ada, mailbox):
    today = team.organization.today()
    goal = make_goal(ada, 45, reached_on=today, celebrated_at=timezone.now() - timedelta(days=3))
    notify(team, [ada], MessageKind.GOAL_REACHED, f"goal {goal.pk}", notice("You did it"))
    take_back(team, ada)
    send_all(timezone.now())
    assert (mailbox.mails, Delivery.objects.get().reason) == ([], "taken_back")
    Goal.objects.update(reached_on=today)

    tell_news(now := timezone.now())

    told = Delivery.objects.get()
    assert (told.state, told.reason, told.due_at) == ("waiting", "", next_morning(now, ada.zone))
    send_all(told.due_at)
    tell_news(told.due_at)
    assert [mail["Subject"] for mail in mailbox.mails] == ["You did it"]
    assert Delivery.objects.get().state == "sent"


def reopen(team, ada):
    Board.objects.filter(team=team).update(closed_at=None)


def take_back(team, ada):
    Goal.objects.update(reached_on=None)


def answer(team, ada):
    accept(ada.entries.get().challenge, ada)


def call_off(team, ada):
    lifecycle.cancel(ada.entries.get().challenge, timezone.now())


@pytest.mark.parametrize(
    ("change", "kind", "reason"),
    [
        (reopen, "month_result", "reopened"),
        (take_back, "goal_reached", "taken_back"),
        (answer, "challenge_invitation", "answered"),
        (call_off, "challenge_invitation", "challenge_over"),
    ],
)
def test_what_is_not_so_any_more_in_the_morning_is_not_said(team, ada, mailbox, change, kind, reason):
    month = this_month(team.organization) - 1
    grace = make_manager(team)
    Board.objects.create(team=team, month=month, closed_at=timezone.now())
    make_goal(team, 45, reached_on=team.organization.today(), celebrated_at=timezone.now())
    make_challenge(team, grace, days=30)
    tell_news(timezone.now())
    tell_challenge_news(timezone.now())

    change(team, ada)
    Delivery.objects.update(due_at=timezone.now())
    send_all(timezone.now())

    dropped = Delivery.objects.filter(state="dropped").values_list("kind", "reason")
    assert list(dropped) == [(kind, reason)]
    assert "".join(mail["Subject"] for mail in mailbox.mails) != ""
