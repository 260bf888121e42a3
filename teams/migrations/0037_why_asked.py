"""An import keeps why it asks who somebody is, so that its page can say it."""

from django.db import migrations, models

REASONS = ["several", "address", "other", "alike", "sums", "twice", "pair", "extreme"]


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0036_slack"),
    ]

    operations = [
        migrations.AddField(
            model_name="importperson",
            name="asked_because",
            field=models.CharField(
                blank=True,
                choices=[(reason, reason) for reason in REASONS],
                db_default="",
                default="",
                editable=False,
                max_length=8,
            ),
        ),
    ]
