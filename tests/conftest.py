"""What every test may ask for."""

import gc
import os
import subprocess
import sys
from fcntl import LOCK_EX, flock
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from django.test.client import ClientHandler
from django.utils.translation import activate
from hypothesis import settings as examples

from leaderboard.celery import app
from leaderboard.local import site
from leaderboard.local.processes import Child
from teams.live.memoized import MEMOIZED
from tests.chat_server import chat_server
from tests.mail_server import mail_server
from tests.ports import free_port
from tools.words import compile_all

VAR = Path(os.environ["LEADERBOARD_VAR"])
Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1  # slow by design, but not for this process
Argon2PasswordHasher.memory_cost = 64
examples.register_profile("quick", max_examples=40, deadline=None)  # a busy machine is no fault
examples.load_profile("quick")


def pytest_collection_finish():
    """What was loaded by now stays until the end: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """A soak test that could not run has failed: it was asked for by name."""
    report = yield
    if report.skipped and item.get_closest_marker("soak"):
        report.outcome = "failed"
    return report


@pytest.fixture(scope="session", autouse=True)
def compiled_words():
    """The catalogues as Django reads them, before it looks for any."""
    compile_all()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, request):
    """Side by side, the tables are made once, and each process begins with a copy of them.

    Whoever would only wait for them collects the static files meanwhile.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ or "TABLES_IN" not in os.environ:
        return
    url = os.environ["DATABASE_URL"]
    name = connection.settings_dict["TEST"]["TEMPLATE"] = os.environ["TABLES_IN"]
    with psycopg.connect(url, autocommit=True) as database:
        if not database.execute("SELECT pg_try_advisory_lock(1)").fetchone()[0]:
            request.getfixturevalue("static_files")
            database.execute("SELECT pg_advisory_lock(1)")
        if not database.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            database.execute(f"CREATE DATABASE {name}")
            there = os.environ | {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
            subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], env=there, check=True)


@pytest.fixture(scope="session", autouse=True)
def quick_flush(pytestconfig):
    """What a test has stored for others to see is deleted: to truncate fifty tables takes a hundred times as long.

    After a hundred thousand rows it does not: PostgreSQL would go on reading what is dead.
    """
    if pytestconfig.option.markexpr != "soak":
        DatabaseOperations.sql_flush = delete_all


def delete_all(operations, style, tables, **_):
    """The statements that empty these tables, whatever refers to what and whatever may not be changed."""
    names = [operations.quote_name(table) for table in tables]
    lock = f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE"  # until whoever writes has ended
    deletions = [f"DELETE FROM {name}" for name in names]
    return [lock, "SET session_replication_role = replica", *deletions, "SET session_replication_role = DEFAULT"]


@pytest.fixture(autouse=True)
def nothing_memoized():
    """What was rolled back comes again under the same versions, as nowhere else."""
    MEMOIZED.clear()


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English, whatever the pages of the one before were in."""
    activate("en")


@pytest.fixture(scope="session")
def static_files():
    """Pages name their static files by what is in them, so these are collected once, for all that run side by side."""
    with Path(settings.STATIC_ROOT).with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        call_command("collect")
    staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()


@pytest.fixture(scope="session")
def handler(static_files):
    """The site's middleware, loaded once: WhiteNoise looks at every static file when it is."""
    handler = ClientHandler(enforce_csrf_checks=False)
    handler.load_middleware()
    return handler


@pytest.fixture
def browse(handler):
    """Makes a browser without JavaScript, in which nobody or somebody is signed in."""

    def browse(member=None):
        client = Client()
        client.handler = handler
        if member:
            client.force_login(member.user)
        return client

    return browse


@pytest.fixture
def client(browse):
    return browse()


@pytest.fixture(scope="session")
def port():
    return free_port()


@pytest.fixture(scope="session")
def site_env(django_db_setup, port):
    """The environment of the site's own processes: the tests' database, the tests' broker."""
    database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {"DATABASE_URL": database.geturl(), "SITE_URL": f"http://127.0.0.1:{port}"}


@pytest.fixture(scope="session")
def web(site_env, static_files, port, guard):
    """The web server that people get, in a process of its own, for the whole run; gives its address."""
    child = Child("web", site.web(port), site_env, guard, cwd=site.ROOT, log=VAR / "log" / "web.log")
    child.start()
    site.wait_for(child, port)
    yield site_env["SITE_URL"]
    child.stop()


@pytest.fixture
def live(web, transactional_db):
    """The address of the real site, with an empty database and an empty cache."""
    cache.clear()
    return web


@pytest.fixture
def worker(site_env, transactional_db, guard):
    """A real worker on an empty queue; `worker.kill()` and `worker.start()` show what survives."""
    app.control.purge()
    child = Child("worker", site.worker(1), site_env, guard, cwd=site.ROOT, log=VAR / "log" / "worker.log")
    child.start()
    yield child
    child.stop()


@pytest.fixture
def beat(site_env, worker, guard):
    """A real beat, for a worker that gets only what is due."""
    child = Child("beat", site.beat(VAR), site_env, guard, cwd=site.ROOT, log=VAR / "log" / "beat.log")
    child.start()
    yield child
    child.stop()


@pytest.fixture
def mailbox(settings):
    """A real mail server that this process sends to."""
    settings.EMAIL_BACKEND = "teams.mail.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 1
    with mail_server(settings.EMAIL_PORT) as server:
        yield server


@pytest.fixture
def chat(settings):
    """A real web server that plays a chat, which this process may post to."""
    settings.ALLOW_PRIVATE_WEBHOOKS = True
    with chat_server() as server:
        yield server
