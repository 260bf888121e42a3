"""What became of a challenge when LinkedIn changed its formula while it ran."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("teams", "0008_months")]
    operations = [
        migrations.CreateModel(
            name="RecalibrationChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("stand", "Let it stand: every reading counts as read"),
                            ("shift", "Shift: readings before it, the start too, move by the median change"),
                            ("void", "Void: end the challenge, without a result"),
                        ],
                        max_length=5,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                (
                    "challenge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="teams.challenge",
                    ),
                ),
                (
                    "recalibration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="teams.recalibration"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "recalibration"), name="choice_is_one_a_recalibration"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by__isnull", False), ("choice", "stand"), _connector="OR"),
                        name="choice_of_nobody_lets_it_stand",
                    ),
                ],
            },
        ),
    ]
