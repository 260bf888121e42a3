"""Logs: one id through a request and its jobs, nothing secret in a line, a reference on the page that says sorry."""

import json
import logging
import re
from smtplib import SMTPDataError

import pytest
from django.db import DataError, InternalError, OperationalError
from django.test import Client
from django.urls import resolve
from psycopg import errors
from psycopg.errors import UniqueViolation

from leaderboard import logs
from leaderboard.celery import app, hand_on_the_id, note_the_job, take_the_id
from teams.views.today import today as page
from tests.makers import make_rep, make_team


@pytest.fixture
def lines(caplog):
    """What is logged, as (id, message)."""
    caplog.handler.addFilter(logs.with_request_id)
    caplog.set_level(logging.INFO, logger="leaderboard.lines")
    return lambda: [(record.request_id, record.getMessage()) for record in caplog.records]


@pytest.fixture
def failing(monkeypatch, handler):
    """Asks for a page on which something happens; gives the answer."""

    def failing(error):
        def query():
            raise error

        monkeypatch.setattr(page, "viewer_of", lambda request: query())
        client = Client(raise_request_exception=False)
        client.force_login(make_rep(make_team()).user)
        return client.get("/")

    return failing


def test_a_request_is_one_line_with_its_id_and_without_its_address(client, lines, db):
    response = client.get("/invitation/a-secret-token/")

    said = [line for line in lines() if line[1].startswith("GET")]

    assert [number for number, _ in said] == [response.headers["X-Request-ID"]]
    assert re.fullmatch(r"GET accept_invitation 404 in \d+ ms", said[0][1])


def test_a_job_has_the_id_of_the_request_that_asked_for_it(lines):
    logs.request_id.set("0123456789abcdef")
    headers = {}
    hand_on_the_id(headers=headers)
    logs.request_id.set("-")
    task = app.tasks["teams.tasks.ranking.rank_board"]
    task.push_request(**headers)
    take_the_id(task=task)
    note_the_job(task=task, state="SUCCESS", retval=None)
    task.pop_request()

    assert lines() == [("0123456789abcdef", "job teams.tasks.ranking.rank_board SUCCESS")]


@pytest.fixture
def written(settings):
    """What stands in the log for a record, as people and as machines read it."""
    formatter = logging.config.DictConfigurator(settings.LOGGING).configure_formatter

    def written(message, *args, error=None, kind="line", name="x", **extra):
        said = {"msg": message, "args": args, "levelname": "ERROR", "name": name, "request_id": "1"}
        record = logging.makeLogRecord(said | extra | {"exc_info": error and (type(error), error, None)})
        return formatter(dict(settings.LOGGING["formatters"][kind])).format(record)

    return written


def test_a_line_can_be_json_without_what_libraries_add_to_it(written, rf):
    said = json.loads(written("hello %s", "you", kind="json", request=rf.get("/reps/7/"), data={"a": 1}))

    assert sorted(said) == ["asctime", "levelname", "message", "name", "request_id"]
    assert {key: said[key] for key in ("message", "levelname", "name", "request_id")} == {
        "message": "hello you",
        "levelname": "ERROR",
        "name": "x",
        "request_id": "1",
    }


ROW = 'duplicate key value violates unique constraint "user_email"\nDETAIL:  Key (email)=(ada@example.org) exists.'


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            UniqueViolation(ROW),
            'psycopg.errors.UniqueViolation: duplicate key value violates unique constraint "user_email"',
        ),
        (
            ConnectionRefusedError(111, "Connection refused"),
            "builtins.ConnectionRefusedError: [Errno 111] Connection refused",
        ),
        (TypeError("submit() takes 1 argument"), "builtins.TypeError: submit() takes 1 argument"),
        (OSError("no host in redis://ada@example.org:6379"), "builtins.OSError: no host in redis://…@…:6379"),
        (DataError('invalid input syntax for type integer: "Ada"'), "django.db.utils.DataError"),
        (SMTPDataError(550, b"Ada is not here"), "smtplib.SMTPDataError"),
        (KeyError("Ada"), "builtins.KeyError"),
    ],
)
@pytest.mark.parametrize("kind", ["line", "json"])
def test_of_a_fault_stands_there_what_speaks_of_the_machine_or_the_code(written, error, told, kind):
    raised = RuntimeError("Ada")
    raised.__cause__ = error
    line = written("It broke: %s", error, error=raised, kind=kind)

    said = json.loads(line) if kind == "json" else dict(zip(["message", "exc_info"], line.split("\n", 1), strict=True))
    assert said["message"].endswith(f"It broke: {told}")
    header = "Traceback (most recent call last):\n"
    assert said["exc_info"] == f"{header}{told}\n{header}builtins.RuntimeError"


