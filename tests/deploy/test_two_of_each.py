"""Two web and two worker processes and one beat, started by the compose file's commands, are one site."""

import csv
import os
import re
import socket
import subprocess
import time
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from signal import SIGKILL

import httpx
import psycopg
import pytest
from celery.beat import PersistentScheduler

from deploy.healthy import healthy
from leaderboard.celery import app
from leaderboard.local.processes import Child
from tests.deploy.compose import ROOT, command, environment
from tests.deploy.http import Visitor, until

VAR = Path(os.environ["LEADERBOARD_VAR"])
SITE = "https://leaderboard.example.com"
TOKEN = "only-the-operator-knows"


@pytest.fixture
def env(database, static_files, tmp_path):
    """What the compose file sets, with the services of these tests and an empty queue."""
    own = ["DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "LEADERBOARD_VAR", "STATIC_ROOT"]
    counts = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path / "metrics"), "METRICS_TOKEN": TOKEN}
    app.control.purge()
    return environment("web", **{name: os.environ[name] for name in own} | counts | {"DATABASE_URL": database})


@pytest.fixture
def start(env, guard):
    """Starts a service by its command; gives the child."""
    with ExitStack() as stack:

        def start(service, number=1, **changes):
            name = f"{service}{number}"
            words = command(service, **changes)
            child = Child(name, words, env | {"PGAPPNAME": name}, guard, cwd=ROOT, log=VAR / "log" / f"{name}.log")
            child.start()
            stack.callback(child.stop)
            return child

        yield start


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def keep_schedule(path, sent_before):
    """The schedule that a beat kept which stopped a while ago, as its successor finds it."""
    scheduler = PersistentScheduler(app, schedule_filename=str(path), lazy=True)
    scheduler.setup_schedule()
    for entry in scheduler.schedule.values():
        entry.last_run_at -= sent_before
    scheduler.close()


@pytest.mark.soak
def test_a_submission_through_one_shows_on_the_other_though_a_worker_is_killed(env, start, database):
    subprocess.run(command("migrate"), cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    one, two = free_port(), free_port()
    single = {"--host=0.0.0.0": "--host=127.0.0.1", "--workers=2": "--workers=1"}
    for number, port in enumerate([one, two], 1):
        start("web", number, **single, **{"--port=8000": f"--port={port}"})
    workers = {f"worker{number}": start("worker", number) for number in [1, 2]}
    assert until(lambda: healthy(one) and healthy(two))
    grace = Visitor(SITE)

    # The first organization is made through one process, and the session holds at the other.
    password = "a sentence is easy to remember"
    began = grace.post(
        one,
        "/start/",
        organization="Acme",
        time_zone="UTC",
        team="North",
        name="Grace",
        email="grace@example.org",
        password=password,
    )
    assert began == (302, "/")
    assert grace.post(two, "/team/north/members/", "/team/north/", name="Ada", role="rep", competing="on")[0] == 302
    ada = re.search(r"/reps/(\d+)/", grace.get(two, "/team/north/")[1])[1]
    cookies = dict(grace.cookies)
    grace.cookies.clear()
    assert grace.post(two, "/accounts/login/", login="grace@example.org", password=password)[0] == 302
    assert grace.cookies["__Host-session"] != cookies["__Host-session"]

    # A reading typed at one shows on the board of the other.
    month = time.strftime("%Y-%m", time.gmtime())
    today = time.strftime("%Y-%m-%d", time.gmtime())
    submitted = grace.post(one, f"/reps/{ada}/submit/", taken_on=today, total=61)
    assert submitted == (302, f"/reps/{ada}/")
    assert until(lambda: standings(grace, two, month), every=0.5) == [["1", "Ada", "61"]]

    # A worker is killed in the middle of ranking; beat, back after a while, has the other one do it.
    with psycopg.connect(database) as connection:
        connection.execute("LOCK TABLE teams_standing IN EXCLUSIVE MODE")
        assert grace.post(two, f"/reps/{ada}/submit/", taken_on=today, total=74)[0] == 302
        waiting = until(lambda: who_waits(database))
        os.killpg(workers[waiting].process.pid, SIGKILL)
    schedule = VAR / "two-of-each-beat"
    keep_schedule(schedule, timedelta(minutes=2))
    start("beat", **{"--schedule=/var/lib/leaderboard/beat": f"--schedule={schedule}"})
    assert until(lambda: standings(grace, one, month) == [["1", "Ada", "74"]], 60, every=2)
    assert standings(grace, two, month) == [["1", "Ada", "74"]]
    assert workers[waiting].ended()

    # Whichever is asked tells what all of them did, the dead one too; a job that fails is counted as that.
    app.send_task("teams.tasks.ranking.rank_board", [])
    failed = ("jobs_total", 'job="ranking.rank_board",state="failure"')
    assert until(lambda: counted(one, *failed) == counted(two, *failed) == 1)
    assert counted(one, "jobs_total", 'job="ranking.rank_board",state="success"') >= 1
    asked = [counted(port, "request_seconds_count", 'page="submit_for",status="302"') for port in (one, two)]
    assert asked == [2, 2]
    written = {path.name.rpartition("-")[0] for path in Path(env["PROMETHEUS_MULTIPROC_DIR"]).glob("counter_*-*")}
    assert written == {f"counter_{socket.gethostname()}"}


def standings(visitor, port, month):
    """The board's rows as one web process serves them: place, name, score."""
    status, rows = visitor.get(port, f"/board/north/{month}/csv/")
    assert status == 200
    return [row[:3] for row in csv.reader(rows.splitlines()[1:])]


def counted(port, name, labels):
    """A figure of /metrics as one web process tells it."""
    text = httpx.get(f"http://127.0.0.1:{port}/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text
    found = re.search(rf"^leaderboard_{name}{{{labels}}} (.*)$", text, re.MULTILINE)
    return found and float(found[1])


def who_waits(database):
    """The name of the worker whose ranking waits for a lock."""
    question = (
        "SELECT application_name FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    with psycopg.connect(database) as connection:
        row = connection.execute(question).fetchone()
    return row and row[0]
