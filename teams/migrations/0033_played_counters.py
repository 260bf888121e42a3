"""What a team counts itself may be what a goal or a challenge is about; numbers are wide enough for it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0032_calendar_feeds"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="goal",
            name="goal_target_is_1_to_100",
        ),
        migrations.RemoveConstraint(
            model_name="goal",
            name="goal_of_a_team_is_set_once",
        ),
        migrations.RemoveConstraint(
            model_name="goal",
            name="goal_of_a_member_is_set_once",
        ),
        migrations.AddField(
            model_name="challenge",
            name="counter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="challenges",
                to="teams.counter",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="counter",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="goals",
                to="teams.counter",
            ),
        ),
        migrations.AlterField(
            model_name="challenge",
            name="figure",
            field=models.CharField(
                choices=[
                    ("total", "total"),
                    ("brand", "brand"),
                    ("people", "people"),
                    ("insights", "insights"),
                    ("relationships", "relationships"),
                    ("counter", "counter"),
                ],
                default="total",
                max_length=16,
            ),
        ),
        migrations.AlterField(
            model_name="challenge",
            name="points",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name="goal",
            name="target",
            field=models.DecimalField(decimal_places=2, max_digits=14),
        ),
        migrations.AlterField(
            model_name="goalstart",
            name="value",
            field=models.DecimalField(decimal_places=3, max_digits=15, null=True),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="baseline",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="gained",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="now",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counter__isnull", False), ("figure", "counter")),
                    models.Q(models.Q(("figure", "counter"), _negated=True), ("counter", None)),
                    _connector="OR",
                ),
                name="challenge_on_a_counter_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="challenge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counter", None),
                    models.Q(
                        ("confirmed_only", False),
                        models.Q(("kind", "teams"), _negated=True),
                        models.Q(("winners", "first"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="challenge_on_a_counter_goes_by_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("counter", None),
                    models.Q(("kind__in", ["score", "mean", "everybody"]), ("pillar", "")),
                    _connector="OR",
                ),
                name="goal_of_a_counter",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("counter", None), ("target__range", (1, 100))),
                    models.Q(("counter__isnull", False), ("target__gt", 0)),
                    _connector="OR",
                ),
                name="goal_of_the_score_is_1_to_100",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_on", None), ("counter", None)),
                fields=("team", "kind", "pillar", "target", "due_on"),
                name="goal_of_a_team_is_set_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_on", None), ("counter", None)),
                fields=("member", "target", "due_on"),
                name="goal_of_a_member_is_set_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_on", None)),
                fields=("team", "counter", "kind", "target", "due_on"),
                name="goal_of_a_team_on_a_counter_is_set_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_on", None)),
                fields=("member", "counter", "target", "due_on"),
                name="goal_of_a_member_on_a_counter_is_set_once",
            ),
        ),
    ]
