"""A small process that stops what its parent started when the parent is killed before it can.

Linux can signal a dead parent's children, but not the children's children: the web server's and the worker's.
"""

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

PATIENCE = 4  # seconds for each group; nobody waits for a tidy end any more


class Guard:
    """Forks the guard, which ends the groups it was told of, the last one first, when this process ends.

    Then it removes the folder `remove`, if there is one.
    """

    def __init__(self, remove: Path | None = None) -> None:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(writing)
            _guard(reading, remove)
        os.close(reading)
        self._writing = writing

    def watch(self, name: str, group: int, number: signal.Signals) -> None:
        """From now on the group is ended, by this signal, when this process dies."""
        self._tell(f"{name} {group} {number:d}\n")

    def forget(self, name: str) -> None:
        """What bears the name has ended by itself."""
        self._tell(f"{name}\n")

    def close(self) -> None:
        """Lets the guard do its work now, while this process goes on."""
        os.close(self._writing)

    def _tell(self, line: str) -> None:
        with suppress(BrokenPipeError):  # somebody killed the guard; the work goes on without it
            os.write(self._writing, line.encode())


def _guard(reading: int, remove: Path | None) -> None:
    try:
        os.setsid()
        for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ignored, signal.SIG_IGN)
        with os.fdopen(reading) as lines:
            groups = list(watched(lines).values())
        for group, number in reversed(groups):
            end(group, number, PATIENCE, partial(_is_gone, group))
        if remove:
            shutil.rmtree(remove, ignore_errors=True)
    finally:
        os._exit(0)


def _is_gone(group: int) -> bool:
    return not exists(group)


def watched(lines: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Group and signal by name, in the order of the first start; a name alone on its line is forgotten."""
    groups: dict[str, tuple[int, int]] = {}
    for name, *rest in map(str.split, lines):
        if rest:
            groups[name] = (int(rest[0]), int(rest[1]))
        else:
            groups.pop(name, None)
    return groups


def end(group: int, number: int, patience: float, ended: Callable[[], bool]) -> None:
    """Asks a group's leader to stop, waits at most `patience` seconds, and kills what is left."""
    with suppress(ProcessLookupError):
        os.kill(group, number)
        deadline = time.monotonic() + patience
        while not ended() and time.monotonic() < deadline:
            time.sleep(0.02)
    kill(group)


def kill(group: int) -> None:
    """End a group at once; one that is gone is no matter."""
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def exists(group: int) -> bool:
    """Whether a process of the group is there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
