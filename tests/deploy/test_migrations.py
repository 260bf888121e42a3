"""Migrations run while the release before them still answers: none may break it or keep a table to itself."""

import pytest
from django_migration_linter import MigrationLinter


@pytest.mark.django_db(transaction=True)
def test_no_migration_breaks_the_release_before_it():
    linter = MigrationLinter(no_cache=True, quiet=["ok", "warning"], analyser_string="postgresql")
    migrations = linter.migration_loader.disk_migrations.values()
    ours = sorted((migration for migration in migrations if migration.app_label == "teams"), key=lambda each: each.name)

    for migration in ours:
        linter.lint_migration(migration)

    assert linter.nb_total >= 7
    assert not linter.has_errors
