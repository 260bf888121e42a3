"""Readings are found newest month first: the latest before a month is the index's next entry, with its total."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

SCORES = """
CREATE OR REPLACE VIEW teams_score AS
SELECT DISTINCT ON (member_id, month)
       id AS submission_id, member_id, month, taken_on, total, brand, people, insights, relationships
FROM teams_reading
ORDER BY member_id, month {order}, taken_on DESC, id DESC;
"""


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("teams", "0023_former_members"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="submission",
            index=models.Index(
                fields=["member", "-month", "-taken_on", "-id"], include=["total"], name="submission_newest_first"
            ),
        ),
        migrations.RunSQL(SCORES.format(order="DESC"), SCORES.format(order="ASC")),
        RemoveIndexConcurrently(model_name="submission", name="submission_latest_first"),
    ]
