"""The clock: `celery -A leaderboard.clock beat`. It sends the names of the sweeps that `schedule.py` lists.

It needs none of their code, and holds half of what a process holds that has loaded the site.
"""

import logging.config
import os
import time
from typing import Any

from celery import Celery, signals
from django.conf import settings

from leaderboard.patches import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leaderboard.settings")

app = Celery("leaderboard", fixups=[], set_as_current=False)  # Django's fixup would load all models
app.config_from_object("django.conf:settings", namespace="CELERY")
broker.install()


@signals.setup_logging.connect
def log_as_the_site_does(**_: Any) -> None:
    """Settings say how to log; Celery adds nothing where this is connected."""
    logging.config.dictConfig(settings.LOGGING)


@signals.before_task_publish.connect
def note_when(headers: dict[str, Any], **_: Any) -> None:
    """A job knows when it was asked for; its id it gets where it begins."""
    headers[settings.JOB_ASKED_AT] = time.time()
