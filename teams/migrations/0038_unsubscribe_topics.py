"""A mail may be about several topics, and its link takes its reader off all of them."""

import django.contrib.postgres.fields
from django.db import migrations, models

TOPICS = [
    ("reminders", "Reminders to submit"),
    ("challenges", "Challenges: invitations, what is still needed, results"),
    ("results", "Results of a month, and goals reached"),
    ("digests", "For managers: who is still silent"),
]


class Migration(migrations.Migration):
    dependencies = [("teams", "0037_closing_team")]

    operations = [
        migrations.AddField(
            model_name="unsubscribelink",
            name="more_topics",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=TOPICS, max_length=16), blank=True, null=True, size=None
            ),
        ),
    ]
