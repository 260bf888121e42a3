"""Whether only readings with evidence count, where something is played for; not in challenges that were made before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0024_moments"),
    ]

    operations = [
        migrations.AddField(
            model_name="challenge",
            name="evidenced_only",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="Where something is played for, only readings with evidence count.",
            ),
        ),
    ]
