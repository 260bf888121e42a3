"""One process that starts everything, keeps it alive, and stops it in order."""

import functools
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from leaderboard.local import environment, folders, postgres, site, valkey
from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
say = functools.partial(print, flush=True)


def serve(var: Path, port: int) -> None:
    """Runs the whole product with its data in this folder, until a signal asks to stop."""
    url = f"http://127.0.0.1:{port}/"
    folders.make(var)
    with folders.locked(var, url), held(port), environment.shared(var, url) as env, stopping() as running:
        guard = Guard()
        if not os.environ.get("DATABASE_URL"):
            running.append(postgres.start(var, guard))
        if not os.environ.get("CELERY_BROKER_URL"):
            running.append(valkey.start(var, guard))
        say("Preparing the database …")
        welcome = site.prepare(env)
        for child in site.children(var, port, env, guard):
            child.start()
            running.append(child)
        site.wait_for(running[-3], port)
        say(f"Ready: {url}")
        say(welcome, end="")
        while True:
            time.sleep(0.25)
            for child in running:
                child.keep_alive(say)


@contextmanager
def stopping() -> Iterator[list[Child]]:
    """A list of children that a signal, or whatever ends the work, stops from the last to the first."""
    for number in SIGNALS:
        signal.signal(number, lambda *_: sys.exit())
    running: list[Child] = []
    try:
        yield running
    finally:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        with suppress(OSError):  # the terminal may be gone
            say("Stopping …" if running else "", end="\n" if running else "")
        for child in reversed(running):
            child.stop()


@contextmanager
def held(port: int) -> Iterator[None]:
    """Keep the port for this process and its guard, or say in a sentence why nothing can listen on it.

    The web server binds it only when the database is ready, and shares it with another one that asks for it; so from
    the first moment on this process holds a name that only one can have, which Linux keeps as it keeps ports.
    """
    with socket.socket(socket.AF_UNIX) as name:
        try:
            name.bind(f"\0leaderboard-port-{port}")
            with socket.socket() as listener:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(("127.0.0.1", port))
        except PermissionError:
            sys.exit(f"Port {port} is only for root: choose another one, for example `make run PORT=8001`.")
        except OSError:
            sys.exit(f"Port {port} is in use: choose another one, for example `make run PORT={port + 1}`.")
        yield
