"""A goal keeps whom it was made from, with their figures of that day, and on which readings it was last seen to rest.

Until now the start was read from the readings each time. For the goals that there are, it is what it is today.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import teams.fields

LATEST_ON = """
LEFT JOIN LATERAL (
    SELECT reading.id, figure.value, reading.taken_on, reading.month
    FROM teams_reading AS reading
    CROSS JOIN LATERAL (
        SELECT CASE goal.pillar
            WHEN 'brand' THEN reading.brand
            WHEN 'people' THEN reading.people
            WHEN 'insights' THEN reading.insights
            WHEN 'relationships' THEN reading.relationships
            ELSE reading.total
        END AS value
    ) AS figure
    WHERE reading.member_id = people.member_id
      AND reading.month >= date_trunc('month', DAY::timestamp) - interval '3 months'
      AND reading.taken_on <= DAY
      AND figure.value IS NOT NULL
    ORDER BY reading.month DESC, reading.taken_on DESC, reading.id DESC
    LIMIT 1
) AS latest ON true
"""
STARTS = """
INSERT INTO teams_goalstart (goal_id, member_id, value, taken_on, month)
SELECT goal.id, people.member_id, latest.value, latest.taken_on, latest.month
FROM teams_goal AS goal
CROSS JOIN LATERAL (
    SELECT goal.member_id WHERE goal.member_id IS NOT NULL
    UNION
    SELECT membership.member_id
    FROM teams_membership AS membership
    WHERE membership.team_id = goal.team_id AND membership.competing AND membership.joined_on <= goal.started_on
      AND (membership.left_on IS NULL OR membership.left_on > goal.started_on)
) AS people
LATEST
WHERE goal.kind <> 'coverage';
""".replace("LATEST", LATEST_ON.replace("DAY", "goal.started_on"))
READINGS = """
UPDATE teams_goal AS changed SET readings = latest_readings.ids
FROM (
    SELECT goal.id, array_agg(latest.id) AS ids
    FROM teams_goal AS goal
    CROSS JOIN LATERAL (
        SELECT goal.member_id WHERE goal.member_id IS NOT NULL
        UNION
        SELECT member_id FROM teams_membership WHERE team_id = goal.team_id AND competing
    ) AS people
    LATEST
    WHERE latest.id IS NOT NULL
    GROUP BY goal.id
) AS latest_readings
WHERE latest_readings.id = changed.id;
""".replace("LATEST", LATEST_ON.replace("DAY", "coalesce(goal.reached_on, least(goal.due_on, current_date))"))


class Migration(migrations.Migration):
    dependencies = [("teams", "0041_account_mails")]
    operations = [
        migrations.AddField(
            "goal",
            "readings",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            "goal",
            "taken_back_on",
            models.DateField(
                null=True,
                blank=True,
                help_text="The day it was reached on, by what is now known to be LinkedIn's new formula.",
            ),
        ),
        migrations.CreateModel(
            "GoalStart",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                ("taken_on", models.DateField(null=True)),
                ("month", teams.fields.MonthField(null=True)),
                (
                    "goal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="starts",
                        to="teams.goal",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.member"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("goal", "member"), name="goal_starts_once_from_a_member")
                ],
            },
        ),
        migrations.RunSQL([STARTS, READINGS], migrations.RunSQL.noop),
    ]
