"""The views and functions in the database are those that stand in teams/sql."""

from pathlib import Path

import pytest
from django.db import connection

FOLDER = Path(__file__).parents[2] / "teams/sql"
OURS = """
SELECT proname, pg_get_functiondef(oid) FROM pg_proc
WHERE pronamespace = current_schema()::regnamespace AND proname !~ '^_?pgtrigger'
UNION ALL
SELECT viewname, definition FROM pg_views WHERE schemaname = current_schema()
"""


def in_database():
    """The definition of each view and function of ours, by name."""
    with connection.cursor() as cursor:
        cursor.execute(OURS)
        return dict(cursor.fetchall())


def test_each_view_and_function_has_its_file(db):
    assert in_database().keys() == {f"teams_{file.stem}" for file in FOLDER.iterdir()}


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir()), ids=lambda file: file.stem)
def test_the_database_has_what_the_file_says(db, file):
    before = in_database()

    with connection.cursor() as cursor:
        cursor.execute(f"DROP {'VIEW' if ' VIEW ' in file.read_text() else 'FUNCTION'} teams_{file.stem} CASCADE")
        cursor.execute(file.read_text())

    assert in_database().items() <= before.items()
