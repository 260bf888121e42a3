"""`manage.py collect`: the static files as they are served, where they changed since the last time."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Collects, names and compresses the static files, unless nothing changed since the last time."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
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
