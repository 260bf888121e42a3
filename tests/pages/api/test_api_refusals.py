"""Whatever cannot be answered below the API's address is a problem, and never a page or a fault."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from teams.actions.api_tokens import make_token
from teams.rules.api import Scope
from tests.makers import make_counter

PROBLEM = "application/problem+json"


@pytest.fixture
def headers(world):
    secret = make_token(world.grace, "Program", list(Scope), timezone.now() + timedelta(days=1))[1]
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "missing"),
        ("GET", "/", 404, "missing"),
        ("GET", "/boards/north", 404, "missing"),
        ("POST", "/me", 405, "method"),
        ("OPTIONS", "/readings", 405, "method"),
        ("PUT", "/readings", 405, "method"),
        ("PATCH", "/nothing", 405, "method"),
        ("DELETE", "/me", 405, "method"),
        ("TRACE", "/me", 405, "method"),
        ("POST", "/openapi.json", 405, "method"),
    ],
)
def test_what_no_operation_takes_is_a_problem(browse, headers, method, path, status, code):
    answer = browse().generic(method, f"/api/v1{path}", headers=headers | {"Accept-Encoding": "gzip"})

    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    assert answer.json()["type"].endswith(f"/api/#{code}")
    assert answer.has_header("Allow") == (status == 405)
    assert answer["Cache-Control"] == "no-store"


def test_a_problem_is_told_in_the_language_that_was_asked_for(browse):
    answer = browse().delete("/api/v1/me", headers={"Accept-Language": "de"})

    assert answer.json()["detail"] == "Diese Adresse nimmt DELETE nicht an."


def test_what_is_too_large_is_a_problem(browse, headers):
    answer = browse().post("/api/v1/readings", b'"' + b"a" * 4_000_000 + b'"', "application/json", headers=headers)

    assert (answer.status_code, answer["Content-Type"]) == (413, PROBLEM)
    assert answer.json()["type"].endswith("/api/#too-large")


def test_a_fault_is_a_problem(browse, headers):
    client = browse()
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE teams_apianswer RENAME TO gone")

    answer = client.post(
        "/api/v1/members",
        {"team": "north", "name": "Nina"},
        "application/json",
        headers=headers | {"Idempotency-Key": "one"},
    )

    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert answer.json()["type"].endswith("/api/#broken")


@pytest.mark.parametrize("path", ["/me", "/members", "/readings", "/openapi.json"])
def test_what_takes_get_takes_head(browse, headers, path):
    client = browse()

    head, get = (getattr(client, method)(f"/api/v1{path}", headers=headers) for method in ("head", "get"))

    assert (head.status_code, head["ETag"], head.content) == (200, get["ETag"], b"")


def test_head_asks_for_a_token_too(browse):
    assert browse().head("/api/v1/readings").status_code == 401


def test_every_code_stands_on_the_page_for_programs(world, browse):
    page = browse(world.ada).get("/api/").content.decode()

    codes = ["token", "scope", "missing", "invalid", "refused", "key", "unreadable", "too-many", "too-large", "method"]
    assert [code for code in [*codes, "broken"] if f'id="{code}"' not in page] == []


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800"])
def test_a_text_that_cannot_be_stored_is_unreadable(browse, world, headers, text):
    paths = ["members", "readings", f"readings/{world.submission.pk}/withdraw"]
    body = {"team": "north", "name": "Nina", "taken_on": str(world.acme.today()), "total": 50, "member": world.ada.pk}
    sent = json.dumps(body | {"name": text, "note": text, "reason": text})

    answers = [browse().post(f"/api/v1/{path}", sent, "application/json", headers=headers) for path in paths]

    assert [(answer.status_code, answer.json()["type"].rpartition("#")[2]) for answer in answers] == [
        (400, "unreadable")
    ] * 3


def test_nul_in_an_address_is_a_problem(browse, world, headers):
    in_query = browse().get("/api/v1/members?team=%00", headers=headers)
    in_path = browse().get(f"/api/v1/boards/%00/{world.month}", headers=headers)

    assert (in_query.status_code, list(in_query.json()["errors"]), in_path.status_code) == (422, ["team"], 404)


def test_a_figure_that_is_played_for_is_changed_with_a_reason(browse, world, headers):
    counter = make_counter(world.north, world.ada, {world.ada: 3}, world.month, name="Calls", playable=True)
    figure = {"counter": counter.pk, "member": world.ada.pk, "month": str(world.month), "value": 4}

    def store(body):
        return browse().post("/api/v1/figures", json.dumps(body), "application/json", headers=headers)

    without, with_reason = store(figure), store(figure | {"reason": "Two were the same."})

    assert (without.status_code, without.json()["type"].rpartition("#")[2]) == (422, "refused")
    assert (with_reason.status_code, with_reason.json()) == (201, {"changed": 1})
    assert counter.figures.latest("pk").reason == "Two were the same."


@pytest.mark.parametrize("value", [True, False, "1", 1.5])
@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/readings", {"taken_on": "2021-09-01", "total": 60}, "member"),
        ("/readings", {"taken_on": "2021-09-01"}, "total"),
        ("/figures", {"member": 1, "month": "2021-09", "value": 4}, "counter"),
        ("/figures", {"counter": 1, "month": "2021-09", "value": 4}, "member"),
    ],
)
def test_what_is_no_whole_number_is_taken_for_none(browse, world, headers, path, body, field, value):
    answer = browse().post(f"/api/v1{path}", json.dumps(body | {field: value}), "application/json", headers=headers)

    assert (answer.status_code, [name.rpartition(".")[2] for name in answer.json()["errors"]]) == (422, [field])


def test_true_is_no_figure(browse, world, headers):
    figure = {"counter": world.counter.pk, "member": world.ada.pk, "month": str(world.month), "value": True}

    answer = browse().post("/api/v1/figures", json.dumps(figure), "application/json", headers=headers)

    assert answer.status_code == 422
