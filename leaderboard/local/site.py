"""The site's own processes, and what they need before they start."""

import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child, dies_with_parent

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
GRANIAN = [sys.executable, "-m", "granian", "--interface=wsgi", "leaderboard.wsgi:application", "--no-ws"]
WORKERS = ["--workers=1", "--blocking-threads=8", "--respawn-failed-workers", "--workers-kill-timeout=3"]
SHORT = ["--http=1", "--http1-buffer-size=32768"]
"""A request's line and headers together, in bytes. Only HTTP/1 has this limit, and no proxy speaks HTTP/2 to us."""
LIMITS = ["--backpressure=4096", "--backlog=4096", "--http1-header-read-timeout=10000", "--log-level=error", *SHORT]
# As root Celery says at length that it would rather not be; on one machine there is nobody else to be.
QUIET = ["-W", "ignore:You're running the worker with superuser"]
CELERY = [sys.executable, *QUIET, "-m", "celery", "--quiet", "-A"]


def web(port: int, host: str = HOST) -> list[str]:
    """The command of the web server."""
    return [*GRANIAN, *WORKERS, *LIMITS, f"--host={host}", f"--port={port}"]


def worker(processes: int) -> list[str]:
    """The command of a worker with so many processes."""
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [*CELERY, "leaderboard", "worker", f"--concurrency={processes}", "--loglevel=WARNING", *alone]


def beat(var: Path) -> list[str]:
    """The command of the clock, which keeps its notes in the folder of data."""
    return [*CELERY, "leaderboard.clock", "beat", "--loglevel=WARNING", "--pidfile=", f"--schedule={var / 'beat'}"]


def prepare(env: dict[str, str]) -> str:
    """Brings database and static files up to date; gives the lines to show when the site answers."""
    command = [*dies_with_parent(), sys.executable, "manage.py", "prepare"]
    done = subprocess.run(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True, check=False
    )
    if done.returncode:
        sys.exit("The site could not be prepared; what went wrong stands above.")
    return done.stdout


def children(var: Path, port: int, env: dict[str, str], guard: Guard) -> list[Child]:
    """Web, worker and beat, in the order of their start."""
    return [
        Child("web", web(port), env, guard, cwd=ROOT),
        Child("worker", worker(2), env, guard, cwd=ROOT, patience=30),
        Child("beat", beat(var), env, guard, cwd=ROOT),
    ]


def wait_for(child: Child, port: int, host: str = HOST) -> None:
    """Returns when the site answers; ends everything if it never will."""
    deadline = time.monotonic() + 90
    while not _answers(port, host):
        if child.ended() or time.monotonic() > deadline:
            sys.exit("The site does not answer; what went wrong stands above.")
        time.sleep(0.1)


def _answers(port: int, host: str) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
