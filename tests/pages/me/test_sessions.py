"""How a session begins and ends."""

import time

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from teams.accounts.sessions import BEGAN, SEEN
from teams.actions.messages.links import make_submission_link, make_unsubscribe_link
from teams.actions.people.logins import forget_sessions
from teams.actions.people.memberships import deactivate
from teams.models import Topic
from tests.makers import PASSWORD, make_display, make_manager, this_month


def sign_in(client, member):
    return client.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})


def grown_older(client, **seconds):
    """The browser after its session's notes were put back by so much."""
    session = client.session
    for note, by in seconds.items():
        session[note] -= by
    session.save()
    return client


def opens(client):
    return client.get("/me/").status_code == 200


def test_a_session_ends_some_time_after_its_sign_in_however_much_it_is_used(world, browse):
    ada = browse(world.ada)

    assert opens(grown_older(ada, **{BEGAN: settings.SESSION_LIVES - 60}))
    assert not opens(grown_older(ada, **{BEGAN: 60}))
    assert not Session.objects.exists()


def test_a_session_ends_when_it_is_not_used_for_a_while(world, browse):
    ada = browse(world.ada)
    ends = Session.objects.get().expire_date

    assert (ends - timezone.now()).total_seconds() == pytest.approx(settings.SESSION_COOKIE_AGE, abs=60)

    Session.objects.update(expire_date=timezone.now())
    assert not opens(ada)


def test_use_begins_the_idle_time_anew(world, browse):
    ada = browse(world.ada)
    key = ada.session.session_key
    grown_older(ada, **{SEEN: 3600})
    Session.objects.update(expire_date=timezone.now() + timezone.timedelta(hours=1))

    answer = ada.get("/me/")

    assert answer.cookies["session"]["max-age"] == settings.SESSION_COOKIE_AGE
    assert ada.session[SEEN] == pytest.approx(time.time(), abs=60)
    assert ada.session.session_key == key
    assert "session" not in ada.get("/me/").cookies


@pytest.mark.parametrize("signed_in_before", [False, True])
def test_every_sign_in_gives_a_new_session_id(world, browse, signed_in_before):
    ada = browse(world.ada if signed_in_before else None)
    ada.get("/accounts/login/")
    before = ada.session.session_key
    if signed_in_before:
        ada.get("/accounts/reauthenticate/")

    if signed_in_before:
        ada.post("/accounts/logout/")
    sign_in(ada, world.ada)

    assert ada.session.session_key not in (None, before)
    assert not Session.objects.filter(session_key=before).exists()


def test_signing_out_kills_the_session_on_the_server(world, browse):
    ada, thief = browse(world.ada), browse()
    thief.cookies["session"] = ada.cookies["session"].value
    assert opens(thief)

    ada.post("/accounts/logout/")

    assert not opens(thief)


def test_whoever_is_deactivated_is_out_at_the_next_click_and_stays_out(world, browse):
    ben = browse(world.ben)
    sign_in(ben, world.ben)
    assert opens(ben)

    deactivate(world.ben, world.grace, this_month(world.acme).last_day)

    assert not opens(ben)
    assert sign_in(browse(), world.ben).url == "/accounts/inactive/"


def test_with_somebody_go_the_screens_and_the_links_that_they_hold(world, browse):
    sue = make_manager(world.north, "Susan")
    make_display(world.north, sue, "At home", token="h" * 43)
    screen = browse()
    screen.cookies["display"] = "h" * 43
    links = [
        f"/submit/link/{make_submission_link(world.ben, world.month)}/",
        f"/unsubscribe/{make_unsubscribe_link(world.ben, Topic.RESULTS)}/",
    ]
    assert [browse().get(link).status_code for link in links] == [200, 200]
    assert "North" in screen.get("/display/").content.decode()

    deactivate(sue, world.alan, this_month(world.acme).last_day)
    deactivate(world.ben, world.alan, this_month(world.acme).last_day)

    assert "North" not in screen.get("/display/").content.decode()
    assert [browse().get(link).status_code for link in links] == [404, 404]


def test_what_a_signed_in_person_sees_is_stored_nowhere(world, browse):
    ada = browse(world.ada)

    kept = {path: ada.get(path).headers["Cache-Control"] for path in ["/", "/me/", "/board/north/", "/goals/"]}

    assert {path for path, said in kept.items() if "no-store" not in said} == set()
    assert '"historyCacheSize":0' in ada.get("/").content.decode()


def test_a_changed_password_ends_the_other_sessions(world, browse):
    here, there = browse(), browse()
    sign_in(here, world.ada)
    sign_in(there, world.ada)
    new = "another long sentence"

    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert (opens(here), opens(there)) == (True, False)


def test_what_a_session_leaves_behind_is_forgotten_when_it_has_ended(world, browse):
    here, there = browse(), browse()
    sign_in(here, world.ada)
    sign_in(there, world.ben)
    Session.objects.filter(session_key=there.session.session_key).update(expire_date=timezone.now())

    forget_sessions(timezone.now() + timezone.timedelta(seconds=1))

    assert list(Session.objects.values_list("session_key", flat=True)) == [here.session.session_key]
    assert [session.user for session in UserSession.objects.all()] == [world.ada.user]
