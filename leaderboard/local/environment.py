"""The settings of the site on one machine: given by the environment, else made here and kept in `var`."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leaderboard.environment import read_secrets
from leaderboard.local import postgres, valkey

# What `manage.py` in another shell reads from `var/env`, to find what runs here.
SHARED = ["SITE_URL", "SECRET_KEY", "DEMO", "EMAIL_URL", "DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "BACKUPS"]


@contextmanager
def shared(var: Path, url: str) -> Iterator[dict[str, str]]:
    """The environment of every process of the site, also in `var/env` for now; what the user set wins."""
    given = {name: value for name, value in os.environ.items() if value}
    read_secrets(given)
    own = {
        "SITE_URL": url.rstrip("/"),
        "SECRET_KEY": _kept(var / "secret-key", secrets.token_urlsafe(50)),
        "DEMO": _kept(var / "demo", given.get("DEMO", "1"), change="DEMO" in given),
        "EMAIL_URL": f"filemail:///{var / 'mail'}",
        "PROMETHEUS_MULTIPROC_DIR": str(var / "metrics"),
        "MALLOC_ARENA_MAX": "2",  # heaps of memory, of which each thread would keep one
    }
    if "DATABASE_URL" not in given:
        own["DATABASE_URL"] = postgres.url(var)
        own["BACKUPS"] = str(var / "backups")
    if "CELERY_BROKER_URL" not in given:
        own["CELERY_BROKER_URL"] = valkey.url(var, "redis+socket")
        own["CACHE_URL"] = valkey.url(var, "redis") + "?db=1"
    shutil.rmtree(var / "metrics", ignore_errors=True)  # counts of processes that are no more
    site = own | given | {"LEADERBOARD_VAR": str(var)}
    _write(var / "env", "".join(f"{name}={site[name]}\n" for name in SHARED if name in site))
    try:
        yield site
    finally:
        (var / "env").unlink(missing_ok=True)


def _kept(file: Path, value: str, *, change: bool = False) -> str:
    """What the file says; it is written at the first start, and when the user changes it."""
    if change or not file.exists():
        _write(file, value)
    return file.read_text()


def _write(file: Path, text: str) -> None:
    """Whole or not at all, and readable only by its owner."""
    new = file.with_name(f"{file.name}.new")
    new.touch(mode=0o600)
    new.write_text(text)
    new.replace(file)
