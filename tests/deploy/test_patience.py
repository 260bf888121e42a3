"""A page waits for PostgreSQL no longer than it may, and the next one has a connection again."""

import time

import pytest
from django.db import OperationalError, connection
from psycopg import Connection

from leaderboard.patches.database_timeout import within
from teams.models import Member
from tests.deploy.http import until

RUNNING = "SELECT 1 FROM pg_stat_activity WHERE query LIKE %s AND state = 'active' AND pid <> pg_backend_pid()"


@pytest.fixture
def impatient(transactional_db, monkeypatch):
    """This process waits for 0.3 seconds."""
    monkeypatch.setattr(Connection, "wait", within(0.3, Connection.wait))


def is_running(statement):
    with connection.cursor() as cursor:
        cursor.execute(RUNNING, [f"%{statement}%"])
        return bool(cursor.fetchall())


def test_a_statement_that_takes_too_long_is_given_up_here_and_there(impatient):
    began = time.monotonic()
    with pytest.raises(OperationalError, match=r"did not answer within 0\.3 s"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(60)")
    took = time.monotonic() - began

    connection.close_if_unusable_or_obsolete()
    assert took < 2
    assert Member.objects.count() == 0
    assert until(lambda: not is_running("pg_sleep(60)"), 10, every=0.2)


def test_what_waits_for_somebody_else_s_lock_is_given_up_too(impatient):
    with Connection.connect(**connection.get_connection_params()) as other:
        other.execute("LOCK TABLE teams_member")
        with pytest.raises(OperationalError):
            Member.objects.count()

    connection.close_if_unusable_or_obsolete()
    assert Member.objects.count() == 0
