"""PostgreSQL and Valkey that somebody else runs: deploy/compose.external.yml, and the rights that its page names."""

import os
import re
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
import yaml
from redis import Redis

from leaderboard import backups
from leaderboard.environment import SECRETS
from leaderboard.local import folders, postgres
from leaderboard.local.processes import Child
from tests.deploy.compose import ROOT, command, compose, external, merged, services
from tests.deploy.http import Visitor, until
from tests.deploy.tls import certificate, front
from tests.ports import free_port

PAGE = (ROOT / "docs/outside-services.md").read_text()
FILES = {"DATABASE_URL_FILE": "/d", "CELERY_BROKER_URL_FILE": "/b", "CACHE_URL_FILE": "/c"}
OUTSIDE = external(**FILES)
VAR = Path(os.environ["LEADERBOARD_VAR"])
APP = ["migrate", "web", "worker", "beat"]
SITE = "https://leaderboard.example.com"
NAME, PASSWORD = f"{os.environ.get('PYTEST_XDIST_WORKER', 'one')}_guest", "0a1b2c3d"


def block(kind):
    """The lines of the page's block of this kind, for a role, a database and a user of another name and password."""
    found = re.search(rf"^```{kind}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1]
    return [line.replace("leaderboard", NAME).replace("…", PASSWORD) for line in found.splitlines()]


def test_what_somebody_else_runs_is_not_started_here_and_nothing_waits_for_it():
    needs = {name: list(service.get("depends_on", {})) for name, service in OUTSIDE["services"].items()}

    assert needs == {"migrate": [], "web": ["migrate"], "worker": ["migrate"], "beat": ["migrate"], "proxy": ["web"]}


@pytest.mark.parametrize("name", APP)
def test_each_finds_its_addresses_in_secrets_and_has_a_way_there(name):
    service = OUTSIDE["services"][name]
    given = {name: value for name, value in service["environment"].items() if name.endswith("_FILE")}

    assert set(given.values()) <= {f"/run/secrets/{secret}" for secret in service["secrets"]}
    assert set(service["secrets"]) == set(OUTSIDE["secrets"])
    assert [name for name in given if service["environment"][name.removesuffix("_FILE")]] == []
    assert {name.removesuffix("_FILE") for name in given} == {name.upper() for name in OUTSIDE["secrets"]}
    assert "db:" not in str(service["environment"])
    assert "broker:" not in str(service["environment"])
    assert "outside" in service["networks"]


def test_migrations_and_beat_go_past_a_pooler_of_theirs():
    found = {name: OUTSIDE["services"][name]["environment"] for name in APP}

    assert {name: env["DATABASE_URL_FILE"] for name, env in found.items()} == {
        "migrate": "/run/secrets/database_direct_url",
        "web": "/run/secrets/database_url",
        "worker": "/run/secrets/database_url",
        "beat": "/run/secrets/database_direct_url",
    }
    assert external(**FILES, DATABASE_DIRECT_URL_FILE="/p")["secrets"]["database_direct_url"] == {"file": "/p"}
    assert OUTSIDE["secrets"]["database_direct_url"] == OUTSIDE["secrets"]["database_url"] == {"file": "/d"}


@pytest.mark.parametrize("name", APP)
def test_each_asks_the_database_for_a_certificate_of_an_authority_that_is_believed(name):
    service = OUTSIDE["services"][name]

    assert service["environment"]["PGSSLMODE"] == "verify-full"
    assert [{"source": "authorities", "target": service["environment"]["PGSSLROOTCERT"]}] == service["configs"]


@pytest.mark.parametrize("name", FILES)
def test_whoever_forgets_an_address_is_told(name):
    with pytest.raises(KeyError, match=name):
        external(**{other: value for other, value in FILES.items() if other != name})


def test_all_else_is_as_without():
    own = {"environment", "secrets", "configs", "networks", "depends_on"}
    both = [(services()[name], service) for name, service in OUTSIDE["services"].items()]

    assert [{key: service[key] for key in service.keys() - own} for _, service in both] == [
        {key: service[key] for key in service.keys() - own} for service, _ in both
    ]


def test_the_page_shows_how_to_keep_other_secrets_in_files_too():
    shown = yaml.safe_load(re.search(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1])
    both = merged(compose(), shown)
    found = {name: both["services"][name] for name in APP}

    for service in found.values():
        files = {name for name in service["environment"] if name.endswith("_FILE")}
        assert {service["environment"][name] for name in files} == {f"/run/secrets/{name}" for name in both["secrets"]}
        assert {name.removesuffix("_FILE") for name in files} <= {*SECRETS}
        assert {service["environment"][name.removesuffix("_FILE")] for name in files} == {""}


@contextmanager
def with_rights():
    """A database and its owner on the tests' PostgreSQL and a user of the tests' Valkey, made as the page says."""
    database, broker = urlsplit(os.environ["DATABASE_URL"]), urlsplit(os.environ["CELERY_BROKER_URL"])
    if database.hostname or broker.hostname:
        pytest.skip("The front leads to the tests' own services, by their sockets.")
    with (
        psycopg.connect(database._replace(path="/postgres").geturl(), autocommit=True) as server,
        Redis(unix_socket_path=broker.path) as valkey,
    ):
        try:
            for statement in block("sql"):
                server.execute(statement)
            for words in block("redis"):
                valkey.execute_command(*words.split())
            number = int(parse_qs(broker.query).get("virtual_host", ["0"])[0])
            yield parse_qs(database.query)["host"][0], broker.path, number
        finally:
            names = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [NAME]).fetchall()
            for (name,) in names:
                server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
            server.execute(f"DROP ROLE IF EXISTS {NAME}")
            valkey.acl_deluser(NAME)


