"""Second factors: an app's codes, recovery codes, who is led to set one up, and the list of sessions."""

import re

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.urls import get_resolver
from django.urls.converters import IntConverter

from teams.models import AuditEntry
from tests.codes import SECRET, code
from tests.makers import PASSWORD, mail_accounts

CONFIRM = "/accounts/reauthenticate/"


def sign_in(client, member):
    return client.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})


def confirmed(browser):
    """The browser of somebody who has just typed their password once more."""
    assert browser.post(CONFIRM, {"password": PASSWORD}).status_code == 302
    return browser


@pytest.fixture
def careful(world):
    """Ada, with an app."""
    TOTP.activate(world.ada.user, SECRET)
    return world.ada


def test_setting_up_an_app_asks_for_the_password_first_and_gives_recovery_codes(world, browse):
    ada = browse(world.ada)
    assert ada.get("/accounts/second-factor/totp/activate/").url.startswith(CONFIRM)

    page = confirmed(ada).get("/accounts/second-factor/totp/activate/")
    secret = re.search(r'<code class="secret">(\w+)</code>', page.content.decode())[1]
    done = ada.post("/accounts/second-factor/totp/activate/", {"code": code(secret)}, follow=True)

    assert done.redirect_chain[-1][0] == "/accounts/second-factor/recovery-codes/"
    assert len(re.findall(r"<li>\d{8}</li>", done.content.decode())) == 10


def test_a_second_factor_that_comes_and_goes_is_noted(world, browse, django_capture_on_commit_callbacks):
    ada, url = confirmed(browse(world.ada)), "/accounts/second-factor/totp/"
    secret = re.search(r'<code class="secret">(\w+)</code>', ada.get(f"{url}activate/").content.decode())[1]
    with django_capture_on_commit_callbacks(execute=True):
        ada.post(f"{url}activate/", {"code": code(secret)})
        ada.post(f"{url}deactivate/")

    acts = AuditEntry.objects.filter(actor=world.ada, act__contains="factor")
    assert sorted(entry.sentence for entry in acts) == [
        "Ada added a way of two-step sign-in.",
        "Ada removed a way of two-step sign-in.",
    ]


def test_the_password_alone_signs_nobody_in_who_has_an_app(careful, client):
    assert sign_in(client, careful).url == "/accounts/second-factor/authenticate/"
    assert client.get("/").url.startswith("/accounts/login/")

    wrong = client.post("/accounts/second-factor/authenticate/", {"code": "000000"})
    assert "This code is wrong or too old." in wrong.content.decode()

    assert client.post("/accounts/second-factor/authenticate/", {"code": code()}).url == "/"
    assert client.get("/").status_code == 200


def test_each_code_signs_in_once(careful, browse):
    first, second = browse(), browse()
    sign_in(first, careful)
    sign_in(second, careful)
    shown = code()

    assert first.post("/accounts/second-factor/authenticate/", {"code": shown}).status_code == 302
    assert second.post("/accounts/second-factor/authenticate/", {"code": shown}).status_code == 200


def test_each_recovery_code_signs_in_once(careful, browse):
    RecoveryCodes.activate(careful.user)
    spare = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]
    first, second = browse(), browse()
    sign_in(first, careful)
    sign_in(second, careful)

    assert first.post("/accounts/second-factor/authenticate/", {"code": spare}).url == "/"
    assert second.post("/accounts/second-factor/authenticate/", {"code": spare}).status_code == 200


def test_a_link_to_a_new_password_does_not_go_round_the_second_factor(careful, client, mailoutbox):
    client.post("/accounts/password/reset/", {"email": careful.user.email})
    mail_accounts()
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
    form = client.get(link, follow=True).redirect_chain[-1][0]

    client.post(form, {"password1": "quite another sentence", "password2": "quite another sentence"})

    assert client.get("/").url.startswith("/accounts/login/")
    again = client.post("/accounts/login/", {"login": careful.user.email, "password": "quite another sentence"})
    assert again.url == "/accounts/second-factor/authenticate/"


def test_managers_and_admins_are_led_to_a_second_factor_where_the_organization_asks(world, browse):
    alan, grace, ada = browse(world.alan), browse(world.grace), browse(world.ada)
    fields = {"name": "Acme", "time_zone": "UTC", "rank_visibility": "all", "shows_organization_board": "on"}
    form = alan.get("/organization/settings/").context["form"]
    posted = {name: form[name].value() for name in form.fields if form[name].value() is not None} | fields
    alan.post("/organization/settings/", posted | {"managers_need_second_factor": "on"})

    assert [browser.get("/team/north/").url for browser in (alan, grace)] == ["/accounts/second-factor/"] * 2
    assert grace.post("/team/north/members/", {"name": "Zed"}).url == "/accounts/second-factor/"
    assert ada.get("/").status_code == 200
    page = grace.get("/accounts/second-factor/").content.decode()
    assert "Acme asks managers and admins for two-step sign-in." in page
    asked = grace.get("/team/north/", headers={"HX-Request": "true"})
    assert asked.headers["HX-Redirect"] == "/accounts/second-factor/"

    TOTP.activate(world.grace.user, SECRET)

    assert grace.get("/team/north/").status_code == 200


