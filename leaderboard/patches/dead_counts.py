"""prometheus-client: what processes counted that are no more stays in the sums, and their files go when another starts.

The library keeps a file for each process for ever. Each process of ours holds a lock beside its files while it lives,
which is seen from other containers too, where its number means nothing.
"""

import fcntl
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO

from prometheus_client.mmap_dict import MmapedDict

ENDED = "ended"
"""In place of a process's name: the files with what all that have ended counted."""


def named(folder: Path, machine: str) -> partial[str]:
    """What names this process in its files. Asked for the first time it takes the lock, and adds up the dead."""
    return partial(_own_name, folder, machine, {})


def _own_name(folder: Path, machine: str, held: dict[int, IO[str]]) -> str:
    """The machine and the process; after a fork the child has a lock of its own, and its parent's no more."""
    name = f"{machine}-{os.getpid()}"
    if os.getpid() not in held:
        with suppress(OSError):  # whoever may not write there, such as a migration, counts nothing
            lock = (folder / f"{name}.lock").open("w")
            fcntl.flock(lock, fcntl.LOCK_EX)
            for parents in held.values():
                parents.close()
            held.clear()
            held[os.getpid()] = lock
            add_up(folder)
    return name


def add_up(folder: Path) -> None:
    """Add the files of those that have ended to one; one process at a time does."""
    with (folder / f"{ENDED}.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        for lock in folder.glob("*-*.lock"):
            if _is_free(lock):
                _bury(folder, lock.stem)
                lock.unlink(missing_ok=True)


def _is_free(lock: Path) -> bool:
    """Whether nobody holds it: its process has ended, however that came about."""
    with suppress(FileNotFoundError), lock.open() as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _bury(folder: Path, name: str) -> None:
    for file in folder.glob(f"*_{name}.db"):
        ended = MmapedDict(str(folder / f"{file.name.partition('_')[0]}_{ENDED}.db"))
        for key, value, when, _ in MmapedDict.read_all_values_from_file(str(file)):
            ended.write_value(key, ended.read_value(key)[0] + value, when)
        ended.close()
        file.unlink()
