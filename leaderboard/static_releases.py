"""Static files of the releases before and after this one: during an update, and for a day, pages of both are open."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

NAME = "%Y-%m-%dT%H%M%S"
"""Of a release's folder: when it began to serve, in UTC."""
DAY = timedelta(days=1)


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, which looks for a file that this release does not have among those of others, the newest first."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the file of this release, of another one, or the page."""
        path = request.path_info
        missing = path.startswith(self.static_prefix) and path not in self.files
        if missing and settings.STATIC_RELEASES and (other := self.find_file(path)):
            return self.serve(other, request)
        return super().__call__(request)

    def candidate_paths_for_url(self, url: str) -> Iterator[str]:
        """Return where a file of this address may lie."""
        yield from super().candidate_paths_for_url(url)
        if settings.STATIC_RELEASES:
            for folder in reversed(_folders(Path(settings.STATIC_RELEASES))):
                yield str(folder / url.removeprefix(self.static_prefix))


def share(collected: Path, shared: Path, now: datetime) -> None:
    """Lay this release's files beside those of others, and drop those whose successor is there for more than a day."""
    manifest = collected / "staticfiles.json"
    newest = next(reversed(_folders(shared)), None)
    if newest is None or (newest / manifest.name).read_bytes() != manifest.read_bytes():
        half = shared / ".half"
        shutil.rmtree(half, ignore_errors=True)
        shutil.copytree(collected, half)
        half.rename(shared / now.astimezone(UTC).strftime(NAME))
    for folder, successor in pairwise(_folders(shared)):
        if now - datetime.strptime(successor.name, NAME).replace(tzinfo=UTC) > DAY:
            shutil.rmtree(folder)


def _folders(shared: Path) -> list[Path]:
    """One a release, the oldest first."""
    return sorted(shared.glob("2*"))
