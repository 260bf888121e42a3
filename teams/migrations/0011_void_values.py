"""What the sentence of a challenge that ended without a result names, beside the code of its reason."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0010_board_absent"),
    ]

    operations = [
        migrations.AddField(
            model_name="challenge",
            name="void_values",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
