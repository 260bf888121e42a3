"""The services of a test run: nothing of them outlives it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leaderboard.local.site import ROOT
from tests.local.proc import processes_of

SLEEP = """
import os, time

def test_sleep():
    print(os.environ["LEADERBOARD_VAR"], flush=True)
    time.sleep(100)
"""


@pytest.mark.soak
def test_a_killed_test_run_leaves_nothing_behind(tmp_path):
    (tmp_path / "test_sleep.py").write_text(SLEEP)
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "-s", tmp_path / "test_sleep.py"]
    own = {"DATABASE_URL": "", "CELERY_BROKER_URL": ""}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, text=True) as tests:
        var = Path(tests.stdout.readline().strip())
        before = processes_of(var)
        tests.kill()
    until = time.monotonic() + 10
    while (processes_of(var) or var.exists()) and time.monotonic() < until:
        time.sleep(0.1)

    assert len(before) > 2  # PostgreSQL's and Valkey
    assert (processes_of(var), var.exists()) == ([], False)
