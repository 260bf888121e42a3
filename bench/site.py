"""PostgreSQL, Valkey and the site's own processes, of this run alone, as production starts them."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import load
from leaderboard.local import folders, postgres, site, valkey
from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child
from tests.ports import free_port

TICKS = os.sysconf("SC_CLK_TCK")


class Site:
    """The services of a run, and what was started beside them."""

    reps = 0
    """How many people compete, for what measures many."""

    def __init__(self, var: Path, guard: Guard) -> None:
        self.var, self.guard = var, guard
        folders.make(var)
        self.database = postgres.start(var, guard)
        valkey.start(var, guard)
        self.env = os.environ | {
            "LEADERBOARD_VAR": str(var),
            "STATIC_ROOT": str(var / "static"),
            "SITE_URL": "http://127.0.0.1",
            "SECRET_KEY": "only-for-benchmarks-and-long-enough-for-them",
            "DATABASE_URL": postgres.url(var),
            "CELERY_BROKER_URL": valkey.url(var, "redis+socket"),
            "CACHE_URL": valkey.url(var, "redis") + "?db=1",
            "EMAIL_URL": "dummymail://",
            "DJANGO_SETTINGS_MODULE": "leaderboard.settings",
            "DEMO": "0",
            "MALLOC_ARENA_MAX": "2",
        }
        os.environ.update(self.env)

    @property
    def sockets(self) -> Path:
        """The folder in which PostgreSQL listens."""
        return folders.sockets(self.var)

    def web(self, host: str = site.HOST) -> "Web":
        """The site as production serves it, with one process, answering."""
        return self._serving(site.web, {}, host)

    def limit(self, settings: str, **env: str) -> "Web":
        """The same server with a Django project of other settings."""
        return self._serving(_plain, {"DJANGO_SETTINGS_MODULE": settings, **env})

    def _serving(self, command: Callable[[int, str], list[str]], env: dict[str, str], host: str = site.HOST) -> "Web":
        port = free_port()
        child = self._started(f"web-{port}", command(port, host), self.env | env)
        site.wait_for(child, port, host)
        return Web(child, port, host)

    def worker(self, processes: int = 2, *more: str) -> Child:
        """A worker, which has begun to work as soon as its first job is done."""
        return self._started("worker", [*site.worker(processes), *more], self.env)

    def _started(self, name: str, command: list, env: dict[str, str]) -> Child:
        log = self.var / "log" / f"{name}.log"
        child = Child(name, command, env, self.guard, cwd=site.ROOT, log=log)
        child.start()
        return child


def _plain(port: int, host: str) -> list[str]:
    """The web server's command, for Django alone."""
    ours, plain = "leaderboard.wsgi:application", "django.core.wsgi:get_wsgi_application"
    return [plain if word == ours else word for word in site.web(port, host)] + ["--factory"]


class Web:
    """A web server that answers on a port."""

    def __init__(self, child: Child, port: int, host: str = site.HOST) -> None:
        self.child, self.port, self.host = child, port, host

    def answers(self, requests: list[bytes], *, status: int = 200, seconds: float = 1.0) -> float:
        """How many answers a second of processor time gives: what one whole core would do."""
        before = cpu_seconds(self.child)
        answers = load(self.port, requests, status=status, seconds=seconds, host=self.host).answers
        return answers / (cpu_seconds(self.child) - before)


def cpu_seconds(child: Child) -> float:
    """The processor time that a child and all its processes have used, also those that ended."""
    return sum(sum(map(int, stat[11:15])) for stat in _stats(child)) / TICKS


def resident(child: Child) -> float:
    """The memory in MB that the largest process of a child holds."""
    pages = [int(stat[21]) for stat in _stats(child)]
    return max(pages) * os.sysconf("SC_PAGESIZE") / 2**20


def _stats(child: Child) -> Iterator[list[str]]:
    """What Linux says of each process of a child's group or below it, from its third column on."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            columns = path.read_text().rpartition(") ")[2].split()
        except OSError:  # it has just ended
            continue
        if str(child.process.pid) in (columns[1], columns[2]):
            yield columns


@contextmanager
def started() -> Iterator[Site]:
    """The services with an empty, migrated database; all of it is gone afterwards."""
    var = Path(tempfile.mkdtemp(prefix="leaderboard-bench-"))
    guard = Guard(remove=var)
    try:
        made = Site(var, guard)
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=site.ROOT, env=made.env, check=True)
        yield made
    finally:
        guard.close()
        shutil.rmtree(var / "log", ignore_errors=True)