def test_a_page_stands_there_by_its_name_and_whoever_is_elsewhere_by_their_host(written, rf):
    asked = rf.get("/reps/7/")
    asked.resolver_match = resolve("/reps/7/")
    strange = rf.get("/invitaton/a-secret/")
    strange.resolver_match = None

    lines = [
        written("%s: %s", "Not Found", "/reps/7/", request=asked),
        written("%s: %s", "Not Found", "/invitaton/a-secret/", request=strange),
        written("%s does not match", "https://elsewhere.example.com/ada?of=north", request=asked),
        written("%s is not there", "/submit/link/a-secret/"),
    ]

    assert [line.split("ERROR 1 x ")[1] for line in lines] == [
        "Not Found: rep",
        "Not Found: -",
        "https://elsewhere.example.com/… does not match",
        "/submit/link/…/ is not there",
    ]


@pytest.mark.parametrize("kind", ["line", "json"])
def test_strangers_write_at_most_500_characters_into_a_line(written, rf, kind):
    around = len(written("", kind=kind))
    letters, address = "x" * 64_000, f"https://{'x' * 490}.example.com/"
    gone, broken = ConnectionError(f"no host {letters}"), f"Forbidden ({letters}): %s"

    lines = [
        written("%s", letters, kind=kind),
        written("Origin checking failed - %s does not match: %s", address, letters, kind=kind),
        written(broken, "/" + letters, kind=kind, request=rf.get("/" + letters)),
        written("the cache is away: %s", gone, kind=kind),
        written("It broke", error=gone, kind=kind),
    ]

    assert [len(line) - around <= 500 for line in lines] == [True] * 5


def test_what_strangers_write_begins_no_line_and_colours_no_terminal(written):
    line = written("%s is not here", "ada\r\n2026-11-30 ERROR\x1b[31m\u2028red")

    assert line.endswith(" ada  2026-11-30 ERROR [31m red is not here")


@pytest.mark.parametrize("length", range(440, 510))
def test_no_half_of_a_mail_address_stands_where_a_line_is_cut(written, length):
    line = written("%s ada.lovelace@example.org is not here", "x" * length)

    assert not any(f" {'ada.lovelace'[:letters]}" in line for letters in range(1, 13))


def test_a_form_from_elsewhere_is_one_short_line_however_long_it_says_from_where(written, caplog, db, static_files):
    client = Client(enforce_csrf_checks=True)
    letters = "x" * 64_000

    for header in ("Origin", "Referer"):
        refused = client.post("/accounts/login/", secure=True, headers={header: f"https://{letters}@{letters}"})
        assert refused.status_code == 403

    said = [logs.harmless(record).getMessage() for record in caplog.records if "Forbidden" in record.getMessage()]
    assert len(said) == 2
    assert max(map(len, said)) <= 500


def test_sentry_is_told_no_more():
    said = {"url": "https://board.example.com/submit/link/abc/?name=Ada", "query_string": "name=Ada", "method": "POST"}
    values = [{"type": "UniqueViolation", "value": ROW}, {"type": "KeyError", "value": "'Ada'"}]
    error = KeyError("Ada")
    error.__cause__ = UniqueViolation(ROW)

    event = logs.event_without_secrets(
        {"request": said, "exception": {"values": values}}, {"exc_info": (KeyError, error, None)}
    )

    assert event["request"] == {"method": "POST"}
    assert [value["value"] for value in event["exception"]["values"]] == [ROW.partition("\n")[0], ""]


@pytest.mark.django_db
def test_a_fault_of_ours_has_a_reference_and_nothing_else(failing, lines):
    response = failing(RuntimeError("ada@example.org"))
    text = response.content.decode()

    assert response.status_code == 500
    assert f"Reference {response.headers['X-Request-ID']}" in text
    assert "ada@example.org" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("gone"), "read-only"])
def test_a_database_that_is_away_is_said_to_be(failing, error):
    if error == "read-only":
        error = InternalError("read-only")
        error.__cause__ = errors.ReadOnlySqlTransaction()
    response = failing(error)

    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert "Back in a moment" in response.content.decode()
