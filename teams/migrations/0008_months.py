"""Closing, amendments and confirmations."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("teams", "0007_imports")]
    operations = []
