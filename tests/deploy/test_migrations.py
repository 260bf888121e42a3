"""Migrations run while the release before them still answers: none may break it or keep a table to itself."""

import pytest
from django_migration_linter import MigrationLinter

FIRST = "0021"
"""The ones before made their tables while nobody ran the product."""


@pytest.mark.django_db(transaction=True)
def test_no_migration_breaks_the_release_before_it():
    linter = MigrationLinter(no_cache=True, quiet=["ok", "warning"], analyser_string="postgresql")
    every = linter.migration_loader.disk_migrations.values()
    ours = sorted((each for each in every if each.app_label == "teams"), key=lambda each: each.name)

    for migration in ours:
        if migration.name >= FIRST:
            linter.lint_migration(migration)

    assert linter.nb_total > 8
    assert not linter.has_errors
