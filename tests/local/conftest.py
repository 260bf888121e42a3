"""Services of a test's own, beside the ones that the whole run uses."""

import tempfile
from pathlib import Path

import pytest

from leaderboard.local import folders
from leaderboard.local.guard import Guard


@pytest.fixture
def var():
    with tempfile.TemporaryDirectory(prefix="leaderboard-") as folder:
        folders.make(Path(folder))
        yield Path(folder)


@pytest.fixture
def guard():
    guard = Guard()
    yield guard
    guard.close()
