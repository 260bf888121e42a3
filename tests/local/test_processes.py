"""A child that ends by itself comes back, each time a little later; and what looks after it is small."""

import ast
import os
import subprocess
import sys
import time

from leaderboard.local.processes import Child
from leaderboard.local.site import ROOT


def test_a_child_that_keeps_ending_is_started_later_and_later(guard):
    said = []
    child = Child("brief", ["true"], dict(os.environ), guard)
    child.start()
    until = time.monotonic() + 10
    while len(said) < 3 and time.monotonic() < until:
        child.keep_alive(said.append)
        time.sleep(0.05)

    assert said == [f"brief ended by itself; it starts again in {delay} s." for delay in ("0.5", "1", "2")]


def test_a_child_that_does_not_stop_when_asked_is_killed(guard):
    child = Child("stubborn", ["sh", "-c", "trap '' TERM; sleep 100"], dict(os.environ), guard, patience=0.5)
    child.start()
    time.sleep(0.2)
    child.stop()

    assert child.process.returncode == -9


def test_the_supervisor_holds_neither_django_nor_celery():
    """It and its guard are there all the time: with them each held 32 MB instead of 12."""
    words = "import sys, leaderboard.local.__main__; print(sorted({name.split('.')[0] for name in sys.modules}))"

    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)

    assert {"celery", "django", "redis", "kombu"} & set(ast.literal_eval(done.stdout)) == set()
