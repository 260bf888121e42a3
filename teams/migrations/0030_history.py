"""Which boards are history, in the place of which import closed them; and what an import moved, beside whom it moved.

Two columns leave the models only: the release before this one still reads them.
"""

import django.db.models.deletion
from django.db import migrations, models

FORGET_IMPORTS = """
UPDATE teams_board SET in_history = true, closed_with_id = NULL WHERE closed_with_id IS NOT NULL
"""

MOVED_BY_PERSON = """
UPDATE teams_importperson AS person
SET joined_before = moved.joined_on
FROM (
    SELECT upload.id AS upload_id, membership.member_id, entry.value::date AS joined_on
    FROM teams_import AS upload
    CROSS JOIN LATERAL jsonb_each_text(upload.joined_before) AS entry (key, value)
    JOIN teams_membership AS membership ON membership.id = entry.key::bigint
) AS moved
WHERE person.upload_id = moved.upload_id AND person.member_id = moved.member_id
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0029_submit")]

    operations = [
        migrations.AddField(
            model_name="board",
            name="in_history",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text=(
                    "Filled by imports after its time: closes with the rest of the history, and is no news to anybody."
                ),
            ),
        ),
        migrations.RunSQL(FORGET_IMPORTS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="board",
            name="closed_with",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="closed",
                to="teams.import",
            ),
        ),
        migrations.AddField(
            model_name="importperson",
            name="joined_before",
            field=models.DateField(
                editable=False,
                help_text="When their membership began before the import moved it to an earlier day.",
                null=True,
            ),
        ),
        migrations.RunSQL(MOVED_BY_PERSON, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="import", name="joined_before", field=models.JSONField(db_default={}, default=dict)
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField(model_name="board", name="closed_with"),
                migrations.RemoveField(model_name="import", name="joined_before"),
            ]
        ),
    ]
