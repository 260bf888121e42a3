"""What the faults happen to."""

import pytest

from tests.faults.stack import whole_site


@pytest.fixture(scope="module")
def stack(django_db_setup, django_db_blocker, static_files):
    """A whole site for the tests of one file."""
    with whole_site() as stack:
        yield stack
