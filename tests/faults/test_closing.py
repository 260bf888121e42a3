"""Closing many months at once through what goes wrong: one that cannot be closed, and a killed worker."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from teams.models import Act, AuditEntry, Board, Organization
from teams.tasks import close_due_months
from tests.deploy.http import until
from tests.faults.test_ranking import somebody_waits
from tests.makers import make_organization, make_rep, make_team, places, this_month

NAMES = ["North", "South", "East", "West"]
REFUSE = """
CREATE FUNCTION refuse_closing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
CREATE TRIGGER refuse_closing BEFORE UPDATE OF closed_at ON teams_board
    FOR EACH ROW WHEN (OLD.id = {board}) EXECUTE FUNCTION refuse_closing();
"""
AGREE = "DROP TRIGGER refuse_closing ON teams_board; DROP FUNCTION refuse_closing();"


@pytest.fixture
def boards(transactional_db):
    """Four teams' boards of three months ago, which are due; one rep each."""
    organization = make_organization()
    Organization.objects.update(created_at=datetime(2020, 1, 1, tzinfo=UTC))
    month = this_month(organization) - 3
    for name in NAMES:
        make_rep(make_team(name, organization), f"Rep of {name}", total=50, month=month, login=False)
    return list(Board.objects.filter(month=month).order_by("pk"))


@pytest.fixture
def stubborn(boards):
    """One of them, which the database does not let anybody close."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE.format(board=boards[2].pk))
        yield boards[2]
        cursor.execute(AGREE)


def closed():
    return set(Board.objects.filter(closed_at__isnull=False).values_list("team__name", flat=True))


@pytest.mark.soak
def test_one_that_cannot_be_closed_stops_no_other(boards, stubborn, worker):
    close_due_months.delay()

    assert until(lambda: closed() == {"North", "South", "West"})
    assert AuditEntry.objects.filter(act=Act.CLOSED).count() == 3


@pytest.mark.soak
def test_a_worker_killed_in_the_middle_closes_nothing_by_halves_and_the_next_sweep_closes_all_once(boards, worker):
    with transaction.atomic():
        Board.objects.select_for_update().get(pk=boards[2].pk)  # the worker comes to this row and waits
        close_due_months.delay()
        assert until(somebody_waits)
        worker.kill()
    assert closed() == set()
    worker.start()
    close_due_months.delay()

    assert until(lambda: closed() == set(NAMES))
    assert [places(board) for board in boards] == [[(1, f"Rep of {name}", 50)] for name in NAMES]
    assert AuditEntry.objects.filter(act=Act.CLOSED).count() == 4
