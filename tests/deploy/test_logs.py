"""Logs: one id through a request and its jobs, nothing secret in a line, a reference on the page that says sorry."""

import json
import logging
import re

import pytest
from django.db import InternalError, OperationalError
from django.test import Client
from psycopg import errors

from leaderboard import logs
from leaderboard.celery import app, hand_on_the_id, log_the_job, take_the_id
from teams.views import today as page
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

        monkeypatch.setattr(page, "viewer", lambda request: query())
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
    log_the_job(task=task, state="SUCCESS")
    task.pop_request()

    assert lines() == [("0123456789abcdef", "job teams.tasks.ranking.rank_board SUCCESS")]


def test_a_line_can_be_json(settings, capsys):
    formatter = logging.config.DictConfigurator(settings.LOGGING).configure_formatter
    record = logging.makeLogRecord({"msg": "hello", "levelname": "INFO", "name": "x", "request_id": "1"})
    said = json.loads(formatter(settings.LOGGING["formatters"]["json"]).format(record))

    assert {key: said[key] for key in ("message", "levelname", "name", "request_id")} == {
        "message": "hello",
        "levelname": "INFO",
        "name": "x",
        "request_id": "1",
    }


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
