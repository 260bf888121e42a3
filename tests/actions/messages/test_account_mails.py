"""Mails about logins leave by a worker, never inside a request, and hold no secret while they wait."""

from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.messages.account_mails import deliver_account_mail, due_account_mails, forget_account_mails
from teams.models import AccountMail, User
from tests.makers import mail_accounts, make_organization, make_rep, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_rep(make_team("North", make_organization()), "Ada")


def ask(browse, email="ada@example.org"):
    browse().post("/accounts/password/reset/", {"email": email})


def test_a_link_to_a_new_password_is_not_sent_inside_the_request_and_not_stored(ada, browse, mailbox):
    ask(browse)
    mail = AccountMail.objects.get()
    before = list(mailbox.mails)

    state = deliver_account_mail(mail.pk, timezone.now())

    assert (before, mail.facts, state) == ([], {}, "sent")
    [arrived] = mailbox.to("ada@example.org")
    assert arrived["Subject"] == "Your link to a new password"
    link = arrived.get_body(["plain"]).get_content().split("/accounts/password/reset/key/")[1].split()[0]
    assert browse().get(f"/accounts/password/reset/key/{link}", follow=True).context["form"] is not None
    assert AccountMail.objects.count() == 0


def test_a_mail_server_that_hangs_keeps_nobody_at_the_page_waiting(ada, browse, mailbox):
    mailbox.answers["DATA"] = "hang"
    began = timezone.now()

    ask(browse)

    assert timezone.now() - began < timedelta(seconds=5)
    assert mailbox.mails == []


def test_a_refusal_for_now_is_tried_again_and_one_for_good_is_not(ada, browse, mailbox, caplog):
    ask(browse)
    ask(browse, "nobody@example.org")
    mailbox.answers["RCPT"] = "450 busy"
    mail_accounts()
    later = timezone.now() + timedelta(minutes=6)
    waiting = due_account_mails(later)
    mailbox.answers["RCPT"] = "550 no such user"

    states = [deliver_account_mail(mail, later) for mail in waiting]

    assert (states, AccountMail.objects.count()) == (["failed", "failed"], 0)
    assert "password_reset_key, mail_server_said" in caplog.text
    assert "example.org" not in caplog.text


def test_it_is_in_the_language_of_whoever_has_the_address(ada, browse, mailbox):
    User.objects.filter(pk=ada.user_id).update(language="de")
    ask(browse)

    mail_accounts()

    assert [mail["Subject"] for mail in mailbox.mails] == ["Dein Link zu einem neuen Passwort"]


def test_what_a_worker_died_over_is_forgotten_after_a_day(ada, browse):
    ask(browse)
    AccountMail.objects.update(due_at=None, started_at=timezone.now())

    forget_account_mails(timezone.now() + timedelta(hours=23))
    kept = AccountMail.objects.count()
    forget_account_mails(timezone.now() + timedelta(hours=25))

    assert (kept, AccountMail.objects.count()) == (1, 0)
