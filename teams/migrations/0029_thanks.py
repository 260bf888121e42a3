"""Thanks from one colleague to another; screens that show every slide show the new ones too."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import teams.fields

NEW_SLIDES = """
UPDATE teams_display SET slides = slides || '{moments,thanks}'
WHERE slides @> '{standings,podium,improved,goal,challenges,pillars,tip,submit}'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0028_picture_source"),
    ]

    operations = [
        migrations.CreateModel(
            name="Thanks",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                ("month", teams.fields.MonthField(blank=True, null=True)),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("agreed_at", models.DateTimeField(blank=True, null=True)),
                ("taken_down_at", models.DateTimeField(blank=True, null=True)),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thanks_given", to="teams.member"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="thanks_received", to="teams.member"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thanks",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "thanks",
                "ordering": ["-given_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("agreed_at__isnull", False)),
                        fields=["team", "given_at"],
                        name="thanks_on_board_newest",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("receiver")), _negated=True),
                        name="thanks_are_for_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_down_at", None), models.Q(("text", ""), _negated=True)),
                            models.Q(("agreed_at", None), ("taken_down_at__isnull", False), ("text", "")),
                            _connector="OR",
                        ),
                        name="thanks_taken_down_say_nothing",
                    ),
                    models.UniqueConstraint(
                        fields=("team", "month", "receiver"), name="thanks_after_a_closing_are_said_once"
                    ),
                ],
            },
        ),
        migrations.RunSQL(NEW_SLIDES, migrations.RunSQL.noop),
    ]
