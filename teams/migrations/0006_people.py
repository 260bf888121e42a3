"""Invitations and settings of people."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("teams", "0005_reminders")]
    operations = []
