"""The views and functions of teams/sql, which stand there as they are now."""

from django.db import migrations

from teams.migrations import BEFORE_0_2, SQL

FILES = ["reading", "score", "team_of", "last_day", "competes_on", "lacks_access_on", "is_complete", "boards_of"]
FILES += ["rounded"]
"""In this order: each uses those before it."""


class Migration(migrations.Migration):
    replaces = BEFORE_0_2

    dependencies = [("teams", "0006_uploads")]
    operations = [migrations.RunSQL((SQL / f"{name}.sql").read_text(), migrations.RunSQL.noop) for name in FILES]
