"""A worker killed with -9 while a webhook's receiver has its request and has not answered."""

import pytest
from django.utils import timezone

from leaderboard.celery import app
from leaderboard.local import site
from leaderboard.local.processes import Child
from teams.models import Delivery
from teams.rules.messages.delivery import STUCK_AFTER
from teams.tasks.webhooks import deliver_to_endpoint, send_webhooks
from tests.chat_server import chat_server
from tests.conftest import VAR
from tests.deploy.http import until
from tests.makers import make_endpoint, make_manager, make_organization, make_team, make_told


@pytest.fixture
def receiver(transactional_db):
    with chat_server() as server:
        yield server


@pytest.fixture
def busy(site_env, guard):
    """A real worker, on an empty queue."""
    app.control.purge()
    env = site_env | {"ALLOW_PRIVATE_WEBHOOKS": "true"}
    child = Child("worker", site.worker(1), env, guard, cwd=site.ROOT, log=VAR / "log" / "worker.log")
    child.start()
    yield child
    child.stop()
    app.control.purge()


@pytest.mark.soak  # in each run test_endpoints puts the row where a kill would leave it
def test_what_a_worker_was_killed_over_arrives_again_with_the_same_id_and_body(receiver, busy):
    team = make_team("North", make_organization())
    endpoint = make_endpoint(team, make_manager(team), receiver.url)
    told = make_told(endpoint, "waiting")
    receiver.status = "hang"
    deliver_to_endpoint.delay(endpoint.pk)
    assert until(lambda: receiver.requests, patience=60)

    busy.kill()
    receiver.status = 200
    assert Delivery.objects.get().state == "sending"
    Delivery.objects.update(started_at=timezone.now() - STUCK_AFTER)  # as if that long had passed
    busy.start()
    send_webhooks.delay()

    assert until(lambda: Delivery.objects.get(pk=told.pk).state == "sent", patience=60)
    [(first, body), (again, same_body)] = receiver.requests
    assert (first["webhook-id"], body) == (again["webhook-id"], same_body)
