"""Handing messages over to a real mail server and a real chat, whatever they answer."""

import socket
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.messages import deliveries, links
from teams.actions.messages.deliveries import deliver, due_deliveries, give_up_on_the_stuck, send_again
from teams.actions.messages.news import tell_news
from teams.actions.months.closing import close_month, due_boards
from teams.models import Delivery, MessageKind, Organization, SubmissionLink, Topic, UnsubscribeLink
from teams.words.figures import month_name
from teams.words.notices import Link, Notice
from tests.makers import (
    make_chat,
    make_delivery,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    notify,
    notify_chats,
    this_month,
)

pytestmark = pytest.mark.django_db
NOTICE = Notice("Ada won “+5 by month end”", ("Lunch is on Grace.",), (Link("See it", "https://site.example/c/7/"),))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ada():
    return make_rep(make_team(), "Ada")


@pytest.fixture
def team(ada):
    return ada.memberships.get().team


@pytest.fixture
def now():
    """A moment at which everything that these tests make is due."""
    return timezone.now() + MINUTE


def mailed(ada, team):
    """A message to Ada that waits."""
    notify(team, [ada], MessageKind.CHALLENGE_RESULT, "challenge 7", lambda: NOTICE)
    return Delivery.objects.get(member=ada)


def posted(team, chat):
    make_chat(team, url=chat.url)
    notify_chats(team, MessageKind.CHALLENGE_RESULT, "challenge 7", lambda: NOTICE)
    return Delivery.objects.exclude(webhook=None).get()


def sweep(now):
    give_up_on_the_stuck(now)
    for delivery in due_deliveries(now):
        deliver(delivery, now)


def outcome(delivery):
    delivery.refresh_from_db()
    return delivery.state, delivery.reason, delivery.said


