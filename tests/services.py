"""A pytest plugin: PostgreSQL and Valkey of this run alone, started before the settings are read.

Tests that run side by side (`-n auto`) share them, and the static files: each process has its own database and its own
numbers in Valkey.
$DATABASE_URL or $CELERY_BROKER_URL choose services that run already, $PG_BIN another PostgreSQL's programs.
"""

import os
import tempfile
from pathlib import Path

import pytest

from leaderboard.local import folders, postgres, valkey
from leaderboard.local.guard import Guard

GUARD = pytest.StashKey[Guard]()


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Starts them; the guard ends them and removes their folder when this process is gone, however."""
    var = Path(tempfile.mkdtemp(prefix="leaderboard-"))
    guard = early_config.stash[GUARD] = Guard(remove=var)
    folders.make(var)
    if not os.environ.get("DATABASE_URL"):
        postgres.start(var, guard, durable=False)
        os.environ["DATABASE_URL"] = postgres.url(var)
        os.environ["TABLES_IN"] = "tables"
    if not os.environ.get("CELERY_BROKER_URL"):
        valkey.start(var, guard, durable=False)
        os.environ["CELERY_BROKER_URL"] = valkey.url(var, "redis+socket")
        os.environ["CACHE_URL"] = valkey.url(var, "redis") + "?db=1"
    elif process := os.environ.get("PYTEST_XDIST_WORKER"):
        number = 2 * int(process.removeprefix("gw")) + 2
        os.environ["CELERY_BROKER_URL"] += f"?virtual_host={number}"
        os.environ["CACHE_URL"] = os.environ["CACHE_URL"].replace("?db=1", f"?db={number + 1}")
    if "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["STATIC_ROOT"] = str(var / "static")
    os.environ |= {
        "LEADERBOARD_VAR": str(var),
        "SITE_URL": "http://127.0.0.1:8000",
        "SECRET_KEY": "only-for-tests-and-long-enough-for-them",
        "EMAIL_URL": f"filemail:///{var}/mail",
        "DEMO": "0",
        "DEBUG": "0",
    }
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_xdist_auto_num_workers():
    """One more than there are processors, since many tests wait for something."""
    return os.cpu_count() + 1


@pytest.fixture(scope="session")
def guard(pytestconfig):
    """Ends what a test starts, even when the tests are killed."""
    return pytestconfig.stash[GUARD]
