"""Small indexes of the few among many: who has no access, and which readings were corrected."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("teams", "0026_display_sound"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="member",
            index=models.Index(
                condition=models.Q(("no_access_since__isnull", False)), fields=["id"], name="member_without_access"
            ),
        ),
        AddIndexConcurrently(
            model_name="submission",
            index=models.Index(
                condition=models.Q(("replaces__isnull", False)), fields=["replaces"], name="submission_corrects"
            ),
        ),
    ]
