"""Whether the site is ready, and what is not."""

import pytest
from django.db import connection

from leaderboard.celery import app

WELL = {"database": True, "writable": True, "migrations": True, "broker": True}


@pytest.fixture
def read_only(transactional_db):
    """The database as it is on a standby, or while it is moved."""
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    yield
    connection.close()


def ready(client):
    response = client.get("/readyz")
    return response.status_code, response.json()


def test_it_is_ready_when_all_is_well(client, db):
    assert ready(client) == (200, WELL)


def test_it_is_not_where_nothing_can_be_stored(client, read_only):
    assert ready(client) == (503, WELL | {"writable": False})


def test_it_is_not_without_a_broker(client, db, monkeypatch):
    monkeypatch.setattr(app.conf, "broker_read_url", "redis://127.0.0.1:1/0")

    assert ready(client) == (503, WELL | {"broker": False})
