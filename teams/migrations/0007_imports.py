"""Imports and their staging rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("teams", "0006_people")]
    operations = []
