"""The secrets in addresses, each through the real server: what they open, and that nothing writes them down."""

import re
from base64 import urlsafe_b64decode
from pathlib import Path

import httpx
import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import connection
from django.utils import timezone

from teams.actions.calendar_feeds import make_calendar_address
from teams.actions.messages.links import make_submission_link, make_unsubscribe_link
from teams.actions.people.invitations import invite, make_invitation_link, withdraw
from teams.actions.people.memberships import deactivate
from teams.models import Invitation, Member, Topic
from teams.models.tokens import hashed, new_token
from tests.conftest import VAR
from tests.makers import make_manager, make_member, make_rep, make_team, this_month

LOGS = ["web.log", "worker.log", "beat.log"]


@pytest.fixture
def addresses(live):
    """Each kind of address with a secret: one that works, and the secret in it."""
    north = make_team("North")
    grace, ada = make_manager(north), make_rep(north, "Ada", total=60)
    invitation = invite(make_member(north.organization, "Jane", login=False), "jane@example.org", grace, timezone.now())
    reset = default_token_generator.make_token(ada.user)
    secrets = {
        "/submit/link/{}/": make_submission_link(ada, this_month(north.organization)),
        "/unsubscribe/{}/": make_unsubscribe_link(ada, Topic.REMINDERS),
        "/invitation/{}/": make_invitation_link(invitation),
        "/calendar/{}.ics": make_calendar_address(ada, timezone.now()).token,
        f"/accounts/password/reset/key/{user_pk_to_url_str(ada.user)}-{{}}/": reset,
    }
    return {kind.format(secret): secret for kind, secret in secrets.items()}


def logged_since(began):
    """What the site's processes have logged since each log was so long."""
    return "".join(path.read_bytes()[began.get(path, 0) :].decode() for path in log_files())


def log_files():
    return [path for path in (VAR / "log" / name for name in LOGS) if path.exists()]


def spoilt(address, secret):
    """An address that differs from a real one in its last letter, as a mail program cuts it."""
    return address.replace(secret, secret[:-1])


def test_each_opens_once_it_is_whole_and_nothing_writes_it_down(addresses, live):
    began = {path: path.stat().st_size for path in log_files()}

    with httpx.Client(base_url=live) as client:
        whole = {address: client.get(address) for address in addresses}
        client.cookies.clear()
        cut = {address: client.get(spoilt(address, secret)) for address, secret in addresses.items()}
        for address, secret in addresses.items():
            client.post(spoilt(address, secret))

    assert {answer.status_code for answer in whole.values()} <= {200, 302}
    assert [answer.status_code for answer in cut.values()] == [404, 404, 404, 404, 200]
    logged = logged_since(began)
    assert [secret for secret in addresses.values() if secret[:-1] in logged] == []
    assert "Not Found: unsubscribe" in logged
    assert {answer.headers["Referrer-Policy"] for answer in [*whole.values(), *cut.values()]} == {"same-origin"}


def stored():
    """All that stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        rows = ""
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += "\n".join(row for (row,) in cursor.fetchall())
    return rows


def test_a_database_that_is_stolen_opens_nothing(addresses):
    rows, secrets = stored(), list(addresses.values())

    assert "jane@example.org" in rows
    assert [secret for secret in secrets if secret in rows] == []
    assert [hashed(secret) in rows for secret in secrets] == [True, True, True, True, False]  # Django signs the reset's


def test_those_that_are_kept_are_random_and_long(addresses):
    made = [*addresses.values()][:4] + [new_token() for _ in range(100)]

    assert {len(urlsafe_b64decode(f"{token}=")) * 8 for token in made} == {256}
    assert len(set(made)) == 104
    sources = {path.as_posix(): path.read_text() for path in Path("teams").rglob("*.py")}
    calls = {path: found for path, source in sources.items() if (found := re.findall(r"token_urlsafe\(.*\)", source))}
    assert calls == {"teams/models/tokens.py": ["token_urlsafe(32)"]}


def test_each_is_for_one_purpose_only(addresses, live):
    """A secret of one kind opens nothing where another kind is asked for."""
    kinds = [(address.replace(secret, "{}"), secret) for address, secret in addresses.items()]
    elsewhere = [(kind, secret) for kind, own in kinds for _, secret in kinds if secret != own]

    with httpx.Client(base_url=live) as client:
        answers = {(kind, secret): client.get(kind.format(secret), follow_redirects=True) for kind, secret in elsewhere}

    opened = {
        asked
        for asked, answer in answers.items()
        if answer.status_code != 404 and "This link was used already" not in answer.text
    }
    assert opened == set()


def test_what_is_revoked_is_dead_at_once(addresses, live):
    ada, grace = (Member.objects.get(name=name) for name in ("Ada", "Grace"))

    withdraw(Invitation.objects.get())
    deactivate(ada, grace, ada.organization.today())

    answers = [httpx.get(live + address) for address in addresses]
    assert [answer.status_code for answer in answers] == [404, 404, 404, 404, 200]
    assert "This link was used already" in answers[4].text


def test_a_screens_secret_stands_in_its_cookie_and_in_no_log(addresses, live):
    began, token = {path: path.stat().st_size for path in log_files()}, new_token()

    shown = httpx.get(f"{live}/display/", cookies={"display": token})

    assert (shown.status_code, token in shown.text, token in logged_since(began)) == (200, False, False)
