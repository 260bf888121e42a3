"""Signing in with an account elsewhere, against a real provider that this process starts."""

import threading
import time
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount

from teams.accounts import single_sign_on
from teams.models import User
from teams.network import deadline
from tests.dripping import dripping
from tests.oidc_server import CLIENT, SECRET, oidc_server
from tests.pages.reading import markup
from tests.ports import free_port

BEGIN = "/accounts/oidc/company/login/"


@pytest.fixture
def provider(settings):
    """One that the site is told of as operators do."""
    with oidc_server() as server:
        app = {"provider_id": "company", "name": "Acme", "client_id": CLIENT, "secret": SECRET}
        app["settings"] = {"server_url": server.url}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        yield server


def there_and_back(client, begin=BEGIN):
    """What follows when somebody goes to the provider and it sends them back."""
    there = client.get(begin)
    back = urlsplit(httpx.get(there.url).headers["Location"])
    return client.get(f"{back.path}?{back.query}")


def is_in(client):
    return client.get("/me/").status_code == 200


def test_the_sign_in_page_has_a_button_for_each_provider(world, client, provider):
    page = markup(client.get("/accounts/login/?next=/goals/"))

    assert 'href="/accounts/oidc/company/login/?process=login&amp;next=%2Fgoals%2F">Sign in with Acme</a>' in page


def test_a_member_signs_in_by_the_address_that_the_provider_has_checked(world, client, provider):
    assert there_and_back(client, f"{BEGIN}?next=/goals/").url == "/goals/"

    assert is_in(client)
    assert client.session["_auth_user_id"] == str(world.ada.user.pk)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "person",
    [
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"email": "nobody@example.org"},
        {"email": ""},
    ],
)
def test_nobody_else_gets_in_and_nobody_is_added(world, client, provider, person):
    provider.person |= person
    before = User.objects.count()

    page = there_and_back(client)

    assert "You join by being added" in page.content.decode()
    assert (is_in(client), User.objects.count(), EmailAddress.objects.count()) == (False, before, 0)


@pytest.mark.parametrize(("domains", "inside"), [(["example.org"], True), (["example.com"], False)])
def test_a_provider_that_says_nothing_is_believed_about_the_companys_own_domains(
    world, client, provider, settings, domains, inside
):
    del provider.person["email_verified"]
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["verified_email"] = domains

    there_and_back(client)

    assert is_in(client) is inside


@pytest.mark.parametrize(
    "said", [{"aud": "another"}, {"iss": "http://another.example"}, {"exp": int(time.time()) - 3600}]
)
def test_a_token_for_somebody_else_or_from_before_signs_nobody_in(world, client, provider, said):
    provider.says = said

    page = there_and_back(client)

    assert (page.status_code, "That did not work" in page.content.decode()) == (401, True)
    assert not is_in(client)


def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(world, browse, provider):
    asking, other = browse(), browse()
    back = urlsplit(httpx.get(asking.get(BEGIN).url).headers["Location"])

    other.get(f"{back.path}?{back.query}")

    assert not is_in(other)


def test_the_second_factor_is_asked_for_all_the_same(world, client, provider):
    TOTP.activate(world.ada.user, "JBSWY3DPEHPK3PXP")

    assert there_and_back(client).url == "/accounts/second-factor/authenticate/"
    assert not is_in(client)


def test_whoever_is_deactivated_stays_out(world, client, provider):
    User.objects.filter(pk=world.ada.user.pk).update(is_active=False)

    there_and_back(client)

    assert not is_in(client)


def test_accounts_are_not_tied_together(world, browse, provider):
    ben = browse(world.ben)

    assert there_and_back(ben, f"{BEGIN}?process=connect").url == "/"
    assert not SocialAccount.objects.exists()


def test_without_settings_there_is_no_provider(world, client):
    assert "Sign in with A" not in client.get("/accounts/login/").content.decode()
    assert client.get(BEGIN).status_code == 404


@pytest.fixture
def silent(provider, settings, monkeypatch):
    """A provider that drips."""
    monkeypatch.setattr(deadline, "SECONDS", 0.6)
    with dripping(begins=b"HTTP/1.1 200 OK\r\nX-Slow: ", hears=b"\r\n\r\n") as server:
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["server_url"] = f"http://127.0.0.1:{server.port}"
        yield server


def test_a_provider_that_drips_is_hung_up_and_a_page_says_that_it_did_not_work(world, client, silent):
    began = time.monotonic()
    page = client.get(BEGIN)
    took = time.monotonic() - began

    assert "did not work" in page.content.decode()
    assert took < 2
    assert silent.ended.wait(2)


def test_a_provider_that_is_not_there_is_said_to_be(world, client, provider, settings):
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"]["server_url"] = f"http://127.0.0.1:{free_port()}"

    assert "did not work" in client.get(BEGIN).content.decode()


def test_only_some_threads_wait_for_a_provider_that_drips(silent):
    refused = []

    def ask():
        try:
            single_sign_on.Session().get(f"http://127.0.0.1:{silent.port}/")
        except single_sign_on.ProviderIsAway as away:
            refused.append(str(away))

    threads = [threading.Thread(target=ask) for _ in range(single_sign_on.AT_ONCE + 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused[:3] == ["others wait for a provider already"] * 3
    assert len(refused) == single_sign_on.AT_ONCE + 3
