"""What decides who competes, has access and is on which board stands once in teams/sql; submitting is Python again."""

from django.db import migrations

from teams.migrations import SQL

ADDED = ["last_day", "competes_on", "lacks_access_on", "is_complete", "boards_of"]


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0014_bell_read"),
    ]

    operations = [migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in ADDED]
