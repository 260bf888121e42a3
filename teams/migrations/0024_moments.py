"""Moments of winning, and whether each is still so."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import teams.fields
from teams.migrations import SQL


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0023_faces"),
    ]

    operations = [
        migrations.AddField(
            model_name="challenge",
            name="checked_at",
            field=models.DateTimeField(
                blank=True, editable=False, help_text="When it was last asked who has made it.", null=True
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
                    ("weekly", "The team's week"),
                    ("month_result", "Result of the month"),
                    ("goal_reached", "Goal reached"),
                    ("challenge_invitation", "Invitation to a challenge"),
                    ("challenge_half_time", "Half-time of a challenge"),
                    ("challenge_last_days", "Last days of a challenge"),
                    ("challenge_result", "Result of a challenge"),
                    ("challenge_news", "News of a challenge"),
                    ("moment", "Moment of winning"),
                    ("chat_test", "Test of a chat"),
                ],
                max_length=24,
            ),
        ),
        migrations.CreateModel(
            name="Moment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("challenge", "challenge"),
                            ("goal", "goal"),
                            ("podium", "podium"),
                            ("best_month", "best_month"),
                        ],
                        max_length=10,
                    ),
                ),
                ("month", teams.fields.MonthField(blank=True, null=True)),
                ("noticed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                (
                    "challenge",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moments",
                        to="teams.challenge",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moments",
                        to="teams.goal",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moments",
                        to="teams.member",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moments",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "ordering": ["-noticed_at", "-pk"],
                "indexes": [models.Index(fields=["team", "noticed_at"], name="moment_of_team_newest_first")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("challenge", None),
                                ("goal", None),
                                ("kind__in", ["best_month", "podium"]),
                                ("month__isnull", False),
                            ),
                            models.Q(
                                ("challenge__isnull", False), ("goal", None), ("kind", "challenge"), ("month", None)
                            ),
                            models.Q(("challenge", None), ("goal__isnull", False), ("kind", "goal"), ("month", None)),
                            _connector="OR",
                        ),
                        name="moment_is_of_a_month_a_challenge_or_a_goal",
                    ),
                    models.UniqueConstraint(
                        fields=("member", "kind", "month", "challenge", "goal"),
                        name="moment_is_noticed_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.RunSQL((SQL / "best_month_gain.sql").read_text(), "DROP FUNCTION teams_best_month_gain"),
        migrations.RunSQL((SQL / "moment_holds.sql").read_text(), "DROP FUNCTION teams_moment_holds"),
    ]
