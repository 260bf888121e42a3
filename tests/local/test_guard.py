"""The guard: what its parent started goes when the parent is killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from leaderboard.local.guard import watched

PARENT = """
import os, sys, time
from leaderboard.local.guard import Guard
from leaderboard.local.processes import Child

guard = Guard()
# A leader that ignores the request to stop, with a child in its group, as web server and worker have them.
child = Child("stubborn", ["sh", "-c", "trap '' TERM; sleep 100 & sleep 100"], dict(os.environ), guard)
child.start()
print(child.process.pid, flush=True)
time.sleep(100)
"""


def test_a_whole_group_ends_after_its_starter_is_killed():
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        group = int(parent.stdout.readline())
        parent.send_signal(signal.SIGKILL)
    until = time.monotonic() + 10
    while living(group) and time.monotonic() < until:
        time.sleep(0.1)

    assert living(group) == []


def test_guard_knows_the_latest_group_of_a_name_and_forgets_what_was_stopped():
    lines = ["PostgreSQL 10 2\n", "web 11 15\n", "web 12 15\n", "worker 13 15\n", "PostgreSQL 14 2\n", "worker\n"]

    assert list(watched(lines).items()) == [("PostgreSQL", (14, 2)), ("web", (12, 15))]


def living(group):
    """The processes of the group, without those that are dead and only wait to be counted."""
    members = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
    return [state for state, _, its_group, *_ in members if int(its_group) == group and state != "Z"]
