"""A void edition ended its series until now; from now on a series ends when it is called off, and is no more one then."""

from django.db import migrations

END_SERIES = "UPDATE teams_challenge SET repeats_monthly = false WHERE voided_at IS NOT NULL AND repeats_monthly;"


class Migration(migrations.Migration):
    dependencies = [("teams", "0035_reasons")]
    operations = [migrations.RunSQL(END_SERIES, migrations.RunSQL.noop)]
