"""The last hour of a month in one minute: everybody submits at once, while the walls ask for news."""

import time
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django.utils.crypto import get_random_string

from bench.load import load, post
from teams.accounts.sessions import BEGAN, SEEN, SessionStore
from teams.actions.checks import differing_boards, differing_counts
from teams.models import Board, Standing, Submission
from tests.deploy.http import until
from tests.faults.screens import watching
from tests.makers import make_display, make_manager, make_organization, make_rep, make_team

REPS = 25
"""In each team."""
CSRF = "b" * 32
PATIENCE = 900
"""Seconds within which all is answered, on a machine that cannot take it as fast as it comes."""


def company(people, screens):
    """So many reps in teams of 25, and the tokens of as many screens on their walls."""
    acme = make_organization()
    teams = [make_team(f"Team {number}", acme, slug=f"team-{number}") for number in range(people // REPS)]
    reps = [make_rep(team, f"{team} {number}") for number in range(REPS) for team in teams]
    grace, tokens = make_manager(teams[0]), [f"screen-{number}".ljust(43, "x") for number in range(screens)]
    for number, token in enumerate(tokens):
        make_display(teams[number % len(teams)], grace, token=token)
    return reps, tokens


def signed_in(members):
    """The cookie of a new session for each, by the member's id, without asking for any password."""
    store, now = SessionStore(), int(time.time())
    sessions = {
        member.pk: Session(
            session_key=get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"),
            session_data=store.encode(
                {
                    SESSION_KEY: str(member.user_id),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: member.user.get_session_auth_hash(),
                    BEGAN: now,
                    SEEN: now,
                }
            ),
            expire_date=timezone.now() + timezone.timedelta(days=1),
        )
        for member in members
    }
    Session.objects.bulk_create(sessions.values())
    return {member: f"session={session.session_key}; csrf={CSRF}" for member, session in sessions.items()}


def form(member, total, cookie):
    """A score that somebody submits, as a browser sends it."""
    fields = f"csrfmiddlewaretoken={CSRF}&taken_on={member.organization.today()}&total={total}&month=&note="
    return post("/submit/", fields, cookie=cookie)


@pytest.mark.soak
@pytest.mark.parametrize(("submissions", "people", "screens", "seconds"), [(100, 50, 20, 2), (5_000, 500, 200, 60)])
def test_a_months_last_minute_loses_nothing_and_leaves_every_board_right(stack, submissions, people, screens, seconds):
    reps, tokens = company(people, screens)
    cookies = signed_in(reps)
    typed = [
        (rep, 20 + number // 10 + turn) for turn in range(submissions // people) for number, rep in enumerate(reps)
    ]
    forms = [form(rep, total, cookies[rep.pk]) for rep, total in typed]
    port, at_once = urlsplit(stack.url).port, people // 8
    connection.close()

    with watching(port, tokens) as looks:
        assert until(lambda: len(looks) >= screens, PATIENCE)
        every = seconds / submissions
        done = load(port, forms, seconds=PATIENCE, every=every, connections=at_once, status=302, once=True)
        assert until(lambda: not Board.objects.stale().exists(), PATIENCE), stack.said()
        assert until(lambda: {look.status for look in looks[-screens:]} == {204}, PATIENCE)

    slowest = sorted(look.took for look in looks)[len(looks) * 95 // 100]
    took = done.answers / done.rate
    print(f"{submissions:,} submissions meant for {seconds} s were taken in {took:.0f} s, {at_once} at once")
    print(
        f"p50 {done.latency:.0f} ms, p95 {done.p95:.0f} ms; {len(looks):,} looks of walls, p95 {1000 * slowest:.0f} ms"
    )
    assert {look.status for look in looks} == {200, 204}
    assert sorted(Submission.objects.values_list("member", "total")) == sorted((rep.pk, total) for rep, total in typed)
    assert dict(Standing.objects.values_list("member", "total")) == {rep.pk: total for rep, total in typed}
    assert (list(differing_boards()), differing_counts()) == ([], [])
