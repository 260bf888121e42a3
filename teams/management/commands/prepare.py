"""`manage.py prepare`: database and static files up to date, and the demo where it is on."""

import sys

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from leaderboard.static import collect


class Command(BaseCommand):
    help = "Migrates, collects static files that changed, fills a new database with the demo if DEMO is on."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        new = not MigrationRecorder(connection).applied_migrations()
        call_command("migrate", verbosity=0, interactive=False)
        collect()
        if settings.DEMO and (new or has_demo()):
            if new:
                print("Filling the demo …", file=sys.stderr, flush=True)  # only the sign-ins go to stdout
            call_command("demo", stdout=self.stdout, stderr=self.stderr)


def has_demo() -> bool:
    """Whether the demo is there; once somebody removed it, it does not come back."""
    return get_user_model().objects.filter(email__endswith="@demo.example").exists()
