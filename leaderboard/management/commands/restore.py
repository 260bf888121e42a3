"""`manage.py restore FILE`: a backup in the database's place."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from leaderboard import backups


class Command(BaseCommand):
    help = "Puts a backup in the database's place; what was there stays under another name."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, **options: Any) -> None:
        connection.close()
        try:
            before = backups.restore(options["file"])
        except backups.Unusable as error:
            raise CommandError(str(error)) from error
        call_command("migrate", verbosity=0, interactive=False)
        cache.clear()  # it holds parts of pages under the versions of boards, which will come again
        self.stdout.write(f"{options['file']} is in place. What was there before is the database {before}.")