@pytest.fixture
def secrets(tmp_path):
    """The files of the compose file's secrets, which lead to the tests' services over TLS, and the authority's."""
    certificate(tmp_path / "tls")
    with with_rights() as (folder, valkey, number), ExitStack() as stack:
        database = stack.enter_context(front(f"{folder}/.s.PGSQL.5432", tmp_path / "tls", asks_first=True))
        broker = stack.enter_context(front(valkey, tmp_path / "tls"))
        (tmp_path / "database_url").write_text(f"postgresql://{NAME}:{PASSWORD}@localhost:{database}/{NAME}\n")
        for name, own in (("celery_broker_url", number), ("cache_url", number + 1)):
            address = f"rediss://{NAME}:{PASSWORD}@localhost:{broker}/{own}?ssl_ca_certs={tmp_path}/tls/server.crt\n"
            (tmp_path / name).write_text(address)
        (tmp_path / "database_direct_url").hardlink_to(tmp_path / "database_url")
        yield tmp_path


@pytest.fixture
def env(secrets, static_files):
    """What a service of the two compose files finds in its environment, with these secrets where it looks for them."""
    own = {name: os.environ[name] for name in ("PATH", "STATIC_ROOT", "EMAIL_URL")}
    own |= {"LEADERBOARD_VAR": str(secrets / "var"), "BACKUPS": str(secrets / "backups"), "STATIC_RELEASES": ""}
    own |= {"PGSSLROOTCERT": str(secrets / "tls/server.crt"), "PROMETHEUS_MULTIPROC_DIR": str(secrets / "metrics")}
    (secrets / "metrics").mkdir()

    def env(service):
        given = OUTSIDE["services"][service]["environment"] | own
        return {name: value.replace("/run/secrets", str(secrets)) for name, value in given.items()}

    return env


