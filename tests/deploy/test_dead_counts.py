"""Counts of processes that are no more: they stay in the sums, and their files go."""

import os
import subprocess
import sys
from signal import SIGKILL

import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from leaderboard.patches import dead_counts

COUNT = """
import os, sys
from pathlib import Path
from prometheus_client import Counter, values
from leaderboard.patches import dead_counts
values.ValueClass = values.MultiProcessValue(dead_counts.named(Path(sys.argv[1]), "web"))
jobs = Counter("jobs", "Jobs", ["state"])
jobs.labels("done").inc(int(sys.argv[2]))
forked = os.fork()
if not forked:
    jobs.labels("done").inc(int(sys.argv[2]))
os.write(1, b"counted\\n")
sys.stdin.read()
if forked:
    os.waitpid(forked, 0)
"""
"""A process that counts so much, as its child does, and lives until it is told to end, or is killed."""


@pytest.fixture
def start(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    started = []

    def start(much):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 0}
        started.append(subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path), str(much)], **pipes))
        assert [started[-1].stdout.readline() for _ in "ab"] == ["counted\n"] * 2
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def total(folder):
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(folder))
    return registry.get_sample_value("jobs_total", {"state": "done"})


def files(folder):
    return sorted(path.name.partition("_")[2] for path in folder.glob("counter_*.db"))


def test_what_dead_processes_counted_stays_and_what_they_wrote_goes_when_another_starts(start, tmp_path):
    alive, killed, ended = start(1), start(10), start(100)
    assert (total(tmp_path), len(files(tmp_path))) == (222, 6)

    killed.send_signal(SIGKILL)  # its child, which reads the same input, ends by itself
    for gone in (killed, ended):
        gone.communicate()
    assert total(tmp_path) == 222
    newest = start(1000)

    processes = [f"web-{process.pid}.db" for process in (alive, newest)]
    assert total(tmp_path) == 2222
    assert len(files(tmp_path)) == 5  # of the living, their children, and all who have ended
    assert {*processes, "ended.db"} <= set(files(tmp_path))
    assert len(list(tmp_path.glob("web-*.lock"))) == 4


def test_a_process_that_counts_nothing_needs_no_folder_to_write_to(tmp_path):
    missing = tmp_path / "missing"

    assert dead_counts.named(missing, "web")() == f"web-{os.getpid()}"
    assert list(tmp_path.iterdir()) == []
