"""The views and functions of teams/sql, which stand there as they are now."""

from pathlib import Path

from django.db import migrations

from teams.migrations import BEFORE_0_2

SQL = Path(__file__).parents[1] / "sql"
FILES = ["reading", "score", "team_of", "mark_stale", "note", "submit"]
"""In this order: each uses those before it."""


class Migration(migrations.Migration):
    replaces = BEFORE_0_2

    dependencies = [("teams", "0006_uploads")]
    operations = [migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in FILES]
