"""The Celery application of whoever works or asks for work: `celery -A leaderboard worker`. The clock has its own."""

import gc
import os
import time
from typing import Any

from celery import Celery, Task, signals
from celery.states import FAILURE
from django.conf import settings
from django.db import close_old_connections

from leaderboard.logs import new_id, request_id
from leaderboard.metrics import count_handed_over, count_job
from leaderboard.patches import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderboard.settings")

app = Celery("leaderboard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# Celery's Django fix-up reads this name from the app's own configuration, without the namespace. Without it
# every task opens a new database connection.
app.conf.CELERY_DB_REUSE_MAX = 1000
broker.install()


@signals.setup_logging.connect
def keep_logging(**_: Any) -> None:
    """Django's settings say how to log; Celery adds nothing where this is connected."""


@signals.worker_init.connect
def keep_what_is_loaded(**_: Any) -> None:
    """What is loaded before the worker forks stays shared: no search for garbage writes to it in each process."""
    gc.freeze()


@signals.before_task_publish.connect
def hand_on_the_id(headers: dict[str, Any], **_: Any) -> None:
    """A job belongs to the request that asked for it; and when that was."""
    headers["request_id"] = request_id.get()
    headers[settings.JOB_ASKED_AT] = time.time()


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
def note_the_job(task: Task, state: str | None, retval: Any, **_: Any) -> None:
    """How it ended, and what became of what it handed over; failures are noted where they are noticed."""
    if state and state != FAILURE:
        count_job(task.name, state)
        count_handed_over(task.name, retval)


@signals.task_failure.connect
def note_the_failure(sender: Task, **_: Any) -> None:
    """Noticed by the job's own process, or by the worker that has ended it because it took too long."""
    count_job(sender.name, FAILURE)
