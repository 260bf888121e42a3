"""`manage.py fetch_backup [NAME]`: a backup from off-site, the newest if none is named, among those of this machine."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from leaderboard import backups, offsite


class Command(BaseCommand):
    help = "Brings a backup from off-site into BACKUPS, decrypted, and says its name; with --list only what is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="")
        parser.add_argument("--list", action="store_true")

    def handle(self, **options: Any) -> None:
        if not settings.OFFSITE:
            raise CommandError("OFFSITE is not set: nothing is copied off-site.")
        try:
            if options["list"]:
                self.stdout.write("\n".join(offsite.names()))
                return
            name = options["name"] or next(reversed(offsite.names()), "")
            if not name:
                raise CommandError("There is no backup off-site.")
            self.stdout.write(offsite.fetch(name, backups.own_folder()).name)
        except backups.Unusable as error:
            raise CommandError(str(error)) from error
