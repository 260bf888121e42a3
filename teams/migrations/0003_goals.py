"""Goals."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("teams", "0002_append_only_and_views")]
    operations = [
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("score", "score"),
                            ("mean", "mean"),
                            ("everybody", "everybody"),
                            ("coverage", "coverage"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "pillar",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("brand", "brand"),
                            ("people", "people"),
                            ("insights", "insights"),
                            ("relationships", "relationships"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("started_on", models.DateField()),
                ("due_on", models.DateField(verbose_name="by")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                ("shared", models.BooleanField(default=False, verbose_name="my team sees it")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                ("reached_on", models.DateField(blank=True, null=True)),
                ("celebrated_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="teams.member"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="teams.team"
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("cancelled_on", None)), fields=["due_on"], name="goal_is_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "score"), ("member__isnull", False), ("team", None)),
                            models.Q(
                                ("member", None),
                                ("shared", False),
                                ("team__isnull", False),
                                models.Q(("kind", "score"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="goal_is_of_a_team_or_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pillar", ""), models.Q(("kind", "mean"), ("target__lte", 25)), _connector="OR"
                        ),
                        name="goal_of_a_pillar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target__range", (1, 100))), name="goal_target_is_1_to_100"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("started_on"))), name="goal_is_due_after_it_began"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reached_on", None),
                            models.Q(("celebrated_at__isnull", False), ("reached_on__lte", models.F("due_on"))),
                            _connector="OR",
                        ),
                        name="goal_is_reached_in_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_on", None)),
                        fields=("team", "kind", "pillar", "target", "due_on"),
                        name="goal_of_a_team_is_set_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_on", None)),
                        fields=("member", "target", "due_on"),
                        name="goal_of_a_member_is_set_once",
                    ),
                ],
            },
        ),
    ]
