"""What tests of backups share, on this machine and off-site; and those that start the whole site themselves."""

import os
from urllib.parse import urlsplit

import psycopg
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


@pytest.fixture
def database(django_db_setup):
    """A database of its own beside the tests', with tables where there are some to begin with; its address."""
    tests, tables = urlsplit(os.environ["DATABASE_URL"]), connection.settings_dict["TEST"].get("TEMPLATE")
    with psycopg.connect(tests._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f"CREATE DATABASE site_of_its_own TEMPLATE {tables or 'template1'}")
        yield tests._replace(path="/site_of_its_own").geturl()
        server.execute("DROP DATABASE site_of_its_own WITH (FORCE)")
