"""`manage.py prepare`: database and static files up to date, and the demo where it is on."""

import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from teams.actions.demo.site import remove_demo
from teams.migrations import BEFORE_0_2
from teams.models import Organization


class Command(BaseCommand):
    help = "Migrates, collects static files that changed; makes the demo in a new database, or removes it, by DEMO."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        applied = MigrationRecorder(connection).applied_migrations()
        if applied.keys() & BEFORE_0_2 and not applied.keys() >= set(BEFORE_0_2):
            raise CommandError(
                "This database is from a version before 0.2 that this one cannot bring up to date. Its data stay as "
                "they are. Start commit 41f6d21 on it once, which can, and this one then; or start anew: "
                "LEADERBOARD_VAR names another folder for `make run`, DATABASE_URL another database."
            )
        new = not applied
        call_command("migrate", verbosity=0, interactive=False)
        call_command("collect")
        has_demo = Organization.objects.filter(is_demo=True).exists()
        if has_demo and not settings.DEMO:
            remove_demo()
            print("DEMO is off: the demo and its sign-ins were removed.", file=sys.stderr, flush=True)
        elif settings.DEMO and (new or has_demo):  # once somebody removed it, it does not come back
            if new:
                print("Filling the demo …", file=sys.stderr, flush=True)  # only the sign-ins go to stdout
            call_command("demo", stdout=self.stdout, stderr=self.stderr)
