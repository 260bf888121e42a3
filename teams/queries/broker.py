"""What waits in the broker for a worker."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from celery import current_app
from django.conf import settings
from kombu.exceptions import KombuError
from redis import RedisError


class Queue(NamedTuple):
    """How many jobs wait for a worker, and since when the oldest does."""

    length: int
    since: datetime | None


def queue() -> Queue | None:
    """What waits for a worker; None where the broker does not answer within two seconds."""
    name = current_app.conf.task_default_queue
    try:
        with current_app.connection_for_read(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
            channel: Any = broker.default_channel  # to Redis, whose client it has
            client = channel.client
            oldest = client.lindex(name, -1)
            asked_at = json.loads(oldest)["headers"].get(settings.JOB_ASKED_AT) if oldest else None
            return Queue(client.llen(name), datetime.fromtimestamp(asked_at, UTC) if asked_at else None)
    except (OSError, KombuError, RedisError):
        return None
