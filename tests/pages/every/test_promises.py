"""What docs/asvs.md promises and no other file tests: passwords, links, forged forms, and names that are markup."""

import re

import pytest
from django.test import Client

from teams.models import Member
from tests.makers import PASSWORD, mail_accounts

LONG = " one long sentence with spaces around it, and much longer than sixty-four characters ü "


def reset_link(client, member, mailoutbox):
    """The address of the form that a mailed link leads to."""
    client.post("/accounts/password/reset/", {"email": member.user.email})
    mail_accounts()
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[-1].body)[1]
    return link, client.get(link, follow=True).redirect_chain[-1][0]


def choose(client, form, password):
    return client.post(form, {"password1": password, "password2": password})


def change(client, old, new):
    return client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})


def test_a_sign_in_never_leads_to_another_site(world, browse):
    for somewhere in ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]:
        said = {"login": world.ada.user.email, "password": PASSWORD, "next": somewhere}
        assert browse().post("/accounts/login/", said).url == "/"


def test_a_password_is_long_not_common_and_otherwise_free(world, browse):
    ada = browse(world.ada)

    refused = [change(ada, PASSWORD, new).status_code for new in ["short of it", "password1234", "ada@example.org"]]

    assert refused == [200, 200, 200]
    assert change(ada, PASSWORD, "aaaa bbbb cccc").status_code == 302


def test_a_password_is_taken_as_it_is_typed(world, browse):
    assert change(browse(world.ada), PASSWORD, LONG).status_code == 302

    world.ada.user.refresh_from_db()
    assert [world.ada.user.check_password(typed) for typed in (LONG, LONG.strip(), LONG[:64])] == [True, False, False]


def test_a_new_password_needs_the_old_one(world, browse):
    assert change(browse(world.ada), "not the old one", LONG).status_code == 200

    world.ada.user.refresh_from_db()
    assert world.ada.user.check_password(PASSWORD)


def test_a_password_may_be_pasted_and_kept_by_a_manager_of_passwords(world, client):
    page = client.get("/accounts/login/").content.decode()

    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_a_link_to_a_new_password_works_once_and_not_after_another_change(world, browse, mailoutbox):
    ada = browse()
    link, form = reset_link(ada, world.ada, mailoutbox)
    choose(ada, form, LONG)

    assert "This link was used already" in browse().get(link, follow=True).content.decode()

    other, _ = reset_link(browse(), world.ada, mailoutbox)
    change(browse(world.ada), LONG, PASSWORD)
    assert "This link was used already" in browse().get(other, follow=True).content.decode()


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://evil.example"}])
def test_a_form_from_elsewhere_is_refused(world, static_files, headers):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.ada.user)
    client.get("/me/")
    token = {"csrfmiddlewaretoken": client.cookies["csrf"].value} if headers else {}

    assert client.post("/me/wall/", {"wall_name": "out", **token}, headers=headers).status_code == 403
    assert Member.objects.get(pk=world.ada.pk).wall_name == "name"


def test_nobody_sets_what_the_form_does_not_show(world, browse):
    form = browse(world.ada).get("/me/").context["form"]
    typed = {name: form[name].value() or "" for name in form.fields}
    stolen = {
        "is_admin": "on",
        "organization": world.east.organization_id,
        "user": world.ben.user.pk,
        "role": "manager",
    }

    assert browse(world.ada).post("/me/", typed | stolen | {"name": "Ada L."}).status_code == 302

    ada = Member.objects.get(pk=world.ada.pk)
    assert (ada.name, ada.is_admin, ada.organization_id, ada.user_id) == (
        "Ada L.",
        False,
        world.acme.pk,
        world.ada.user.pk,
    )
    assert ada.memberships.get().role == "rep"


@pytest.mark.parametrize("path", ["/", "/board/north/", "/team/north/", "/challenges/", "/goals/", "/organization/"])
def test_a_name_that_is_markup_stays_text(world, browse, path):
    evil = '"><svg onload=alert(1)>'
    Member.objects.filter(pk=world.ada.pk).update(name=evil)
    for thing in (world.north, world.acme):
        type(thing).objects.filter(pk=thing.pk).update(name=evil)

    page = browse(world.grace).get(path, follow=True).content.decode()

    assert "<svg onload" not in page


@pytest.mark.parametrize("path", ["/.git/config", "/.env", "/var/env", "/static/../.env", "/api/docs", "/admin/"])
def test_what_is_not_of_the_site_is_not_served(world, browse, path):
    assert browse(world.alan).get(path).status_code == 404


def test_looking_at_pages_changes_nothing_that_a_form_changes(world, browse):
    for path in ["/accounts/logout/", f"/readings/{world.submission.pk}/withdraw/"]:
        assert browse(world.ada).get(path).status_code == 200

    assert [browse(world.grace).get(path).status_code for path in [f"/reps/{world.ada.pk}/deactivate/"]] == [405]


@pytest.mark.parametrize("host", ["board.example.com", "rebound.example.net:8000", "192.168.1.7"])
def test_a_name_that_is_not_the_sites_is_refused_with_a_sentence(world, browse, settings, host):
    settings.ALLOWED_HOSTS = settings.LOOPBACK_HOSTS

    refused, known = (browse(world.ada).get("/", headers={"Host": name}) for name in (host, "127.0.0.1:8000"))

    assert (refused.status_code, known.status_code) == (400, 200)
    assert "asks for a name that this site does not go by" in refused.content.decode()
    assert "Ada" not in refused.content.decode()