def every_address():
    """Each address of the whole site by its name, with something in the place of what it names."""
    values = {"month": "2020-01", "pk": "1", "uidb36": "1", "provider_id": "acme"}
    for name, found in get_resolver().reverse_dict.lists():
        if isinstance(name, str):
            [(template, arguments)], _, _, converters = found[0]
            numbers = {each for each in arguments if isinstance(converters.get(each), IntConverter)}
            yield name, "/" + template % {each: values.get(each, "1" if each in numbers else "x") for each in arguments}


@pytest.mark.parametrize("method", ["get", pytest.param("post", marks=pytest.mark.soak)])
def test_a_second_factor_that_is_demanded_is_demanded_at_every_address_but_those_that_are_named(world, browse, method):
    world.acme.managers_need_second_factor = True
    world.acme.save()

    opened = set()
    for name, url in every_address():
        answer = getattr(browse(world.grace), method)(url)
        if answer.headers.get("Location") != "/accounts/second-factor/":
            opened.add(name)

    assert opened == {
        *("mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn"),
        *("account_reauthenticate", "account_logout", "account_reset_password", "account_reset_password_done"),
        *("account_reset_password_from_key", "account_reset_password_from_key_done"),
        *("accept_invitation", "confirm_address", "display", "news", "submit_link", "unsubscribe"),
        *("shared_board", "embedded_board", "slack_command"),
        *(
            "display_check",
            "display_worker",
            "healthz",
            "help",
            "kept",
            "manifest",
            "metrics",
            "offline",
            "readyz",
            "service_worker",
            "theme",
        ),
    }


def test_whoever_is_asked_for_a_second_factor_can_set_one_up_and_is_then_let_in(world, browse):
    world.acme.managers_need_second_factor = True
    world.acme.save()
    grace = confirmed(browse(world.grace))
    assert grace.get("/").url == "/accounts/second-factor/"

    page = grace.get("/accounts/second-factor/totp/activate/").content.decode()
    secret = re.search(r'<code class="secret">(\w+)</code>', page)[1]
    done = grace.post("/accounts/second-factor/totp/activate/", {"code": code(secret)}, follow=True)

    assert done.redirect_chain[-1][0] == "/accounts/second-factor/recovery-codes/"
    assert grace.get("/").status_code == 200


def test_whoever_is_asked_for_a_second_factor_can_leave(world, browse):
    world.acme.managers_need_second_factor = True
    world.acme.save()
    grace = browse(world.grace)

    grace.post("/accounts/logout/")

    assert grace.get("/").url.startswith("/accounts/login/")


def test_whoever_lost_their_phone_is_helped_by_a_manager_who_types_their_own_password(careful, browse, world):
    grace, ada = browse(world.grace), browse(careful)
    page = grace.get(f"/memberships/{careful.memberships.get().pk}/").content.decode()
    forget = f"/reps/{careful.pk}/second-factor/forget/"
    assert f'action="{forget}"' in page

    asked = grace.post(forget)
    assert (asked.url, Authenticator.objects.count()) == (f"{CONFIRM}?next={forget.replace('/', '%2F')}", 1)
    done = grace.post(asked.url, {"password": PASSWORD, "next": forget})

    assert (done.url, Authenticator.objects.count()) == (f"/reps/{careful.pk}/", 0)
    assert ada.get("/").url.startswith("/accounts/login/")
    assert sign_in(browse(), careful).url == "/"


def test_nobody_removes_their_own_second_factor_that_way(world, browse):
    TOTP.activate(world.grace.user, SECRET)

    assert confirmed(browse(world.grace)).post(f"/reps/{world.grace.pk}/second-factor/forget/").status_code == 404


def test_making_an_admin_asks_for_the_password_and_goes_on_where_it_was(world, browse):
    alan, raise_ada = browse(world.alan), f"/reps/{world.ada.pk}/admin/"

    asked = alan.post(raise_ada, {"admin": "yes"})
    world.ada.refresh_from_db()
    assert (asked.url.split("?")[0], world.ada.is_admin) == (CONFIRM, False)
    alan.post(asked.url, {"password": PASSWORD, "next": raise_ada})

    world.ada.refresh_from_db()
    assert world.ada.is_admin


def test_one_sees_ones_sessions_and_ends_all_others(world, browse):
    here, there = browse(), browse()
    sign_in(here, world.ada)
    sign_in(there, world.ada)

    page = here.get("/accounts/sessions/").content.decode()
    assert (page.count("Since "), page.count("this one")) == (2, 1)
    here.post("/accounts/sessions/")

    assert here.get("/").status_code == 200
    assert there.get("/").url.startswith("/accounts/login/")


def test_the_app_is_told_whose_codes_these_are(world, rf):
    assert get_adapter().build_totp_url(world.ada.user, SECRET) == (
        f"otpauth://totp/ada%40example.org?secret={SECRET}&issuer=Leaderboard"
    )


@pytest.fixture(autouse=True)
def _nobody_was_counted(db):
    cache.clear()
