"""The whole product as `make run` starts it, in a folder of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from leaderboard.local.guard import kill
from leaderboard.local.site import ROOT
from leaderboard.local.supervisor import held
from tests.local.proc import processes_of, read
from tests.ports import free_port

OWN = {"DATABASE_URL": "", "CELERY_BROKER_URL": "", "CACHE_URL": "", "SITE_URL": ""}


def command(var, port):
    """How to start it, with services of its own and without the demo."""
    return {
        "args": [sys.executable, "-m", "leaderboard.local", "--port", str(port)],
        "cwd": ROOT,
        "env": os.environ | OWN | {"LEADERBOARD_VAR": str(var), "DEMO": "0"},
        "text": True,
    }


@contextmanager
def product(var, port):
    """Gives its process when it is ready."""
    with subprocess.Popen(**command(var, port), stdout=subprocess.PIPE) as process:
        try:
            said = [line for line in iter(process.stdout.readline, f"Ready: http://127.0.0.1:{port}/\n") if line]
            assert said == ["Preparing the database …\n"]
            yield process
        finally:
            process.kill()


def web(process):
    """The number of the web server's first process."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return next(int(child) for child in children if b"granian" in read(Path("/proc", child, "cmdline")))


def answers(port):
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def eventually(check, seconds=10):
    until = time.monotonic() + seconds
    while not check() and time.monotonic() < until:
        time.sleep(0.1)
    return check()


def test_it_starts_keeps_a_second_one_out_and_stops(var, static_files):
    port = free_port()
    with product(var, port) as process:
        assert answers(port)

        second = subprocess.run(**command(var, free_port()), capture_output=True)
        sentence = rf"{var} is in use by http://127.0.0.1:{port}/ \(process {process.pid}\): stop it first.*\n"
        assert (second.returncode, second.stdout) == (1, "")
        assert re.fullmatch(sentence, second.stderr)

        process.terminate()
        assert process.wait(20) == 0
        assert processes_of(var) == []
        assert not (var / "env").exists()


@pytest.mark.soak
def test_it_heals_starts_again_and_leaves_nothing_behind_when_it_is_killed(var, static_files):
    port = free_port()
    with product(var, port) as process:
        kill(web(process))
        assert eventually(lambda: not answers(port))
        assert eventually(lambda: answers(port))

        process.terminate()
        assert process.wait(20) == 0

    with product(var, port) as process:
        assert answers(port)

        process.kill()
        assert eventually(lambda: processes_of(var) == [], 30)


def test_a_port_in_use_is_said_in_a_sentence(var):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ran = subprocess.run(**command(var, port), capture_output=True)
    sentence = f"Port {port} is in use: choose another one, for example `make run PORT={port + 1}`.\n"

    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", sentence)


def test_a_port_is_in_use_while_another_product_still_prepares_its_database(var):
    port = free_port()
    with held(port):
        second = subprocess.run(**command(var, port), capture_output=True)
    sentence = f"Port {port} is in use: choose another one, for example `make run PORT={port + 1}`.\n"

    assert (second.returncode, second.stdout, second.stderr) == (1, "", sentence)


def test_a_word_for_a_port_is_refused_in_a_sentence(var):
    ran = subprocess.run(**command(var, "high"), capture_output=True)

    assert (ran.returncode, ran.stderr) == (1, "'high' is not a port: give a number from 1 to 65535.\n")


def test_secrets_may_stand_in_files_here_too(var):
    (var / "key").write_text("only-for-tests-and-long-enough-for-them\n")
    given = {"SECRET_KEY": "", "SECRET_KEY_FILE": str(var / "key")}
    script = "from leaderboard.local.environment import shared; from pathlib import Path; import sys"
    script += "\nwith shared(Path(sys.argv[1]), 'http://127.0.0.1:8000/') as env: print(env['SECRET_KEY'], sorted(env))"

    words = [sys.executable, "-c", script, var]
    done = subprocess.run(words, cwd=ROOT, env=os.environ | given, capture_output=True, text=True, check=True)

    assert done.stdout.startswith("only-for-tests-and-long-enough-for-them [")
    assert "SECRET_KEY_FILE" not in done.stdout


def test_a_secret_whose_file_is_not_there_is_said_in_a_sentence(var):
    words = command(var, free_port())
    words["env"] |= {"SECRET_KEY": "", "SECRET_KEY_FILE": "/nowhere/key"}

    done = subprocess.run(**words, capture_output=True)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "SECRET_KEY_FILE names /nowhere/key, which cannot be read: No such file or directory. "
        "Name a file that the site's user may read.\n"
    )
