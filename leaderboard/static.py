"""Static files: the named ones of node_modules, and collecting them all.

Nothing third-party is committed, and nothing of node_modules is served that has no name here.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.core.management.base import CommandError

FILES = {
    "vendor/pico.css": "@picocss/pico/css/pico.min.css",
}


class NodeStorage(FileSystemStorage):
    """node_modules under our own paths; a path that `FILES` does not name is not there."""

    def path(self, name: str) -> str:
        return super().path(FILES[name])


class NodeFinder(BaseFinder):
    """Finds what `FILES` names, for `collectstatic` and `findstatic`."""

    def __init__(self) -> None:
        self.storage = NodeStorage(settings.BASE_DIR / "node_modules")

    def check(self, **kwargs: object) -> list[CheckMessage]:
        return []  # where the files were collected before, node_modules is not needed any more

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> str | list[str]:
        found = self.storage.path(path) if path in FILES and self.storage.exists(path) else ""
        return [found] * bool(found) if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for path, source in FILES.items():
            if not Path(self.storage.path(path)).exists():
                raise CommandError(f"node_modules/{source} is missing: run `make node_modules` first.")
            yield path, self.storage


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
