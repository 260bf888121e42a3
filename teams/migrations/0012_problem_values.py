"""What the sentence names that says what is wrong with a file, or with a cell of it, beside the sentence's source."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0011_void_values"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="problem_values",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="importrow",
            name="problem_values",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