def test_a_mail_arrives_once_readable_in_both_ways_and_says_that_a_job_sent_it(ada, team, now, mailbox):
    delivery = mailed(ada, team)

    for minutes in range(3):
        sweep(now + minutes * MINUTE)

    [mail] = mailbox.mails
    text, html = (mail.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert outcome(delivery) == ("sent", "", "")
    assert (mail["To"], mail["Subject"]) == ("ada@example.org", "Ada won “+5 by month end”")
    assert (mail["Auto-Submitted"], mail["List-Unsubscribe-Post"]) == ("auto-generated", "List-Unsubscribe=One-Click")
    assert mail["Message-ID"] == f"<delivery.{delivery.pk}@127.0.0.1>"
    for body in (text, html):
        assert "Lunch is on Grace." in body
        assert "https://site.example/c/7/" in body
        assert mail["List-Unsubscribe"].strip(" <>") in body
    assert "<" not in text


def test_the_link_in_the_header_takes_one_off_that_topic(ada, team, now, mailbox, client):
    mailed(ada, team)
    sweep(now)

    url = mailbox.mails[0]["List-Unsubscribe"].strip(" <>").removeprefix("http://127.0.0.1:8000")
    assert client.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert list(ada.unsubscriptions.values_list("topic", flat=True)) == ["challenges"]


def test_every_mail_has_a_link_of_its_own_by_which_to_unsubscribe_and_each_goes_on_working(ada, team, now, mailbox):
    delivery = mailed(ada, team)
    mailbox.answers["DATA"] = "451 try later"
    sweep(now)
    mailbox.answers.clear()
    sweep(now + 6 * MINUTE)
    Delivery.objects.update(state="uncertain")
    delivery.refresh_from_db()
    send_again(delivery, now)
    sweep(now)

    tokens = [mail["List-Unsubscribe"].strip(" <>").split("/")[-2] for mail in mailbox.mails]

    assert len(set(tokens)) == 2
    assert [links.unsubscriber(token) for token in tokens] == [(ada, [Topic.CHALLENGES])] * 2
    assert [token in str(list(UnsubscribeLink.objects.values_list())) for token in tokens] == [False, False]


def test_a_reminder_carries_a_link_of_its_own_and_linkedins_page(ada, team, now, mailbox):
    make_delivery(ada, subject=f"{this_month(team.organization)} +0")

    sweep(timezone.now())

    text = mailbox.mails[0].get_body(["plain"]).get_content()
    assert "http://127.0.0.1:8000/submit/link/" in text
    assert "https://www.linkedin.com/sales/ssi" in text
    assert SubmissionLink.objects.count() == 1


def test_the_same_message_is_claimed_once_for_all_times(ada, team, now, mailbox):
    for _ in range(3):
        mailed(ada, team)
        sweep(timezone.now())

    assert len(mailbox.mails) == 1


@pytest.mark.parametrize(
    ("stage", "reply", "state"),
    [
        ("RCPT", "450 mailbox busy", "waiting"),
        ("RCPT", "550 no such user", "failed"),
        ("DATA", "451 try later", "waiting"),
        ("DATA", "554 no thanks", "failed"),
    ],
)
def test_a_mail_servers_refusal_is_noted_and_tried_again_only_where_it_is_for_now(
    ada, team, now, mailbox, stage, reply, state
):
    delivery = mailed(ada, team)
    mailbox.answers[stage] = reply

    sweep(timezone.now())
    assert outcome(delivery) == (state, "mail_server_said", reply)

    mailbox.answers.clear()
    sweep(timezone.now())
    assert mailbox.mails == []
    sweep(timezone.now() + 6 * MINUTE)
    assert (outcome(delivery)[0], len(mailbox.mails)) == (("sent", 1) if state == "waiting" else ("failed", 0))


@pytest.mark.parametrize("answer", ["drop", "hang"])
def test_a_server_that_falls_silent_leaves_it_uncertain_and_it_is_never_sent_again_by_itself(
    ada, team, now, mailbox, answer
):
    delivery = mailed(ada, team)
    mailbox.answers["DATA"] = answer
    began = time.monotonic()

    sweep(timezone.now())

    assert time.monotonic() - began < 5
    assert outcome(delivery)[:2] == ("uncertain", "mail_server_stopped")
    mailbox.answers.clear()
    for days in (1, 10):
        sweep(timezone.now() + timedelta(days=days))
    assert len(mailbox.mails) == 1

    assert send_again(delivery, timezone.now())
    sweep(timezone.now())
    assert (outcome(delivery)[0], len(mailbox.mails)) == ("sent", 2)
    assert not send_again(delivery, timezone.now())


def test_without_a_mail_server_it_waits_for_a_day_and_then_says_so(ada, team, settings, mailbox):
    delivery, now = mailed(ada, team), timezone.now()
    settings.EMAIL_PORT = 1

    sweep(now)
    assert outcome(delivery)[0] == "waiting"
    for hours in range(1, 30):
        sweep(now + timedelta(hours=hours))

    assert outcome(delivery)[:2] == ("failed", "mail_server_unreachable")


def test_a_mail_server_that_never_greets_has_taken_nothing(ada, team, settings, mailbox):
    delivery = mailed(ada, team)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.EMAIL_PORT = mute.getsockname()[1]
        sweep(timezone.now())

    assert outcome(delivery)[0] == "waiting"


def test_a_worker_that_died_leaves_it_uncertain(ada, team, now, mailbox):
    delivery = mailed(ada, team)
    Delivery.objects.update(state="sending", started_at=now, first_at=now, attempts=1)

    sweep(now + 5 * MINUTE)
    assert outcome(delivery) == ("sending", "", "")
    sweep(now + 6 * MINUTE)

    assert outcome(delivery) == ("uncertain", "worker_died", "")
    assert mailbox.mails == []


def test_names_and_titles_add_no_header_to_a_mail(ada, team, mailbox):
    evil = Notice("Won\r\nBcc: everybody@example.org", ("Ada\r\nX-Evil: 1",))
    ada.name = "Ada\r\nBcc: all@example.org"
    ada.save()
    notify(team, [ada], MessageKind.CHALLENGE_RESULT, "challenge 8", lambda: evil)

    sweep(timezone.now())

    [mail] = mailbox.mails
    assert (mail["Bcc"], mail["X-Evil"]) == (None, None)
    assert mail["Subject"] == "Won Bcc: everybody@example.org"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda ada, _: links.unsubscribe(ada, Topic.REMINDERS), "unsubscribed"),
        (lambda ada, _: make_submission(ada, 50), "submitted"),
        (
            lambda ada, _: ada.memberships.update(left_on="2020-02-01"),
            "left",
        ),
        (lambda ada, _: type(ada.user).objects.update(is_active=False), "no_address"),
        (lambda ada, late: late.update(good_until=timezone.now()), "too_late"),
        (lambda ada, _: type(ada.organization).objects.update(is_demo=True), "demo"),
    ],
)
def test_what_is_no_longer_true_is_not_sent_and_says_why(ada, team, mailbox, change, reason):
    delivery = make_delivery(ada, subject=f"{this_month(team.organization)} +0")
    change(ada, Delivery.objects)

    sweep(timezone.now())

    assert outcome(delivery) == ("dropped", reason, "")
    assert mailbox.mails == []


