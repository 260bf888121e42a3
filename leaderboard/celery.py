"""The Celery application: `celery -A leaderboard worker`, `celery -A leaderboard beat`."""

import json
import os
import time
from datetime import UTC, datetime
from typing import Any, NamedTuple

from celery import Celery, Task, signals
from celery.states import FAILURE
from django.db import close_old_connections
from kombu.exceptions import KombuError
from kombu.transport.redis import Channel, QoS
from kombu.transport.virtual.base import QoS as Counted
from redis import RedisError

from leaderboard.logs import new_id, request_id
from leaderboard.metrics import count_job

ASKED_AT = "asked_at"
"""The header of a job that says when."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderboard.settings")

app = Celery("leaderboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Celery's Django fix-up reads this name from the app's own configuration, without the namespace. Without it
# every task opens a new database connection.
app.conf.CELERY_DB_REUSE_MAX = 1000


class Queue(NamedTuple):
    """How many jobs wait for a worker, and since when the oldest does."""

    length: int
    since: datetime | None


class Heard(QoS):
    """Where the broker hangs while a job ends, the worker goes on: else that job would hold its place for ever.

    The broker hands the job out once more in five minutes.
    """

    def ack(self, delivery_tag: str) -> None:
        """The job is done; raises where the broker did not hear it."""
        try:
            self._remove_from_indices(delivery_tag).execute()
        finally:
            Counted.ack(self, delivery_tag)


Channel.QoS = Heard


@signals.setup_logging.connect
def keep_logging(**_: Any) -> None:
    """Django's settings say how to log; Celery adds nothing where this is connected."""


@signals.before_task_publish.connect
def hand_on_the_id(headers: dict[str, Any], **_: Any) -> None:
    """A job belongs to the request that asked for it; and when that was."""
    headers["request_id"] = request_id.get()
    headers[ASKED_AT] = time.time()


@signals.task_prerun.connect
def take_the_id(task: Task, **_: Any) -> None:
    """A job that the clock asked for gets an id of its own."""
    given = task.request.get("request_id", "-")
    request_id.set(new_id() if given == "-" else given)


@signals.task_prerun.connect
def look_at_the_connection(**_: Any) -> None:
    """As before each request: one that the database has ended meanwhile is replaced, not used until the worker dies."""
    close_old_connections()


@signals.task_postrun.connect
def note_the_job(task: Task, state: str | None, **_: Any) -> None:
    """How it ended; failures are noted where they are noticed."""
    if state and state != FAILURE:
        count_job(task.name, state)


@signals.task_failure.connect
def note_the_failure(sender: Task, **_: Any) -> None:
    """Noticed by the job's own process, or by the worker that has ended it because it took too long."""
    count_job(sender.name, FAILURE)


def queue() -> Queue | None:
    """What waits for a worker; None where the broker does not answer within two seconds."""
    name = app.conf.task_default_queue
    try:
        with app.connection_for_read(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
            client = broker.default_channel.client
            oldest = client.lindex(name, -1)
            asked_at = json.loads(oldest)["headers"].get(ASKED_AT) if oldest else None
            return Queue(client.llen(name), datetime.fromtimestamp(asked_at, UTC) if asked_at else None)
    except (OSError, KombuError, RedisError):
        return None
