"""A whole site that belongs to one test file, each part of which may be killed, stopped or filled. None is a stand-in.

Its database lies on a small disk in memory, in a mount namespace of its own, so that no root is needed to fill it.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import environ
import redis
from django.db import connection

from leaderboard.celery import app
from leaderboard.local import folders, postgres, site, valkey
from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child
from tests.deploy.http import until
from tests.mail_server import MailServer, mail_server
from tests.ports import free_port

DISK = "160m"
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
MOVED = """
mount -t tmpfs -o size={size},mode=700 tmpfs {disk} && cp -a {data}/. {disk} && mount --move {disk} {data} &&
touch {disk}/moved && exec sleep infinity
"""


@dataclass
class Stack:
    """PostgreSQL, Valkey, web, worker and beat as `make run` starts them, and a mail server that counts."""

    var: Path
    url: str
    env: dict[str, str]
    database: Child
    broker: Child
    web: Child
    worker: Child
    beat: Child
    mails: MailServer
    disk: Path
    """The database's disk, seen from here."""

    def database_answers(self) -> bool:
        question = [postgres.programs() / "pg_isready", "-q", "-h", folders.sockets(self.var), "-U", "leaderboard"]
        return subprocess.run(question, check=False).returncode == 0

    def broker_answers(self) -> bool:
        try:
            with self.speaking_to_the_broker() as broker:
                return broker.ping()
        except redis.ConnectionError:
            return False

    def speaking_to_the_broker(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(folders.sockets(self.var) / "valkey.sock"))

    def bring_back(self, part: Child, answers) -> float:
        """Has a part started again by whoever keeps it alive; when it answers."""
        while not answers():
            part.keep_alive(lambda said: None)
            time.sleep(0.02)
        return time.monotonic()

    def ask(self, task, *words) -> None:
        """Asks this site's worker for a job."""
        with app.connection_for_write(self.env["CELERY_BROKER_URL"]) as broker:
            task.apply_async(words, connection=broker)


@contextmanager
def whole_site() -> Iterator[Stack]:
    """The site, answering, with the tests' tables in its database; Django in this process speaks to that one."""
    var = Path(tempfile.mkdtemp(prefix="leaderboard-"))
    with ExitStack() as parts:
        guard = Guard(remove=var)
        parts.callback(guard.close)
        folders.make(var)
        mails = parts.enter_context(mail_server(free_port()))
        database, disk = _database(var, guard, parts)
        broker = valkey.start(var, guard)
        parts.callback(broker.stop)
        port = free_port()
        env = os.environ | {
            "DATABASE_URL": postgres.url(var),
            "CELERY_BROKER_URL": valkey.url(var, "redis+socket"),
            "CACHE_URL": valkey.url(var, "redis") + "?db=1",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "EMAIL_URL": f"smtp://127.0.0.1:{mails.port}",
            "LEADERBOARD_VAR": str(var),
        }
        parts.enter_context(_copied_from_the_tests(env["DATABASE_URL"]))
        web, worker, beat = site.children(var, port, env, guard)
        for child in (web, worker, beat):
            child.log = var / "log" / f"{child.name}.log"
            child.start()
            parts.callback(child.stop)
        site.wait_for(web, port)
        yield Stack(var, env["SITE_URL"], env, database, broker, web, worker, beat, mails, disk)


def _database(var: Path, guard: Guard, parts: ExitStack) -> tuple[Child, Path]:
    """PostgreSQL, moved to a disk of its own; and that disk."""
    database = postgres.start(var, guard)
    database.stop()
    (var / "disk").mkdir()
    moved = MOVED.format(size=DISK, disk=var / "disk", data=var / "pg")
    mounted = Child("disk", [*ALONE, "sh", "-c", moved], dict(os.environ), guard, log=var / "log" / "disk.log")
    mounted.start()
    parts.callback(mounted.stop)
    assert until(lambda: (var / "disk" / "moved").exists()), mounted.log.read_text()
    database.user = ["nsenter", f"--target={mounted.process.pid}", "--user", "--mount", *database.user]
    database.start()
    parts.callback(database.stop)
    return database, Path(f"/proc/{mounted.process.pid}/root{var}/pg")


@contextmanager
def _copied_from_the_tests(url: str) -> Iterator[None]:
    """Django's connection leads to this database, which gets the tables that the tests' own has."""
    own = connection.settings_dict
    connection.close()
    tests = environ.Env.db_url_config(os.environ["DATABASE_URL"]) | {"NAME": own["NAME"]}
    address = os.environ["DATABASE_URL"].replace("/leaderboard?", f"/{tests['NAME']}?")
    folder = postgres.programs()
    with subprocess.Popen([folder / "pg_dump", address], stdout=subprocess.PIPE) as dump:
        load = [folder / "psql", "-q", "-v", "ON_ERROR_STOP=1", url]
        assert until(lambda: subprocess.run([folder / "pg_isready", "-q", "-d", url], check=False).returncode == 0)
        subprocess.run(load, stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
    config = environ.Env.db_url_config(url)
    connection.settings_dict = own | {"NAME": config["NAME"], "OPTIONS": own["OPTIONS"] | config["OPTIONS"]}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = own
