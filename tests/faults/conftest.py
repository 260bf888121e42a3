"""What the faults happen to."""

import pytest

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
