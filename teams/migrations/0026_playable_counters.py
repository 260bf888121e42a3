"""What a team counts may be played for; who stored a figure how and why; who was away when a month closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0025_evidence"),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="away",
            field=models.JSONField(
                blank=True,
                help_text="Closed: the ids of those who were on leave, with a score or without. Empty: as things are now.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="counter",
            name="playable",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="counter",
            name="unit",
            field=models.CharField(blank=True, db_default="", default="", max_length=12, verbose_name="Unit"),
        ),
        migrations.AddField(
            model_name="figure",
            name="reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="figure",
            name="source",
            field=models.CharField(
                choices=[("own", "entered by themselves"), ("manager", "entered by a manager"), ("import", "imported")],
                db_default="manager",
                default="manager",
                max_length=8,
            ),
        ),
    ]
