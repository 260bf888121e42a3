"""The links of mails, one's own choice, and the managers' page of reminders."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from teams.actions.messages import links
from teams.actions.messages.deliveries import deliver
from teams.actions.messages.news import tell_news
from teams.actions.reminders.forecast import forecast
from teams.models import Board, Delivery, SubmissionLink, Topic, Unsubscription, Webhook
from teams.rules.messages.reminders import Policy, steps_of
from tests.makers import make_chat, make_delivery, make_goal, make_leave, make_rep

READING = {"total": "66", "brand": "20", "people": "13", "insights": "8", "relationships": "25"}


@pytest.fixture
def silent(world):
    return make_rep(world.north, "Sid")


@pytest.fixture
def link(world, silent):
    return f"/submit/link/{links.make_submission_link(silent, world.month)}/"


def stored(member):
    return list(member.submissions.values_list("total", "month", "typed_by", "source"))


def test_a_link_opens_the_form_without_signing_in_and_stores_for_its_member_and_month(world, silent, link, client):
    page = client.get(link)
    done = client.post(link, READING | {"taken_on": world.acme.today()}, follow=True)

    assert page.status_code == 200
    assert "Sid, submit your score for" in page.content.decode()
    assert "Saved, thank you" in done.content.decode()
    assert stored(silent) == [(66, world.month, silent.pk, "typed")]


def test_opening_a_link_changes_nothing_however_often(silent, link, client):
    before = list(SubmissionLink.objects.values())
    for _ in range(3):
        client.get(link)
        client.head(link)

    assert stored(silent) == []
    assert list(SubmissionLink.objects.values()) == before


def test_a_link_reads_what_is_pasted_and_stores_nothing_yet(silent, link, client):
    page = client.post(link, {"pasted": "Current Social Selling Index\n20 out of 100", "read": "1"})

    assert page.context["form"]["total"].value() == 20
    assert stored(silent) == []


def test_a_link_shows_no_score_and_nobody_elses_name(world, silent, link, client):
    client.post(link, READING | {"taken_on": world.acme.today()})

    pages = client.get(link).content.decode() + client.get(f"{link}?stored").content.decode()

    shown = re.sub(r'(value|href|src|action|content)="[^"]*"', "", pages)  # tokens and hashes hold any digits
    assert [word for word in ("66", "61", "Ada", "Grace", "North") if re.search(rf"\b{word}\b", shown)] == []


def test_a_link_cannot_be_turned_to_another_month_or_member(world, silent, link, client):
    ada_before = stored(world.ada)
    other = {"month": str(world.month - 1), "member": world.ada.pk, "member_id": world.ada.pk, "typed_by": world.ada.pk}

    client.post(link, READING | other | {"taken_on": world.acme.today()})
    early = client.post(link, READING | {"taken_on": world.month.first_day - timedelta(days=1)})

    assert stored(silent) == [(66, world.month, silent.pk, "typed")]
    assert stored(world.ada) == ada_before
    assert "which had not begun" in early.content.decode()


def test_a_link_opens_nothing_else(world, silent, link, client):
    client.get(link)

    assert client.get("/").status_code == 302
    assert client.get(f"/reps/{silent.pk}/").status_code == 302
    assert "session" not in client.cookies


def test_a_link_is_dead_once_the_month_is_closed(world, silent, link, client):
    Board.objects.filter(team=world.north).update(closed_at=timezone.now())

    answers = [client.get(link), client.post(link, READING | {"taken_on": world.acme.today()})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "This link has ended" in answers[0].content.decode()
    assert stored(silent) == []


def test_one_ends_the_links_in_ones_mails_and_nobody_elses(world, silent, link, browse):
    earlier = f"/submit/link/{links.make_submission_link(silent, world.month - 1)}/"
    others = f"/submit/link/{links.make_submission_link(world.ada, world.month)}/"
    unsubscribe = f"/unsubscribe/{links.make_unsubscribe_link(silent, Topic.REMINDERS)}/"
    sid = browse(silent)
    assert 'action="/me/mail/links/end/"' in sid.get("/me/mail/").content.decode()

    done = sid.post("/me/mail/links/end/", follow=True)

    assert "The links are ended. The next reminder brings a new one." in done.content.decode()
    form = READING | {"taken_on": world.acme.today()}
    assert [browse().post(ended, form).status_code for ended in (link, earlier)] == [404, 404]
    assert stored(silent) == []
    assert [browse().get(kept).status_code for kept in (others, unsubscribe)] == [200, 200]
    assert browse().get(f"/submit/link/{links.make_submission_link(silent, world.month)}/").status_code == 200


def test_a_made_up_link_is_as_dead_and_no_address_is_logged(client, db, caplog):
    assert client.get("/submit/link/made-up/").status_code == 404
    assert "made-up" not in caplog.text


def test_the_database_keeps_the_links_hash_only(link):
    token = link.split("/")[3]

    assert [token in str(row) for row in SubmissionLink.objects.values_list()] == [False]
    assert len(SubmissionLink.objects.get().token_hash) == 64


def test_unsubscribing_asks_first_when_it_is_opened(world, client):
    url = f"/unsubscribe/{links.make_unsubscribe_link(world.ada, Topic.REMINDERS)}/"

    page = client.get(url)

    assert "No more mail of this kind?" in page.content.decode()
    assert Unsubscription.objects.count() == 0


def test_one_click_of_a_mail_program_unsubscribes_without_a_session_or_a_token_of_a_form(world, handler):
    client = Client(enforce_csrf_checks=True)
    url = f"/unsubscribe/{links.make_unsubscribe_link(world.ada, Topic.REMINDERS)}/"

    answers = [client.post(url, {"List-Unsubscribe": "One-Click"}).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert list(Unsubscription.objects.values_list("member", "topic")) == [(world.ada.pk, "reminders")]


def test_a_forged_unsubscribe_link_does_nothing(world, client):
    token = links.make_unsubscribe_link(world.ada, Topic.REMINDERS)

    assert client.post(f"/unsubscribe/{token[:-1]}x/").status_code == 404
    assert client.post("/unsubscribe/made-up/").status_code == 404
    signed = signing.dumps([world.ada.pk, "reminders"], salt="unsubscribe")
    assert client.post(f"/unsubscribe/{signed}/").status_code == 404
    assert Unsubscription.objects.count() == 0


def test_members_choose_what_they_get_and_can_come_back(world, browse):
    ada = browse(world.ada)
    links.unsubscribe(world.ada, Topic.REMINDERS)
    assert ada.get("/me/mail/").context["form"].initial["topics"] == ["challenges", "results", "digests", "webhooks"]

    ada.post("/me/mail/", {"topics": ["reminders"], "time_zone": "Asia/Kolkata"})

    unwanted = world.ada.unsubscriptions.order_by("topic").values_list("topic", flat=True)
    world.ada.refresh_from_db()
    assert list(unwanted) == ["challenges", "digests", "results", "webhooks"]
    assert world.ada.time_zone == "Asia/Kolkata"
    assert world.ada.memberships.get().remind_at <= timezone.now()


def test_managers_say_when_their_team_is_reminded(world, browse):
    posted = {"reminds": "on", "reminder_steps": ["-3", "0"], "reminder_hour": "7"}
    browse(world.grace).post("/team/north/reminders/", posted)

    world.north.refresh_from_db()
    assert (world.north.reminder_steps, world.north.reminder_hour) == ([-3, 0], 7)


def test_a_step_that_nobody_offers_is_refused(world, browse):
    page = browse(world.grace).post("/team/north/reminders/", {"reminds": "on", "reminder_steps": ["9"]})

    assert set(page.context["form"].errors) == {"reminder_steps", "reminder_hour"}


def test_what_would_go_out_names_who_gets_it_and_why_others_do_not(world, silent):
    make_leave(make_rep(world.north, "Away"), world.month.first_day, world.month.last_day)
    ten_days_before_its_end = timezone.now() + (world.month.last_day - world.acme.today()) - timedelta(days=10)

    planned = forecast(world.north, ten_days_before_its_end)

    reminders = [plan for plan in planned if not plan.is_digest and plan.month == world.month]
    assert [plan.day for plan in reminders] == [step.day for step in steps_of(world.month, Policy())]
    for plan in reminders:
        assert [person.name for person in plan.to] == ["Sid"]
        assert [(person.name, reason.value) for person, reason in plan.skipped] == [
            ("Ada", "submitted"),
            ("Away", "away"),
            ("Ben", "submitted"),
        ]
    assert [plan.day for plan in planned] == sorted(plan.day for plan in planned)


def test_the_reminders_page_asks_as_often_for_many_as_for_few(world, browse, django_assert_max_num_queries):
    grace = browse(world.grace)
    for number in range(3):
        make_delivery(make_rep(world.north, f"Rep {number}"), state="failed", reason="550 unknown")

    with django_assert_max_num_queries(32):
        page = grace.get("/team/north/reminders/")

    assert len(page.context["unsettled"]) == 4


def test_a_private_goal_that_was_reached_is_read_by_nobody_who_looks_at_what_went_out(world, browse):
    now = timezone.now()
    make_goal(world.ada, 73, reached_on=world.acme.today(), celebrated_at=now)
    make_chat(world.south)
    make_goal(world.south, 74, by=world.sue, reached_on=world.acme.today(), celebrated_at=now)
    tell_news(now)

    pages = {team: browse(world.alan).get(f"/team/{team}/reminders/").content.decode() for team in ("north", "south")}

    assert ["Goal reached" in pages["north"], "Score 73" in pages["north"]] == [True, False]
    assert "South reached a goal: Mean score 74" in pages["south"]


def test_send_again_puts_an_uncertain_message_back_and_a_sent_one_not(world, browse):
    grace = browse(world.grace)
    sent = make_delivery(world.ada, state="sent")

    grace.post(f"/deliveries/{world.delivery.pk}/again/")
    grace.post(f"/deliveries/{sent.pk}/again/")

    states = dict(Delivery.objects.filter(endpoint=None).values_list("member__name", "state"))
    assert states == {"Ben": "waiting", "Ada": "sent"}


def test_a_chat_is_shown_masked_and_its_address_is_forgotten_when_it_is_removed(world, browse):
    grace = browse(world.grace)
    grace.post("/team/north/chats/", {"chat-service": "teams", "chat-url": "https://hooks.example.org/a/secret-7777"})

    page = grace.get("/team/north/reminders/").content.decode()
    chat = Webhook.objects.active().get(team=world.north, service="teams")
    grace.post(f"/chats/{chat.pk}/remove/")

    assert "https://hooks.example.org/…7777" in page
    assert "secret-7777" not in page
    assert Webhook.objects.get(pk=chat.pk).url == ""


@pytest.mark.parametrize("url", ["http://hooks.example.org/x", "https://me:pw@example.org/", "file:///etc/passwd", "x"])
def test_an_address_that_one_does_not_post_to_is_refused_with_a_sentence(world, browse, url):
    page = browse(world.grace).post("/team/north/chats/", {"chat-service": "slack", "chat-url": url})

    assert "url" in page.context["chat_form"].errors
    assert list(Webhook.objects.filter(team=world.north).values_list("pk", flat=True)) == [world.chat.pk]


def chat_of(world, chat):
    """Ours, at the address where this machine plays one."""
    Webhook.objects.all().delete()
    return make_chat(world.north, url=chat.url)


def hand_over(chat):
    """As a worker does it."""
    return deliver(Delivery.objects.get(webhook=chat, kind="chat_test").pk, timezone.now())


def reminders_page(browser):
    return " ".join(browser.get("/team/north/reminders/").content.decode().split())


def test_a_chats_test_is_sent_by_a_worker_and_its_outcome_shown_when_it_is_there(world, browse, chat):
    grace, ours = browse(world.grace), chat_of(world, chat)
    chat.status, chat.words = 403, "invalid_token\0\x1b[31m"

    asked = grace.post(f"/chats/{ours.pk}/test/")
    posted, waiting = list(chat.posts), reminders_page(grace)
    state = hand_over(ours)
    over = reminders_page(grace)
    part = grace.get("/team/north/reminders/", headers={"HX-Request": "true"}).content.decode()

    assert (asked.status_code, asked.url) == (302, "/team/north/reminders/#chats")
    assert posted == []
    assert "The test is on its way." in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert state == "failed"
    assert "The test did not arrive: the chat answered “403 invalid_token [31m”" in over
    assert not Delivery.objects.unsettled().filter(webhook=ours).exists()
    assert chat.posts[0][2]["blocks"][0]["text"]["text"] == "Leaderboard is here for North"
    assert ("The test did not arrive" in part, "<html" in part, "hx-trigger" in part) == (True, False, False)


def test_a_chats_test_that_arrived_says_so(world, browse, chat):
    grace, ours = browse(world.grace), chat_of(world, chat)
    grace.post(f"/chats/{ours.pk}/test/")

    assert hand_over(ours) == "sent"
    assert "The chat answered: 200 ok" in reminders_page(grace)


def test_a_chats_test_is_tried_once(world, browse, chat):
    grace, ours = browse(world.grace), chat_of(world, chat)
    chat.status, chat.words = 503, "later"
    grace.post(f"/chats/{ours.pk}/test/")

    assert hand_over(ours) == "failed"
    assert "The test did not arrive: the chat answered “503 later”" in reminders_page(grace)


def test_the_week_is_off_until_a_manager_ticks_it(world, browse):
    grace = browse(world.grace)
    before = grace.get("/me/mail/").context["form"].initial["topics"]

    grace.post("/me/mail/", {"topics": [*before, Topic.WEEKLY], "time_zone": ""})

    assert Topic.WEEKLY not in before
    assert Topic.WEEKLY in grace.get("/me/mail/").context["form"].initial["topics"]


def test_a_manager_has_the_week_posted_to_a_chat_and_stops_it(world, browse):
    grace, posts = browse(world.grace), []

    for answer in ("yes", "no"):
        page = grace.post(f"/chats/{world.chat.pk}/weekly/", {"weekly": answer}, follow=True)
        posts.append((Webhook.objects.get(pk=world.chat.pk).posts_weekly, "Stop the week" in page.content.decode()))

    assert posts == [(True, True), (False, False)]
