"""Days that look as if LinkedIn had changed its formula, for admins to mark or dismiss."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0014_audit"),
    ]

    operations = [
        migrations.CreateModel(
            name="RecalibrationSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("moved", models.PositiveIntegerField()),
                ("measured", models.PositiveIntegerField()),
                ("shift", models.SmallIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="teams.organization",
                    ),
                ),
            ],
            options={
                "ordering": ["-day"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "day"), name="suggestion_is_made_once_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("organization",),
                        name="suggestion_is_asked_one_at_a_time",
                    ),
                ],
            },
        ),
    ]
