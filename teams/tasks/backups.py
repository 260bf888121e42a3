"""What backs the database up each night, and tries whether that helps, where a folder for it is set."""

import os
from io import StringIO

from celery.exceptions import Ignore
from django.conf import settings
from django.core.management import CommandError, call_command

from teams.tasks.sweep import sweep

LONGEST = 6 * 3600
"""Seconds; the broker hands the job out again long before, and whoever takes it finds that somebody is at it."""


@sweep(soft_time_limit=LONGEST, time_limit=LONGEST + 60)
def back_up() -> None:
    """Write a backup, copy it off-site where that is wanted, and drop the old ones."""
    if settings.BACKUPS:
        try:
            call_command("backup", stdout=StringIO())
        except CommandError as error:
            if error.returncode == os.EX_TEMPFAIL:  # somebody is at it
                raise Ignore(str(error)) from error
            raise


@sweep(soft_time_limit=LONGEST, time_limit=LONGEST + 60)
def try_backup() -> None:
    """Restore the newest backup once, the one off-site where there are some; what is wrong with it is an error."""
    if settings.BACKUPS:
        call_command("try_backup", stdout=StringIO())
