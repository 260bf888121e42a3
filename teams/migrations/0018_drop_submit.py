"""Functions that became Python; the release before this one asks them no more."""

from django.db import migrations

FUNCTIONS = """
DROP FUNCTION IF EXISTS teams_submit(jsonb, jsonb, boolean, boolean);
DROP FUNCTION IF EXISTS teams_note(jsonb);
DROP FUNCTION IF EXISTS teams_mark_stale(bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0017_rounded"),
    ]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
    ]
