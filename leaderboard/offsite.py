"""Backups somewhere else: encrypted by age, in a bucket of S3's kind or in a folder such as a mounted share."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import pyrage
from django.conf import settings
from obstore import exceptions
from obstore.store import LocalStore, S3Store

from leaderboard import backups

ENDING = ".age"
SCRATCH = "offsite-"
"""How the folders begin in which files lie while they are encrypted and read."""
DAY = 24 * 3600
DETAILS = "\n\nDebug source"
"""How the part of an error begins that is of no use to whoever runs the site."""


def send(file: Path) -> None:
    """Encrypt a backup and what is noted of it, copy both there, and drop the old ones there.

    Unusable where that fails. The dump is copied last, so that what is there is whole.
    """
    recipient = _identity().to_public()
    with _failures(), _scratch(file.parent) as scratch:
        store = _store()
        for part in (file.with_suffix(".json"), file):
            locked = scratch / f"{part.name}{ENDING}"
            pyrage.encrypt_file(str(part), str(locked), [recipient])
            store.put(locked.name, locked)
        present = [Path(name) for name in names()]
        for old in set(present) - backups.to_keep(present):
            store.delete([f"{old}{ENDING}", f"{old.with_suffix('.json')}{ENDING}"])


def names() -> list[str]:
    """The names of the backups that are there, the oldest first; Unusable where nobody answers."""
    with _failures():
        found = [item["path"] for page in _store().list() for item in page]
    return sorted(path.removesuffix(ENDING) for path in found if path.endswith(f".dump{ENDING}"))


def fetch(name: str, folder: Path) -> Path:
    """Bring a backup and what is noted of it into a folder, decrypted; Unusable where that fails."""
    with _failures(), _scratch(folder) as scratch:
        for part in (Path(name).with_suffix(".json"), Path(name)):
            locked, open_file = scratch / f"{part}{ENDING}", scratch / part
            with locked.open("wb") as opened:
                for piece in _store().get(locked.name):
                    opened.write(piece)
            pyrage.decrypt_file(str(locked), str(open_file), [_identity()])
            open_file.chmod(0o600)
            open_file.rename(folder / part)
    return folder / name


def try_newest(folder: Path) -> dict[str, int] | None:
    """Fetch the newest backup and restore it once; the rows of each table. None where there is none yet."""
    if not (present := names()):
        return None
    with _scratch(folder) as scratch:
        return backups.verify(fetch(present[-1], scratch))


def _store() -> S3Store | LocalStore:
    address = urlsplit(settings.OFFSITE)
    if address.scheme == "file":
        return LocalStore(address.path, mkdir=True)
    return S3Store(
        address.netloc,
        prefix=address.path.strip("/") or None,
        endpoint=settings.OFFSITE_ENDPOINT or None,
        region=settings.OFFSITE_REGION,
        access_key_id=settings.OFFSITE_ACCESS_KEY_ID,
        secret_access_key=settings.OFFSITE_SECRET_ACCESS_KEY,
        client_options={
            "allow_http": settings.OFFSITE_ENDPOINT.startswith("http://"),
            "connect_timeout": timedelta(seconds=10),
            "timeout": timedelta(hours=1),  # of one request, which a slow line needs for a large file
        },
    )


def _identity() -> pyrage.x25519.Identity:
    try:
        return pyrage.x25519.Identity.from_str(settings.OFFSITE_KEY)
    except pyrage.IdentityError as error:
        raise backups.Unusable("OFFSITE_KEY is no key: `manage.py offsite_key` makes one.") from error


@contextmanager
def _failures() -> Iterator[None]:
    """Say in a sentence what went wrong on the way."""
    try:
        yield
    except FileNotFoundError as error:
        raise backups.Unusable("There is no such backup off-site.") from error
    except pyrage.DecryptError as error:
        raise backups.Unusable("OFFSITE_KEY is not the key that this backup was encrypted with.") from error
    except (exceptions.BaseError, OSError) as error:
        raise backups.Unusable(f"Off-site: {str(error).partition(DETAILS)[0]}") from error


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder of its own in this one, which goes; what a process left that was killed goes a day later."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in folder.glob(f"{SCRATCH}*"):
        if time.time() - left.stat().st_mtime > DAY:
            shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
        yield Path(scratch)
