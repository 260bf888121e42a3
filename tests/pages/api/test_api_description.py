"""The API against its description: schemathesis makes requests of all kinds from it, and judges the answers."""

from datetime import timedelta

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from teams.actions.api_tokens import make_token
from teams.rules.api import Scope

pytestmark = pytest.mark.soak
JUDGES = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
KINDS = {
    "a rep's": ("ada", list(Scope), False),
    "a viewer's": ("vera", list(Scope), False),
    "a manager's": ("grace", list(Scope), False),
    "an admin's": ("alan", list(Scope), False),
    "another company's": ("gina", list(Scope), False),
    "the company's": ("alan", list(Scope), True),
    "one that only submits": ("ada", [Scope.SUBMIT], False),
    "none": (None, [], False),
}
"""Whose token it is, what it is for, and whether it is the company's."""
EACH = 25
"""Requests for each operation, kind of token and mode: 8 × 2 × 15 × 25 in all."""


@pytest.fixture(autouse=True)
def connection_stays(static_files):
    """The database's connection outlives each request here, with the transaction that the test is in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_is_as_described(world, kind, mode):
    who, scopes, is_of_company = KINDS[kind]
    secret = secret_of(getattr(world, who), scopes, is_of_company) if who else None
    known = known_values(world) if mode == GenerationMode.POSITIVE else {}
    schema = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", get_wsgi_application(), headers=headers_with(secret_of(world.alan, list(Scope)))
    )
    schema.config.generation.update(allow_extra_parameters=False, with_security_parameters=False)
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 15

    faults = [fault for each in operations if (fault := fault_of(each, mode, headers_with(secret), known))]

    assert "\n".join(faults) == ""


def secret_of(member, scopes, is_of_company=False):
    ends = timezone.now() + timedelta(days=1)
    return make_token(member, "Walk", scopes, ends, is_of_company=is_of_company)[1]


def headers_with(secret):
    authorization = {"Authorization": f"Bearer {secret}"} if secret else {}
    return authorization | {"Host": "localhost", "Accept-Encoding": "identity"}


def known_values(world):
    """What is there, by the name that the description has for it; at random hardly anything is met."""
    return {
        "team": "north",
        "month": str(world.month),
        "reading_id": world.submission.pk,
        "corrects": world.submission.pk,
        "member": world.ada.pk,
        "counter": world.counter.pk,
        "taken_on": world.acme.today().isoformat(),
    }


def fault_of(operation, mode, headers, known):
    """What the judges say of the first answer that is not as described; nothing where all are."""

    @given(case=operation.as_strategy(generation_mode=mode), is_there=st.booleans())
    @settings(
        max_examples=EACH,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case, is_there):
        cache.clear()  # which counts how often a token asks
        for part in (case.path_parameters, case.query, case.body):
            if is_there and isinstance(part, dict):
                part.update({name: value for name, value in known.items() if name in part})
        case.call_and_validate(headers=headers, checks=JUDGES)

    try:
        ask()
    except FailureGroup as failure:
        return f"{operation.label}: {failure}"
    except Unsatisfiable:
        assert mode == GenerationMode.NEGATIVE  # it takes nothing, or any text: nothing that is sent could be wrong
    return ""