def manage(env, *words):
    """What one of our commands says, started as the compose file starts migrate."""
    program = command("migrate")[:2]
    done = subprocess.run([*program, *words], cwd=ROOT, env=env("migrate"), capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr[-3000:]
    return done.stdout


@pytest.fixture
def start(env, guard):
    """Starts a service as the compose file does, web on a port of its own; gives that port."""
    with ExitStack() as stack:

        def start(service, **changes):
            port, log = free_port(), VAR / "log" / f"outside-{service}.log"
            own = {"--host=0.0.0.0": "--host=127.0.0.1", "--workers=2": "--workers=1", "--port=8000": f"--port={port}"}
            child = Child(service, command(service, **own | changes), env(service), guard, cwd=ROOT, log=log)
            child.start()
            stack.callback(child.stop)
            return port

        yield start


def answers(port, page):
    """Whether the site answers this page, within a minute after it was started."""
    return until(lambda: _status(port, page) == 200, 60)


def _status(port, page):
    try:
        return Visitor(SITE).get(port, page)[0]
    except OSError:
        return None


def test_it_is_brought_up_to_date_and_answers_over_tls_with_those_rights_alone(env, start):
    manage(env, "migrate", "--noinput")
    port = start("web")

    assert answers(port, "/readyz")
    assert answers(port, "/start/")


def test_whoever_is_not_who_the_authority_says_gets_no_password(env, secrets):
    certificate(secrets / "tls")  # another authority's

    with pytest.raises(AssertionError, match="certificate verify failed"):
        manage(env, "migrate", "--check")


@pytest.mark.soak
def test_everything_works_with_those_rights_and_a_backup_is_restored_there(env, start, secrets):
    manage(env, "migrate", "--noinput")
    port = start("web")
    start("worker")
    start("beat", **{"--schedule=/var/lib/leaderboard/beat": f"--schedule={secrets}/beat"})
    assert answers(port, "/readyz")
    grace, names = Visitor(SITE), {"organization": "Acme", "time_zone": "UTC", "team": "North", "name": "Grace"}
    began = grace.post(port, "/start/", **names, email="grace@example.org", password="a sentence is easy to remember")
    assert began == (302, "/")
    today = time.strftime("%Y-%m-%d", time.gmtime())
    assert grace.post(port, "/team/north/members/", "/team/north/", name="Ada", role="rep", competing="on")[0] == 302
    ada = re.search(r"/reps/(\d+)/", grace.get(port, "/team/north/")[1])[1]
    assert grace.post(port, f"/reps/{ada}/submit/", taken_on=today, total=61) == (302, f"/reps/{ada}/")
    assert until(lambda: "61" in grace.get(port, f"/board/north/{today[:7]}/csv/")[1], 60, every=0.5)

    assert "all there." in manage(env, "backup", "--verify")
    assert "all there." in manage(env, "try_backup")
    backup = next((secrets / "backups").glob("*.dump"))
    assert "is in place" in manage(env, "restore", str(backup))
    assert until(lambda: grace.get(port, "/")[0] == 200)
    with Redis(unix_socket_path=urlsplit(os.environ["CELERY_BROKER_URL"]).path) as valkey:
        assert [entry for entry in valkey.acl_log() if entry["username"] == NAME] == []


@pytest.fixture
def owner(guard):
    """Somebody who owns a database on a server of their own, and is no superuser there; connected to another one.

    The server's autovacuum is busy in it: it comes each second and takes its time.
    """
    with tempfile.TemporaryDirectory(prefix="leaderboard-") as folder, ExitStack() as stack:
        folders.make(Path(folder))
        stack.callback(postgres.start(Path(folder), guard, durable=False).stop)
        with psycopg.connect(postgres.url(Path(folder), "postgres"), autocommit=True) as server:
            for name, value in (("naptime", "1s"), ("vacuum_cost_limit", "1"), ("vacuum_cost_delay", "100ms")):
                server.execute(f"ALTER SYSTEM SET autovacuum_{name} = '{value}'")
            server.execute("SELECT pg_reload_conf()")
            for statement in block("sql"):
                server.execute(statement)
        own = postgres.url(Path(folder), NAME).replace("leaderboard@", f"{NAME}@")
        with psycopg.connect(own, autocommit=True) as database:
            database.execute("CREATE TABLE large AS SELECT repeat('x', 500) AS text FROM generate_series(1, 20000)")
            database.execute("UPDATE large SET text = ''")
        yield stack.enter_context(psycopg.connect(own.replace(f"@/{NAME}", "@/postgres"), autocommit=True))


def test_a_backup_is_put_in_place_although_autovacuum_is_at_it(owner):
    at_it = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename IS NULL"
    assert until(lambda: owner.execute(at_it, [NAME]).fetchall(), 30)

    backups._send_away(owner, NAME)
    owner.execute(f"ALTER DATABASE {NAME} RENAME TO {NAME}_before")

    assert owner.execute(at_it, [f"{NAME}_before"]).fetchall() == []
