"""What tests of backups share, on this machine and off-site."""

import pytest
from django.db import connection

from tests.makers import make_rep, make_team


@pytest.fixture
def own(tmp_path, transactional_db, settings):
    """A folder of backups, for the tests' database in which somebody is."""
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]
    settings.BACKUPS = str(tmp_path)
    make_rep(make_team(), "Ada", total=61)
    return tmp_path
