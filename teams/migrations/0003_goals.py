"""Goals."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("teams", "0002_append_only_and_views")]
    operations = []
