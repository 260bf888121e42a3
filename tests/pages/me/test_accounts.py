"""What somebody does with their own login, and where its mails lead."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.utils import timezone

from teams.actions.messages.account_mails import deliver_account_mail, due_account_mails, password_link
from teams.models import Member
from tests.codes import code
from tests.makers import PASSWORD, mail_accounts

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


def test_whoever_changes_a_login_is_told_by_mail_what_happened_when_in_their_own_zone_and_from_where(
    world, browse, mailoutbox
):
    Member.objects.filter(pk=world.ada.pk).update(time_zone="Asia/Tokyo")
    began = timezone.now().replace(second=0, microsecond=0)
    ada, new = browse(world.ada), "a much longer pass phrase"

    ada.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": new, "password2": new},
        headers={"User-Agent": "Firefox"},
    )
    mail_accounts()

    [mail] = mailoutbox
    moments = [began.astimezone(ZoneInfo("Asia/Tokyo")) + timedelta(minutes=minutes) for minutes in range(3)]
    assert (mail.subject, mail.to) == ("Your password was changed", ["ada@example.org"])
    assert any(f"When: {moment.day} {moment:%B %Y, %H:%M}\nFrom: 127.0.0.1, Firefox" in mail.body for moment in moments)


def test_of_each_thing_that_changes_how_one_signs_in_goes_a_mail(
    world, browse, mailoutbox, django_capture_on_commit_callbacks
):
    ada = browse(world.ada)
    ada.post("/accounts/reauthenticate/", {"password": PASSWORD})
    ada.get("/accounts/second-factor/totp/activate/")
    secret = ada.session[SECRET_SESSION_KEY]

    for step in ("totp/activate", "recovery-codes/generate", "totp/deactivate"):
        with django_capture_on_commit_callbacks(execute=True):
            ada.post(f"/accounts/second-factor/{step}/", {"code": code(secret)})
    mail_accounts()
    browse().post("/accounts/password/reset/", {"email": "ada@example.org"})
    mail_accounts()
    key = browse().get(re.search(r"http://[^/]+(/\S+)", mailoutbox[-1].body)[1], follow=True)
    key.client.post(key.request["PATH_INFO"], {"password1": "a much longer one", "password2": "a much longer one"})
    mail_accounts()

    assert [mail.subject for mail in mailoutbox] == [
        "Two-step sign-in: an app was set up",
        "You have new recovery codes",
        "Two-step sign-in: the app was removed",
        "Your link to a new password",
        "Your password was replaced",
    ]
