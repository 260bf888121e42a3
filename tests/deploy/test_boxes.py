"""The compose file's services in containers of a real engine: what breaks there, and must not.

Needs root, Debian's `docker.io`, `mmdebstrap` and `iptables`, and Docker's Compose with buildx. The images of others
are stand-ins (`tests/deploy/boxes/stand_ins.py`). The first run takes ten minutes, the next ones a few.
"""

import os
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection, HTTPException

import pyrage
import pytest

from tests.deploy.boxes import engine
from tests.deploy.boxes.bucket import USER, serving
from tests.deploy.compose import ROOT
from tests.deploy.http import Visitor, until

pytestmark = pytest.mark.soak
SITE, PORT = "https://leaderboard.internal", 8443
PASSWORD = "a sentence is easy to remember"
ENV = f"""
SITE_URL={SITE}
SECRET_KEY=for-the-tests-of-the-compose-file-and-nothing-else-0123456789
POSTGRES_PASSWORD=0a1b2c3d
EMAIL_URL=smtp://mail:25
DEFAULT_FROM_EMAIL=Leaderboard <leaderboard@example.com>
"""
OVERRIDE = f"""
services:
  proxy: {{ports: !override ["127.0.0.1:{PORT}:443"]}}
  mail: {{image: stand-in-mail, pull_policy: never, networks: [outside]}}
  worker: {{extra_hosts: ["bucket:host-gateway"]}}
"""
RUNNING = "{{.State.Running}} {{.State.Health.Status}}"
FORKS = """
import os, time
for _ in range(300):
    if not os.fork():
        time.sleep(20)
        os._exit(0)
"""


