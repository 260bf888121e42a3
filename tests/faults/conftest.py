"""What the faults happen to."""

import pytest

from leaderboard.local import site
from leaderboard.local.processes import Child
from tests.conftest import VAR
from tests.deploy.http import until
from tests.faults.stack import whole_site


@pytest.fixture(scope="session")
def running(site_env, static_files):
    """A whole site for all tests of faults that this process runs."""
    with whole_site(site_env["DATABASE_URL"]) as stack:
        yield stack


@pytest.fixture
def stack(running, transactional_db):
    """That site, as if it were new: nobody is there yet."""
    with running.spoken_to():
        yield running


@pytest.fixture
def start(site_env, guard):
    """Starts one more process of the site, with its own environment if need be."""
    started = []

    def start(name, command, **changes):
        child = Child(name, command, site_env | changes, guard, cwd=site.ROOT, log=VAR / "log" / f"{name}.log")
        child.start()
        started.append(child)
        return child

    yield start
    for child in started:
        child.stop()


@pytest.fixture
def second_beat(stack):
    """Somebody started it by mistake; it looks at the clock each second, not only when something is due."""
    folder = stack.var / "second"
    folder.mkdir(exist_ok=True)
    child = Child("beat2", [*site.beat(folder), "--max-interval=1"], stack.env, stack.worker.guard, cwd=site.ROOT)
    child.log = stack.var / "log" / "beat2.log"
    child.start()
    assert until(lambda: any(folder.glob("beat*")), 60), child.log.read_text()
    yield child
    child.stop()
