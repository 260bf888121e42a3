"""Each board knows its highest score, so that the first of a large organization are found among its boards."""

from django.db import migrations, models

FILL = """
UPDATE teams_board AS board
SET best = found.best
FROM (SELECT board_id, max(total) AS best FROM teams_standing GROUP BY board_id) AS found
WHERE found.board_id = board.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0024_newest_reading_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="best",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="The highest score; empty: nobody is in.", null=True
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
