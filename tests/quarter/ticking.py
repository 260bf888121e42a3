"""The site's own worker by a clock that a test moves: each hour it gets all that beat would send it."""

import mmap
import os
import struct
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from leaderboard.celery import app
from leaderboard.schedule import JOBS
from teams.actions.messages.deliveries import due_deliveries
from teams.actions.months.closing import due_boards
from teams.models import Board, Delivery, Sweep

HOUR = timedelta(hours=1)
A_MOMENT = timedelta(seconds=2)
"""After the hour has struck: the clock is set to whole seconds."""
FIRST = ["measure recalibrations"]
"""What the rest of an hour's work looks at goes before it."""
LAST = ["tell the news", "send what is due"]
"""What tells of the rest of an hour's work goes after it. On a real site it takes five minutes until its next turn."""
PATIENCE = 60
"""Seconds for an hour's work."""


STRIKES = {
    *(("Europe/Berlin", hour) for hour in (0, 1, 9, 12, 18)),
    *((zone, hour) for zone in ("America/Sao_Paulo", "Pacific/Auckland") for hour in (9, 18)),
    ("Etc/GMT-14", 0),
}
"""By which clocks something may be due: a day begins, also where it does first; letters come, duels and months end."""


def is_worth_a_look(hour: datetime) -> bool:
    """Whether something may be due at an hour though nothing happened in the one before."""
    return any(hour.astimezone(ZoneInfo(zone)).hour == at for zone, at in STRIKES)


class Clock:
    """The wall clock of this process, of its database, its broker and its worker."""

    def __init__(self) -> None:
        app.loader.import_default_modules()  # the tasks, as a worker does
        with open(os.environ["CLOCK_MOVED_BY"], "r+b") as file:
            self.ahead = mmap.mmap(file.fileno(), 8)

    def set(self, moment: datetime) -> None:
        (ahead,) = struct.unpack("q", self.ahead)
        self.ahead[:] = struct.pack("q", round(moment.timestamp() - (time.time() - ahead)))


def work_an_hour(clock: Clock, moment: datetime) -> None:
    """Set the clock, and have the worker do all that is due."""
    clock.set(moment + A_MOMENT)
    hours = round(moment.timestamp() / HOUR.total_seconds())
    due = [name for name, (_, seconds) in JOBS.items() if hours % max(1, seconds // 3600) == 0]
    for wave in (FIRST, [name for name in due if name not in FIRST + LAST], *([name] for name in LAST)):
        _run(wave)
    _wait_until(lambda: not _has_work())


def _run(jobs: list[str]) -> None:
    """Until each job's sweep has ended. What it asks for is done before what is asked for later."""
    began = timezone.now()
    tasks = [f"teams.tasks.{JOBS[name][0]}" for name in jobs]
    for task in tasks:
        app.tasks[task].delay()
    _wait_until(lambda: Sweep.objects.filter(name__in=tasks, ended_at__gte=began).count() == len(tasks))


def _has_work() -> bool:
    now = timezone.now()
    handing_over = Delivery.objects.filter(state="sending").exists()
    stale = Board.objects.filter(closed_at=None).exclude(stale_since=None).exists()
    return bool(handing_over or stale or due_deliveries(now) or due_boards(now))


def _wait_until(is_done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_done():
        assert time.monotonic() < until, timezone.now()
        time.sleep(0.002)