class Boxes:
    """What a test does with the services: `compose("stop", "web")`, `run("deploy/roll.sh")`."""

    def __init__(self, folder):
        (folder / "env").write_text(ENV)
        (folder / "override.yml").write_text(OVERRIDE)
        files = f"docker-compose.yml:{folder / 'override.yml'}"
        own = {"COMPOSE_FILE": files, "COMPOSE_ENV_FILES": str(folder / "env"), "COMPOSE_PROJECT_NAME": "boxes"}
        self.env, self.folder = engine.environment() | own, folder

    def run(self, *words, **changes):
        """The program's end and what it said."""
        done = subprocess.run(words, cwd=ROOT, env=self.env | changes, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    def compose(self, *words):
        """What a command of Compose says; an error where it fails."""
        code, said = self.run("docker", "compose", *words)
        assert code == 0, said[-3000:]
        return said

    def visitor(self):
        """Somebody with a browser, who trusts the proxy's own authority."""
        self.compose("cp", "proxy:/data/caddy/pki/authorities/local/root.crt", str(self.folder / "root.crt"))
        return Guest(ssl.create_default_context(cafile=self.folder / "root.crt"))


class Guest(Visitor):
    """A visitor who comes to the proxy, over TLS."""

    def __init__(self, trust):
        super().__init__(SITE)
        self.trust = trust

    def connect(self, port):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        plain = socket.create_connection(("127.0.0.1", port), timeout=60)
        connection.sock = self.trust.wrap_socket(plain, server_hostname=self.site.hostname)
        return connection


@pytest.fixture(scope="module")
def boxes(tmp_path_factory):
    if lacking := engine.missing():
        pytest.skip(lacking)
    with engine.running():
        boxes = Boxes(tmp_path_factory.mktemp("boxes"))
        try:
            boxes.compose("up", "-d", "--build", "--wait")
            yield boxes
        finally:
            boxes.compose("down", "--volumes")


@pytest.fixture(scope="module")
def grace(boxes):
    """The first admin, who began the site through the proxy."""
    grace = boxes.visitor()
    names = {"organization": "Acme", "time_zone": "UTC", "team": "North", "name": "Grace"}
    began = grace.post(PORT, "/start/", **names, email="grace@example.org", password=PASSWORD)
    assert began == (302, "/")
    return grace


@contextmanager
def visits(guest, count=4, page="/accounts/login/", times=None):
    """Pages asked for without pause by so many; gives their states, or the names of the errors.

    `times` gets when each was answered with something else than 200, in seconds.
    """
    states, over, times = [], threading.Event(), [] if times is None else times

    def visit():
        while not over.wait(0.1):
            try:
                states.append(guest.get(PORT, page)[0])
            except (OSError, HTTPException) as error:
                states.append(type(error).__name__)
            if states[-1] != 200:
                times.append(time.time())

    threads = [threading.Thread(target=visit) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield states
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_a_site_begins_and_a_member_is_added_and_the_mail_goes_out(boxes, grace):
    added = grace.post(
        PORT, "/team/north/members/", "/team/north/", name="Ada", role="rep", competing="on", email="ada@example.org"
    )

    assert added[0] == 302
    assert grace.get(PORT, "/team/north/")[0] == 200
    assert until(lambda: "ada@example.org" in boxes.compose("logs", "mail"), 30, every=1)


def test_a_web_container_that_is_frozen_is_left_out(boxes, grace):
    frozen = boxes.compose("ps", "-q", "web").split()[0]
    engine.docker("pause", frozen)
    try:
        time.sleep(2.5)
        with visits(boxes.visitor()) as states:
            time.sleep(5)
    finally:
        engine.docker("unpause", frozen)

    assert len(states) > 20
    assert set(states) == {200}


def test_while_no_web_container_answers_the_page_says_when_to_come_again(boxes, grace):
    guest = boxes.visitor()
    boxes.compose("pause", "web")
    try:
        time.sleep(2.5)
        status, headers, text = guest._ask(PORT, "GET", "/accounts/login/")
    finally:
        boxes.compose("unpause", "web")

    assert (status, headers["Retry-After"]) == (503, "5")
    assert "<h1>One moment</h1>" in text
    assert until(lambda: guest.get(PORT, "/healthz")[0] == 200, 30, every=0.5)


def test_a_web_container_that_is_killed_costs_the_pages_that_it_was_answering_and_comes_back(boxes, grace):
    killed = boxes.compose("ps", "-q", "web").split()[0]

    with visits(boxes.visitor()) as states:
        time.sleep(1)
        os.kill(int(engine.docker("inspect", "-f", "{{.State.Pid}}", killed)), signal.SIGKILL)
        time.sleep(10)

    assert len(states) > 50
    assert len([state for state in states if state != 200]) <= 4  # one of each visitor
    assert until(lambda: "true healthy" in engine.docker("inspect", "-f", RUNNING, killed), 60, every=1)


def test_whoever_takes_too_much_memory_or_too_many_processes_is_ended_or_refused_and_the_site_answers(boxes, grace):
    with visits(boxes.visitor()) as states:
        memory = boxes.run("docker", "compose", "exec", "-T", "web", "python", "-c", "b'x' * 2_000_000_000")
        processes = boxes.run("docker", "compose", "exec", "-T", "web", "python", "-c", FORKS)

    assert memory[0] == 137, memory
    assert "BlockingIOError" in processes[1], processes
    assert set(states) == {200}


def back_after_a_restart_of_the_database(boxes, guest):
    """Seconds from the database's return to the last page that was refused."""
    refused = []
    with visits(guest, page="/", times=refused) as states:
        time.sleep(1)
        boxes.compose("restart", "db")
        assert until(lambda: len(states) > 4 and states[-4:] == [200] * 4, 60, every=0.5)
        time.sleep(5)
    said = engine.docker("logs", "--timestamps", boxes.compose("ps", "-q", "db").strip(), both=True)
    ready = [line for line in said.splitlines() if "ready to accept connections" in line][-1].split()[0]
    assert set(states) <= {200, 503}
    return max(refused, default=0) - datetime.fromisoformat(ready[:26] + "+00:00").timestamp()


def test_after_a_restart_of_the_database_pages_work_within_two_seconds(boxes, grace):
    away = back_after_a_restart_of_the_database(boxes, grace)
    print(f"back after {away:.1f} s without the pooler")

    assert away < 2


def test_an_update_that_fails_leaves_the_version_before_serving(boxes, grace):
    before = boxes.compose("ps", "-q", "web")

    code, said = boxes.run("deploy/roll.sh", POSTGRES_PASSWORD="wrong")

    assert code == 1
    assert "The database could not be brought up to date. The version before goes on serving." in said
    assert boxes.compose("ps", "-q", "web") == before
    assert grace.get(PORT, "/")[0] == 200


def test_during_an_update_no_page_fails_and_everybody_stays_signed_in(boxes, grace):
    before = set(boxes.compose("ps", "-q", "web").split())

    with visits(boxes.visitor()) as states:
        code, said = boxes.run("deploy/roll.sh")

    assert code == 0, said[-3000:]
    assert not before & set(boxes.compose("ps", "-q", "web").split())
    assert len(states) > 100
    assert set(states) == {200}
    assert grace.get(PORT, "/")[0] == 200


def test_a_sheet_that_only_the_version_before_has_is_served_after_an_update(boxes, grace):
    lay = "for release in /releases/2*; do echo before > $release/built/base.before.css; done"
    boxes.compose("run", "--rm", "-T", "--no-deps", "migrate", "sh", "-c", lay)

    assert grace.get(PORT, "/static/built/base.before.css") == (200, "before\n")


def test_a_copy_from_elsewhere_is_restored_onto_empty_volumes_by_one_command(boxes, grace):
    away = boxes.folder / "away"
    away.mkdir(mode=0o700)
    boxes.compose("exec", "-T", "worker", "python", "manage.py", "backup")
    boxes.compose("cp", "worker:/backups/.", str(away))
    boxes.compose("down", "--volumes")

    code, said = boxes.run("deploy/restore.sh", str(next(away.glob("*.dump"))))
    shutil.rmtree(away)

    assert code == 0, said[-3000:]
    back = boxes.visitor()
    assert until(lambda: back.get(PORT, "/healthz")[0] == 200, 30, every=0.5)
    assert back.post(PORT, "/accounts/login/", login="grace@example.org", password=PASSWORD) == (302, "/")
    assert "Ada" in back.get(PORT, "/team/north/")[1]


def test_a_backup_in_a_bucket_is_restored_onto_empty_volumes_by_one_command(boxes, grace, tmp_path):
    key = str(pyrage.x25519.Identity.generate())
    who = dict(zip(("OFFSITE_ACCESS_KEY_ID", "OFFSITE_SECRET_ACCESS_KEY"), USER.values(), strict=True))
    with serving(tmp_path, everywhere=True) as port:
        place = {"OFFSITE": "s3://backups/site", "OFFSITE_ENDPOINT": f"http://bucket:{port}", "OFFSITE_KEY": key}
        boxes.env |= who | place
        boxes.compose("up", "-d", "--wait")
        boxes.compose("exec", "-T", "worker", "python", "manage.py", "backup")
        boxes.compose("exec", "-T", "worker", "python", "manage.py", "try_backup")
        boxes.compose("down", "--volumes")

        code, said = boxes.run("deploy/restore.sh", "offsite")

    assert code == 0, said[-3000:]
    back = boxes.visitor()
    assert until(lambda: back.get(PORT, "/healthz")[0] == 200, 30, every=0.5)
    assert back.post(PORT, "/accounts/login/", login="grace@example.org", password=PASSWORD) == (302, "/")


def test_with_the_pooler_too_pages_work_within_two_seconds_of_the_database_s_return(boxes, grace):
    boxes.env |= {"COMPOSE_PROFILES": "pooler", "DATABASE_HOST": "pooler", "DATABASE_POOLED": "1"}
    boxes.compose("up", "-d", "--build", "--wait")
    guest = boxes.visitor()
    assert guest.post(PORT, "/accounts/login/", login="grace@example.org", password=PASSWORD) == (302, "/")

    away = back_after_a_restart_of_the_database(boxes, guest)
    print(f"back after {away:.1f} s with the pooler")

    assert away < 2
