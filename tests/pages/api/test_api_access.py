"""Every operation of the API, asked by everybody's token, without one, and with a session in its place."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions.api_tokens import make_token
from teams.api.urls import api
from teams.rules.api import Scope
from tests.pages.every.test_access import ADA_AND_MANAGERS, ALL, MANAGERS, TEAM
from tests.roles import FILE, written_of_tokens

OPERATIONS = {
    "GET /me": ("read", ALL),
    "GET /organization": ("read", ALL),
    "GET /teams": ("read", ALL),
    "GET /members": ("read", ALL),
    "POST /members": ("people", MANAGERS),
    "GET /readings": ("read", ALL),
    "POST /readings": ("submit", ADA_AND_MANAGERS),
    "GET /readings/{reading_id}": ("read", ADA_AND_MANAGERS),
    "POST /readings/{reading_id}/withdraw": ("submit", ADA_AND_MANAGERS),
    "GET /boards/{team}/{month}": ("read", TEAM),
    "GET /goals": ("read", ALL),
    "GET /challenges": ("read", ALL),
    "GET /counters": ("read", ALL),
    "GET /figures": ("read", ALL),
    "POST /figures": ("figures", MANAGERS),
}
"""Each with its scope, and whose token opens it: it is about team North and about Ada."""


def body_of(operation, world):
    """What a POST sends: all of it about Ada, or her team."""
    today = world.acme.today().isoformat()
    return {
        "POST /members": {"team": "north", "name": "Nina New"},
        "POST /readings": {"taken_on": today, "total": 62, "corrects": world.submission.pk, "reason": "Misread."},
        "POST /readings/{reading_id}/withdraw": {"reason": "Twice."},
        "POST /figures": {"counter": world.counter.pk, "member": world.ada.pk, "month": str(world.month), "value": 8},
    }.get(operation)


def ask(client, operation, world, secret=None):
    method, path = operation.split()
    url = "/api/v1" + path.format(reading_id=world.submission.pk, team="north", month=world.month)
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    if method == "GET":
        return client.get(url, headers=headers)
    return client.post(url, json.dumps(body_of(operation, world)), "application/json", headers=headers)


def secret_of(member, *scopes):
    return make_token(member, "Program", scopes, timezone.now() + timedelta(days=1))[1]


def test_every_operation_has_an_entry():
    described = api.get_openapi_schema()["paths"]
    named = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, ways in described.items() for method in ways}

    assert named == set(OPERATIONS)


def test_the_written_table_of_tokens_says_the_same():
    assert FILE.read_text().endswith(written_of_tokens(OPERATIONS)), "Run `python -m tests.roles`."


@pytest.mark.parametrize("who", sorted(ALL))
@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_token_opens_what_its_maker_may_open(world, browse, operation, who):
    scope, allowed = OPERATIONS[operation]

    answer = ask(browse(), operation, world, secret_of(getattr(world, who), Scope(scope)))

    assert answer.status_code in ((200, 201) if who in allowed else (404,))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_other_scopes_and_sessions_open_nothing(world, browse, operation):
    needed, _ = OPERATIONS[operation]
    others = [scope for scope in Scope if scope != needed]

    without = ask(browse(), operation, world)
    with_session = ask(browse(world.alan), operation, world)
    with_others = ask(browse(), operation, world, secret_of(world.alan, *others))

    assert [answer.status_code for answer in (without, with_session, with_others)] == [401, 401, 403]
