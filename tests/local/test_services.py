"""The services of a test run: nothing of them outlives it."""

import os
import subprocess
import sys
import time
from pathlib import Path

from leaderboard.local.site import ROOT
from tests.local.proc import started_with

SLEEP = """
import os, time

def test_sleep():
    print(os.environ["LEADERBOARD_VAR"], flush=True)
    time.sleep(100)
"""


def test_a_killed_test_run_leaves_nothing_behind(tmp_path):
    (tmp_path / "test_sleep.py").write_text(SLEEP)
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "-s", tmp_path / "test_sleep.py"]
    own = {"DATABASE_URL": "", "CELERY_BROKER_URL": "", "MARK": str(tmp_path)}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, text=True) as tests:
        var = Path(tests.stdout.readline().strip())
        before = started_with("MARK", tmp_path)
        tests.kill()
    until = time.monotonic() + 10
    while (started_with("MARK", tmp_path) or var.exists()) and time.monotonic() < until:
        time.sleep(0.1)

    assert len(before) > 3  # the tests, their guard, PostgreSQL and Valkey
    assert (started_with("MARK", tmp_path), var.exists()) == ([], False)
