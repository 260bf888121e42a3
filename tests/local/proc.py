"""What runs on this machine, as Linux tells it."""

from pathlib import Path


def started_with(name, value):
    """The numbers of the processes that have this variable in their environment; the dead have none."""
    mark = f"{name}={value}\0".encode()
    return [path.parent.name for path in Path("/proc").glob("[0-9]*/environ") if mark in read(path)]


def read(path):
    try:
        return path.read_bytes()
    except OSError:  # it ended meanwhile
        return b""
