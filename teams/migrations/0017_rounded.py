"""How a total is rounded stands once in teams/sql."""

from django.db import migrations

from teams.migrations import SQL


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0016_alphabetical"),
    ]

    operations = [
        migrations.RunSQL((SQL / "rounded.sql").read_text(), migrations.RunSQL.noop),
    ]
