"""A database that somebody else runs: another version of PostgreSQL, and TLS whose certificate is checked."""

import os
import pwd
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaderboard.local import postgres
from leaderboard.patches.libpq import with_tls
from tests.deploy.compose import ROOT
from tests.deploy.tls import certificate
from tests.ports import free_port

PASSWORD = "0a1b2c3d"


def test_the_clients_that_make_backups_speak_tls():
    programs = postgres.programs()
    where = f"host=127.0.0.1 port={free_port()} sslmode=verify-full sslrootcert=/nowhere.pem"

    said = subprocess.run(
        [programs / "pg_dump", "-d", where], env=os.environ | with_tls(programs), capture_output=True, text=True
    ).stderr

    assert "Connection refused" in said


@contextmanager
def running(folder, user, port):
    """Debian's oldest PostgreSQL, which takes connections over TLS alone; as another user, for it refuses root."""
    programs = min(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    shutil.chown(folder, user)
    as_user, data = ["setpriv", f"--reuid={user}", "--clear-groups"], folder / "pg"
    (folder / "password").write_text(PASSWORD)
    make = [
        "initdb",
        "-D",
        data,
        "-U",
        "leaderboard",
        f"--pwfile={folder / 'password'}",
        "-A",
        "scram-sha-256",
        "-E",
        "UTF8",
    ]
    subprocess.run([*as_user, programs / make[0], *make[1:], "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL)
    certificate(folder)
    shutil.chown(folder / "server.key", user)
    (data / "pg_hba.conf").write_text("hostssl all all 127.0.0.1/32 scram-sha-256\n")
    own = {"port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "ssl": "on"}
    own |= {"ssl_cert_file": folder / "server.crt", "ssl_key_file": folder / "server.key"}
    server = subprocess.Popen([*as_user, programs / "postgres", "-D", data, *(f"--{name}={own[name]}" for name in own)])
    ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    try:
        while subprocess.run(ready, check=False).returncode:
            assert server.poll() is None
        yield
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.soak
def test_a_backup_is_made_of_the_oldest_postgresql_over_tls_and_restored_there(site_env):
    if os.geteuid() or not list(Path("/usr/lib/postgresql").glob("*/bin")):
        pytest.skip("This needs root and Debian's PostgreSQL: `apt install postgresql` brings it.")
    folder, port = Path("/tmp") / f"outside-{os.getpid()}", free_port()
    folder.mkdir(mode=0o755)
    tls = f"sslmode=verify-full&sslrootcert={folder / 'server.crt'}"
    where = f"postgresql://leaderboard:{PASSWORD}@localhost:{port}/postgres?{tls}"
    env = site_env | {"DATABASE_URL": where, "BACKUPS": str(folder / "backups"), "DATABASE_DIRECT_URL": where}

    def manage(*words):
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout

    try:
        with running(folder, pwd.getpwnam("nobody").pw_uid, port):
            manage("migrate", "--noinput")
            said = manage("backup", "--verify")
    finally:
        shutil.rmtree(folder)

    assert "all there." in said
