"""The folder of data: who holds it, and where its sockets are."""

import fcntl
import hashlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

NEEDED = 300 * 2**20  # bytes
OWNERS = 0o700
LONGEST = 107 - len("/.s.PGSQL.5432")  # bytes of a folder in the address of a unix socket
OTHERS = "set LEADERBOARD_VAR to a folder of your own"


def make(var: Path) -> None:
    """Makes the folders, for nobody else to read, or says in a sentence why that cannot be."""
    try:
        var.mkdir(mode=OWNERS, parents=True, exist_ok=True)
        mode = var.stat().st_mode
        if mode & stat.S_ISVTX:
            sys.exit(f"{var} is everybody's: {OTHERS}.")
        if mode & ~OWNERS & 0o777 and os.access(var, os.W_OK):
            var.chmod(OWNERS)
        (var / "log").mkdir(exist_ok=True)
        free = shutil.disk_usage(var).free
    except OSError as error:
        sys.exit(f"{var} cannot be used ({error.strerror}): {OTHERS}.")
    if not os.access(var, os.W_OK):
        sys.exit(f"{var} belongs to somebody else: {OTHERS}.")
    if free < NEEDED:
        sys.exit(f"The disk is full: {var} has {free // 2**20} MB left, and {NEEDED // 2**20} MB are needed.")


@contextmanager
def locked(var: Path, url: str, patience: float = 15) -> Iterator[None]:
    """Holds the folder for this process and its guard, or says in a sentence who holds it.

    A guard without its process is only tidying up: that is waited for.
    """
    deadline = time.monotonic() + patience
    with (var / "lock").open("a+") as file:
        while not _locks(file):
            file.seek(0)
            pid, _, other = file.read().strip().partition(" ")
            if _runs(pid) or time.monotonic() > deadline:
                sys.exit(f"{var} is in use by {other} (process {pid}): stop it first, or {OTHERS}.")
            time.sleep(0.1)
        file.truncate(0)
        print(os.getpid(), url, file=file, flush=True)
        yield


def _locks(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _runs(pid: str) -> bool:
    return bool(pid) and Path("/proc", pid).exists()


def sockets(var: Path) -> Path:
    """A folder for sockets and for nobody else: `var/run`, or one in /tmp where that path is too long."""
    folder = var / "run"
    if len(os.fsencode(folder)) > LONGEST:
        short = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        folder = Path(tempfile.gettempdir()) / f"leaderboard-{short}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid not in (os.geteuid(), var.stat().st_uid):
        sys.exit(f"{folder} belongs to somebody else: {OTHERS}.")
    return folder
