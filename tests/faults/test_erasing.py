"""Erasing somebody and deleting what is old through what goes wrong: the worker is killed in the middle."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from teams.actions.privacy import erasures
from teams.models import Act, AuditEntry, Board, Delivery, Erasure, Leave, Member, Submission, User
from teams.rules.months import Month
from teams.tasks import delete_old, delete_what_is_old, erase, erase_due
from tests.deploy.http import until
from tests.makers import (
    make_delivery,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
)


@pytest.fixture
def team(live):
    """North with its manager, and Ada, who has submitted, was away and was mailed to."""
    team = make_team("North", make_organization(retention_months=15))
    make_manager(team)
    ada = make_rep(team, "Ada", total=61)
    make_leave(ada, team.organization.today(), team.organization.today())
    make_delivery(ada, notice={"title": "Dear Ada", "lines": [], "links": []})
    return team


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_locks WHERE NOT granted")
        return cursor.rowcount > 0


def about(member):
    """What names somebody, and what would not be there any more."""
    member.refresh_from_db()
    rows = [model.objects.filter(member=member).count() for model in (Leave, Submission)]
    notices = [notice["title"] if notice else None for notice in Delivery.objects.values_list("notice", flat=True)]
    active = member.memberships.active().exists()
    return [member.name, User.objects.filter(pk=member.user_id).exists(), active, *rows, *notices]


@pytest.mark.soak
def test_a_worker_killed_in_the_middle_of_erasing_erases_nothing_and_the_next_sweep_all(team, worker):
    ada = Member.objects.get(name="Ada")
    erasures.ask(ada, ada, timezone.now() - timedelta(days=7))
    before = about(ada)

    with transaction.atomic():
        list(Delivery.objects.select_for_update())  # the worker has ended memberships and leave, and comes to her mails
        erase.delay(ada.pk)
        assert until(somebody_waits, 30)
        worker.kill()
    assert until(lambda: not somebody_waits())
    assert (about(ada), Erasure.objects.get().done_at) == (before, None)
    worker.start()
    erase_due()

    assert until(lambda: Erasure.objects.get().done_at is not None, 30)
    assert about(ada) == ["Former member", False, False, 0, 1, None]
    assert AuditEntry.objects.filter(act=Act.ERASED).count() == 1


@pytest.mark.soak
def test_a_worker_killed_in_the_middle_of_deleting_what_is_old_is_followed_by_one_that_ends_it(team, worker):
    ada = Member.objects.get(name="Ada")
    month = Month.of(team.organization.today()) - 20
    make_submission(ada, 50, month=month)
    old = make_submission(ada, 51, month=month)

    with transaction.atomic():
        Submission.objects.select_for_update().get(
            pk=old.pk
        )  # the worker has deleted the boards, and comes to readings
        delete_old.delay(team.organization_id)
        assert until(somebody_waits, 30)
        worker.kill()
    assert until(lambda: not somebody_waits())
    assert (Board.objects.filter(month=month).count(), Submission.objects.filter(month=month).count()) == (0, 2)
    worker.start()
    delete_what_is_old()

    assert until(lambda: not Submission.objects.filter(month=month).exists(), 30)
    assert list(Submission.objects.values_list("total", flat=True)) == [61]
    assert AuditEntry.objects.filter(act=Act.RETENTION).exists()
