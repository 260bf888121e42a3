"""What somebody does with their own login, and where its mails lead."""

import pytest
from django.utils import timezone

from teams.actions.messages.account_mails import deliver_account_mail, due_account_mails, password_link
from tests.makers import mail_accounts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("host", ["127.0.0.1:9999", "localhost", "[::1]:80"])
def test_a_link_by_mail_leads_to_the_site_whatever_a_request_was_sent_to(world, browse, settings, mailoutbox, host):
    settings.SITE_URL = "http://127.0.0.1:8123"

    browse().post("/accounts/password/reset/", {"email": "ada@example.org"}, headers={"Host": host})
    mail_accounts()

    assert "http://127.0.0.1:8123/accounts/password/reset/key/" in mailoutbox[0].body
    assert host not in mailoutbox[0].body


def test_the_link_that_a_manager_hands_on_leads_to_the_site_too(world, settings):
    settings.SITE_URL = "http://127.0.0.1:8123"

    assert password_link(world.ada.user).startswith("http://127.0.0.1:8123/accounts/password/reset/key/")


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_mail_of_sign_in_has_no_address_in_its_subject(world, client, mailoutbox, language):
    world.ada.user.language = language
    world.ada.user.save(update_fields=["language"])

    client.post("/accounts/password/reset/", {"email": world.ada.user.email})
    for mail in due_account_mails(timezone.now()):
        deliver_account_mail(mail, timezone.now())

    subjects = {"en": "Your link to a new password", "de": "Dein Link zu einem neuen Passwort"}
    assert [mail.subject for mail in mailoutbox] == [subjects[language]]
