"""Two members who are one person: what moved, and append-only rows that may change hands and nothing else."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

REFUSE = """
CREATE OR REPLACE FUNCTION teams_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('leaderboard.erasing', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;{also}
    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
ALSO = """
    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'
       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN
        RETURN NEW;
    END IF;"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0039_ordinary_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("moved", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                (
                    "gone",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merged_as", to="teams.member"
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="teams.member"
                    ),
                ),
            ],
        ),
        migrations.RunSQL(REFUSE.replace("{also}", ALSO), REFUSE.replace("{also}", "")),
    ]
