"""`manage.py offsite_key`: a new key for backups off-site."""

import pyrage
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Says a new key for OFFSITE_KEY. Keep a copy elsewhere: without it no backup off-site can be read."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        self.stdout.write(str(pyrage.x25519.Identity.generate()))
