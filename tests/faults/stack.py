"""A whole site of its own, each part of which may be killed, stopped, filled or told another time. None is a stand-in.

Its database lies on a small disk in memory, in a mount namespace of its own, so that no root is needed to fill it.
"""

import os
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import environ
import psycopg
import redis
from django.db import connection

from leaderboard.celery import app
from leaderboard.local import folders, postgres, site, valkey
from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child
from leaderboard.local.users import RENAMED, works
from tests.deploy.http import until
from tests.mail_server import MailServer, mail_server
from tests.ports import free_port

DISK = "160m"
APART = ["--user", "--mount"] if works([*RENAMED, "true"]) else ["--mount"]  # which only root can do without the first
ALONE = ["unshare", *APART, *(["--map-root-user"] if "--user" in APART else [])]
MOVED = """
mount -t tmpfs -o size={size},mode=700 tmpfs {disk} && cp -a {data}/. {disk} && mount --move {disk} {data} &&
touch {data}/moved && exec sleep infinity
"""
CLOCK = """
CREATE SCHEMA clock;
CREATE TABLE clock.ahead AS SELECT 0.0::float AS seconds;
CREATE FUNCTION clock.now() RETURNS timestamptz STABLE LANGUAGE sql AS
    'SELECT pg_catalog.now() + make_interval(secs => seconds) FROM clock.ahead';
CREATE FUNCTION clock.statement_timestamp() RETURNS timestamptz STABLE LANGUAGE sql AS
    'SELECT pg_catalog.statement_timestamp() + make_interval(secs => seconds) FROM clock.ahead';
"""
TABLES = "SELECT string_agg(format('public.%I', tablename), ', ') FROM pg_tables WHERE schemaname = 'public'"


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

    def admin(self) -> psycopg.Connection:
        """A connection past everybody else's."""
        return psycopg.connect(self.env["DATABASE_URL"], autocommit=True)

    def redis(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(folders.sockets(self.var) / "valkey.sock"))

    def database_answers(self) -> bool:
        question = [postgres.programs() / "pg_isready", "-q", "-d", self.env["DATABASE_URL"]]
        return subprocess.run(question, check=False).returncode == 0

    def broker_answers(self) -> bool:
        try:
            with self.redis() as client:
                return client.ping()
        except redis.ConnectionError:
            return False

    def bring_back(self, part: Child, answers) -> None:
        """Has a part started again by whoever keeps it alive, and waits until it answers."""
        while not answers():
            part.keep_alive(lambda said: None)
            time.sleep(0.02)

    def ask(self, *tasks, about=()) -> None:
        """Asks this site's worker for jobs."""
        with app.connection_for_write(self.env["CELERY_BROKER_URL"]) as broker:
            for task in tasks:
                task.apply_async(about, connection=broker)

    def said(self) -> str:
        """The last that worker and beat said, for whoever wonders why something was not done."""
        return "\n".join(part.log.read_text()[-3000:] for part in (self.worker, self.beat))

    def queue_length(self) -> int:
        """How many jobs wait for this site's worker."""
        with self.redis() as broker:
            return broker.llen("celery")

    def set_clock(self, ahead: timedelta) -> None:
        """Every wall clock of the site jumps, the database's too, while all of it runs."""
        Path(self.env["CLOCK_AHEAD"]).write_bytes(struct.pack("d", ahead.total_seconds()))
        with self.admin() as connection:
            connection.execute("UPDATE clock.ahead SET seconds = %s", [ahead.total_seconds()])

    @contextmanager
    def spoken_to(self) -> Iterator[None]:
        """Django in this process speaks to this site's database, which is empty at first; no mail has come yet."""
        tests = connection.settings_dict
        config = environ.Env.db_url_config(self.env["DATABASE_URL"])
        connection.close()
        connection.settings_dict = tests | {"NAME": config["NAME"], "OPTIONS": tests["OPTIONS"] | config["OPTIONS"]}
        with self.admin() as admin:
            kept = "public.django_migrations, "
            admin.execute(f"TRUNCATE {admin.execute(TABLES).fetchone()[0].replace(kept, '')}")
        self.mails.mails.clear()
        self.mails.pause = lambda: 0
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict = tests


@contextmanager
def whole_site(tests: str) -> Iterator[Stack]:
    """The site, answering, with the tables of the tests' database, whose name this is."""
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
        env = _environment(var, port, mails.port)
        assert until(lambda: _copied(tests, env["DATABASE_URL"]))
        web, worker, beat = site.children(var, port, env, guard)
        for child in (web, worker, beat):
            child.log = var / "log" / f"{child.name}.log"
            child.start()
            parts.callback(child.stop)
        site.wait_for(web, port)
        yield Stack(var, env["SITE_URL"], env, database, broker, web, worker, beat, mails, disk)


def _environment(var: Path, port: int, mails: int) -> dict[str, str]:
    (var / "ahead").write_bytes(bytes(8))
    return os.environ | {
        "DATABASE_URL": postgres.url(var),
        "CELERY_BROKER_URL": valkey.url(var, "redis+socket"),
        "CACHE_URL": valkey.url(var, "redis") + "?db=1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "EMAIL_URL": f"smtp://127.0.0.1:{mails}",
        "LEADERBOARD_VAR": str(var),
        "PYTHONPATH": str(Path(__file__).with_name("clock")),
        "CLOCK_AHEAD": str(var / "ahead"),
        "PGOPTIONS": "-c search_path=clock,pg_catalog,public",
    }


def _database(var: Path, guard: Guard, parts: ExitStack) -> tuple[Child, Path]:
    """PostgreSQL, moved to a disk of its own; and that disk."""
    database = postgres.start(var, guard)
    database.stop()
    (var / "disk").mkdir()
    moved = MOVED.format(size=DISK, disk=var / "disk", data=var / "pg")
    mounted = Child("disk", [*ALONE, "sh", "-c", moved], dict(os.environ), guard, log=var / "log" / "disk.log")
    mounted.start()
    parts.callback(mounted.stop)
    disk = Path(f"/proc/{mounted.process.pid}/root{var}/pg")
    assert until((disk / "moved").exists), mounted.log.read_text()
    database.user = ["nsenter", f"--target={mounted.process.pid}", *APART, *database.user]
    database.command = [*database.command, "--min_wal_size=32MB", "--max_wal_size=48MB"]
    database.start()
    parts.callback(database.stop)
    return database, disk


def _copied(tests: str, url: str) -> bool:
    """Whether the database at this address, if it answers yet, has the tables of the tests' one, and a clock."""
    folder = postgres.programs()
    if subprocess.run([folder / "pg_isready", "-q", "-d", url], check=False).returncode:
        return False
    with subprocess.Popen([folder / "pg_dump", tests], stdout=subprocess.PIPE) as dump:
        subprocess.run([folder / "psql", "-qo", "/dev/null", url], stdin=dump.stdout, check=True)
    with psycopg.connect(url) as admin:
        admin.execute(CLOCK)
    return True
