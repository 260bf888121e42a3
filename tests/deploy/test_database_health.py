"""A connection that lasts for many requests: whether it still lives is seen without asking the server."""

import time

import pytest
from django.db import OperationalError, connection, connections

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lasting():
    """A connection of its own, opened by an earlier request."""
    lasting = connections.create_connection("default")
    lasting.ensure_connection()
    yield lasting
    lasting.close()


def begin_request(lasting):
    """What Django does with each connection when a request begins."""
    lasting.close_if_unusable_or_obsolete()
    lasting.health_check_enabled, lasting.health_check_done = True, False


def end(lasting):
    """The server ends the connection, as a restart does, and the connection has heard of it."""
    pid = lasting.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)
    time.sleep(0.05)


def server_process(lasting):
    with lasting.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_a_living_connection_is_used_again_and_asked_nothing(lasting):
    before = server_process(lasting)
    begin_request(lasting)

    with connection.cursor() as cursor:
        lasting.close_if_health_check_failed()
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [before])
        last_query = cursor.fetchone()[0]

    assert last_query == "SELECT pg_backend_pid()"
    assert server_process(lasting) == before


def test_a_connection_that_the_server_ended_is_opened_anew_by_the_next_request(lasting):
    before = server_process(lasting)
    end(lasting)

    begin_request(lasting)

    assert server_process(lasting) != before


def test_a_connection_is_asked_after_an_error(lasting):
    before = server_process(lasting)
    lasting.errors_occurred = True

    assert lasting.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [before])
        assert cursor.fetchone() == ("SELECT 1",)


def test_without_a_new_request_an_ended_connection_is_an_error(lasting):
    end(lasting)

    with pytest.raises(OperationalError):
        server_process(lasting)
