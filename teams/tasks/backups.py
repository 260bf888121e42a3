"""What backs the database up each night, where a folder for it is set."""

from pathlib import Path

from django.conf import settings
from django.utils import timezone

from leaderboard import backups
from teams.tasks.sweep import sweep


@sweep
def back_up() -> None:
    """Write a backup and drop the old ones."""
    if settings.BACKUPS:
        folder = Path(settings.BACKUPS)
        backups.make(folder, timezone.now())
        backups.prune(folder)
