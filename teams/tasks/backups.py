"""What backs the database up each night, where a folder for it is set."""

from pathlib import Path

from celery.exceptions import Ignore
from django.conf import settings
from django.utils import timezone

from leaderboard import backups
from teams.tasks.sweep import sweep

LONGEST = 6 * 3600
"""Seconds; the broker hands the job out again long before, and whoever takes it finds that somebody is at it."""


@sweep(soft_time_limit=LONGEST, time_limit=LONGEST + 60)
def back_up() -> None:
    """Write a backup and drop the old ones."""
    if settings.BACKUPS:
        folder = Path(settings.BACKUPS)
        try:
            backups.make(folder, timezone.now())
        except backups.Busy as busy:
            raise Ignore(str(busy)) from busy
        backups.prune(folder)
