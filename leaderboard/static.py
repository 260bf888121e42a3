"""Named files of node_modules as static files: nothing third-party is committed, nothing else is served."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage
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
