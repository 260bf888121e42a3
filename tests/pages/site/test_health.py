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


@pytest.fixture
def public(settings):
    """The settings of a site that others reach."""
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["board.example.com"], True
    settings.METRICS_TOKEN = "only-the-operator-knows"


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


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
@pytest.mark.parametrize("host", ["10.1.2.3:8000", "web:8000", "board.example.com"])
def test_probes_ask_a_container_by_its_own_address(client, db, public, path, host):
    answer = client.get(path, headers={"Host": host, "Authorization": "Bearer only-the-operator-knows"})

    assert answer.status_code == 200
    assert host not in answer.content.decode()


def test_metrics_without_the_token_are_found_by_no_name(client, db, public):
    assert [
        client.get("/metrics", headers={"Host": host}).status_code for host in ("10.1.2.3", "board.example.com")
    ] == [
        404,
        404,
    ]


@pytest.mark.parametrize("path", ["/", "/healthz/", "/metrics/more", "/accounts/login/"])
def test_other_pages_go_by_the_sites_name_alone(client, db, public, path):
    assert client.get(path, headers={"Host": "10.1.2.3:8000"}).status_code == 400
