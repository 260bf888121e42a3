"""Finds whether a piece of news was told, made beside running work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("teams", "0017_confirmed_only")]
    operations = [
        AddIndexConcurrently("delivery", models.Index(fields=["subject", "kind"], name="delivery_of_subject")),
    ]
