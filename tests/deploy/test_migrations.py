"""Migrations run while the release before them still answers: none may break it or keep a table to itself."""

import pytest
from django_migration_linter import MigrationLinter

LOOKED_AT = {
    "0033_played_counters": "Widens numbers and what may stand twice, which the release before lives with, "
    "in tables of goals and challenges that are rewritten in a blink.",
    "0039_told_once": "Makes unique what has the column of 0038, which the release before leaves empty.",
}
"""What the linter cannot know to be harmless, and why it is."""


@pytest.mark.django_db(transaction=True)
def test_no_migration_breaks_the_release_before_it():
    linter = MigrationLinter(
        no_cache=True, quiet=["ok", "warning"], analyser_string="postgresql", ignore_name=list(LOOKED_AT)
    )
    migrations = linter.migration_loader.disk_migrations.values()
    ours = sorted((migration for migration in migrations if migration.app_label == "teams"), key=lambda each: each.name)

    for migration in ours:
        linter.lint_migration(migration)

    assert linter.nb_total >= 7
    assert not linter.has_errors
