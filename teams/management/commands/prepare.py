"""`manage.py prepare`: database and static files up to date, and the demo where it is on."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


class Command(BaseCommand):
    help = "Migrates, collects static files that changed, fills a new database with the demo if DEMO is on."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        new = not MigrationRecorder(connection).applied_migrations()
        call_command("migrate", verbosity=0, interactive=False)
        collect()
        if settings.DEMO and (new or has_demo()):
            call_command("demo", stdout=self.stdout, stderr=self.stderr)


def has_demo() -> bool:
    """Whether the demo is there; once somebody removed it, it does not come back."""
    return get_user_model().objects.filter(email__endswith="@demo.example").exists()


def collect() -> None:
    """Collects, names and compresses the static files, unless nothing changed since the last time."""
    mark, state = Path(settings.STATIC_ROOT) / ".collected", _state()
    if not mark.exists() or mark.read_text() != state:
        call_command("collectstatic", verbosity=0, interactive=False)
        mark.write_text(state)


def _state() -> str:
    """A digest of the static files' places, sizes and times."""
    files = [
        (path, found.stat().st_size, found.stat().st_mtime_ns)
        for finder in get_finders()
        for path, storage in finder.list([])
        for found in [Path(storage.path(path))]
    ]
    return hashlib.sha256(repr(sorted(files)).encode()).hexdigest()
