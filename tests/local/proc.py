"""What runs on this machine, as Linux tells it."""

import os
from pathlib import Path


def processes_of(folder):
    """The numbers of the processes that work in this folder, or were started with it as LEADERBOARD_VAR."""
    mark = f"LEADERBOARD_VAR={folder}\0".encode()
    return [
        path.name
        for path in Path("/proc").glob("[0-9]*")
        if mark in read(path / "environ") or Path(folder) in [working(path), *working(path).parents]
    ]


def working(process):
    try:
        return Path(os.readlink(process / "cwd"))
    except OSError:  # it ended meanwhile
        return Path("/")


def read(path):
    try:
        return path.read_bytes()
    except OSError:
        return b""