def test_an_error_of_ours_is_uncertain_too_and_logged(ada, team, mailbox, monkeypatch, caplog):
    delivery = mailed(ada, team)
    monkeypatch.setattr(deliveries, "hand_over", lambda mail: 1 / 0)

    sweep(timezone.now())

    assert outcome(delivery) == ("uncertain", "worker_broke_off", "ZeroDivisionError")
    assert "broke off" in caplog.text


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "sent"),
        (202, "sent"),
        (302, "failed"),
        (400, "failed"),
        (403, "failed"),
        (404, "failed"),
        (410, "failed"),
        (429, "waiting"),
        (500, "waiting"),
    ],
)
def test_a_chats_answer_is_noted_with_its_words(team, chat, status, state):
    delivery = posted(team, chat)
    chat.status, chat.words = status, "as they say"
    chat.headers = {"Location": "http://127.0.0.1:1/", "Retry-After": "1800"}

    sweep(timezone.now())

    assert outcome(delivery) == (state, "" if state == "sent" else "chat_said", f"{status} as they say")
    assert len(chat.posts) == 1


def test_a_chat_that_asks_for_half_an_hour_gets_it_and_then_the_post(team, chat):
    delivery = posted(team, chat)
    chat.status, chat.headers, now = 429, {"Retry-After": "1800"}, timezone.now()

    sweep(now)
    chat.status = 200
    sweep(now + 29 * MINUTE)
    assert len(chat.posts) == 1
    sweep(now + 30 * MINUTE)

    assert (outcome(delivery)[0], len(chat.posts)) == ("sent", 2)


def test_a_chat_that_hangs_blocks_nobody_for_long_and_leaves_it_uncertain(team, chat, monkeypatch):
    monkeypatch.setattr("teams.network.deadline.SECONDS", 1)
    delivery = posted(team, chat)
    chat.status, began = "hang", time.monotonic()

    sweep(timezone.now())
    sweep(timezone.now() + timedelta(days=1))

    assert time.monotonic() - began < 3
    assert outcome(delivery)[0] == "uncertain"
    assert len(chat.posts) == 1


def test_a_chat_where_nobody_listens_is_tried_again(team, chat):
    delivery = posted(team, chat)
    delivery.webhook.url = "http://127.0.0.1:1/x"
    delivery.webhook.save()

    sweep(timezone.now())

    assert outcome(delivery)[:2] == ("waiting", "chat_unreachable")


def test_a_chat_that_was_removed_gets_nothing(team, chat):
    delivery = posted(team, chat)
    delivery.webhook.removed_at = timezone.now()
    delivery.webhook.save()

    sweep(timezone.now())

    assert outcome(delivery) == ("dropped", "chat_removed", "")


def test_one_sweep_of_many_costs_two_questions_before_it_hands_over(django_assert_num_queries, team, ada):
    for number in range(30):
        make_delivery(make_rep(make_team(f"T{number}", make_organization()), f"Rep {number}", login=False))

    with django_assert_num_queries(2):
        give_up_on_the_stuck(timezone.now())
        assert len(due_deliveries(timezone.now())) == 30


def test_a_month_that_is_closed_by_the_clock_reaches_its_manager_by_mail_and_its_chat(team, ada, mailbox, chat):
    grace = make_manager(team)
    month = this_month(team.organization) - 1
    Organization.objects.update(created_at=timezone.now() - timedelta(days=90))
    make_submission(ada, 61, month=month)
    make_chat(team, url=chat.url)
    closed_at = team.organization.closes(month)

    for board in due_boards(closed_at):
        close_month(board, closed_at)
    tell_news(closed_at + MINUTE)
    for delivery in Delivery.objects.all():
        deliver(delivery.pk, delivery.due_at + MINUTE)

    [mail] = mailbox.mails
    assert (grace.user.email in mail["To"], mail["Subject"]) == (True, f"North: {month_name(month)} is closed")
    assert "1. Ada, 61" in mail.get_body().get_content()
    assert len(chat.posts) == 1
