"""Challenges that count confirmed readings only, and who decided about the others; the extra reminder."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0016_sweeps"),
    ]

    operations = [
        migrations.AddField(
            model_name="challenge",
            name="confirmed_only",
            field=models.BooleanField(
                db_default=False, default=False, help_text="Only readings count that a manager confirmed."
            ),
        ),
        migrations.AddField(
            model_name="entry",
            name="counts_unconfirmed",
            field=models.BooleanField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="ruled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="ruled_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="teams.member",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reminder", "Reminder to submit"),
                    ("read_again", "Reminder to read again"),
                    ("digest", "Who is still silent"),
                    ("month_result", "Result of the month"),
                    ("goal_reached", "Goal reached"),
                    ("challenge_invitation", "Invitation to a challenge"),
                    ("challenge_half_time", "Half-time of a challenge"),
                    ("challenge_last_days", "Last days of a challenge"),
                    ("challenge_result", "Result of a challenge"),
                    ("challenge_news", "News of a challenge"),
                ],
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counts_unconfirmed", None), ("ruled_at", None), ("ruled_by", None)),
                    models.Q(
                        models.Q(("counts_unconfirmed", False), ("ruled_by__isnull", False), _connector="OR"),
                        ("ruled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="entry_says_who_decided",
            ),
        ),
    ]
