"""`manage.py backup [--verify]`: a backup of the database, tried out if asked."""

import os
from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leaderboard import backups, offsite


class Command(BaseCommand):
    help = "Writes a backup into BACKUPS, and off-site where OFFSITE is set; --verify restores it once, to be sure."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--verify", action="store_true")

    def handle(self, **options: object) -> None:
        folder = backups.own_folder()
        try:
            file = backups.make(folder, timezone.now())
            self.stdout.write(f"{file}: {file.stat().st_size:,} bytes")
            if options["verify"]:
                rows = backups.verify(file)
                self.stdout.write(f"Restored for a try: {sum(rows.values()):,} rows in {len(rows)} tables, all there.")
            backups.prune(folder)
            if settings.OFFSITE:
                offsite.send(file)
                self.stdout.write(f"Encrypted, and copied to {settings.OFFSITE}")
        except backups.Busy as busy:
            raise CommandError(str(busy), returncode=os.EX_TEMPFAIL) from busy
        except backups.Unusable as error:
            raise CommandError(str(error)) from error
