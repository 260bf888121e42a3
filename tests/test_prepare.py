"""`manage.py prepare`, which every start calls."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from teams.models import User


@pytest.mark.django_db
def test_a_demo_that_was_removed_does_not_come_back_at_the_next_start(settings, capsys):
    settings.DEMO = True
    call_command("prepare")

    assert (User.objects.count(), capsys.readouterr().out) == (0, "")


@pytest.mark.django_db
def test_a_database_from_before_this_version_is_left_alone_and_says_what_to_do():
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("teams", "0043_declared_triggers")

    with pytest.raises(CommandError, match=r"from a version before 0\.2"):
        call_command("prepare")


@pytest.mark.django_db
def test_a_database_that_had_every_earlier_migration_goes_on(settings):
    settings.DEMO = False
    recorder, loader = MigrationRecorder(connection), MigrationLoader(connection)
    instead = [key for key, migration in loader.disk_migrations.items() if migration.replaces and key[0] == "teams"]
    for app, name in instead:
        recorder.record_unapplied(app, name)

    call_command("prepare")

    assert recorder.applied_migrations().keys() >= {*instead}
