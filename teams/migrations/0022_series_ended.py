"""When a monthly challenge came for the last time, as its maker manages the team no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0021_display_chosen_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="challenge",
            name="series_ended_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When no further edition was made, as its maker left the team.",
                null=True,
            ),
        ),
    ]
