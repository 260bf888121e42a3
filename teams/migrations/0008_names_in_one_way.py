"""Names that were stored before they were written in one way, as `teams.rules.people.written` has it."""

from django.db import migrations

NAMES = r"""
UPDATE teams_member AS member
SET name = tidy.name
FROM (
    SELECT id, btrim(regexp_replace(
        normalize(regexp_replace(
            name, '[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\u0001-\u0008\u000e-\u001f\u007f]', '', 'g'
        ), NFC),
        '[\u0009-\u000d\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'
    )) AS name
    FROM teams_member
) AS tidy
WHERE tidy.id = member.id AND tidy.name <> member.name AND length(tidy.name) BETWEEN 1 AND 100
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0007_sql"),
    ]

    operations = [
        migrations.RunSQL(NAMES, migrations.RunSQL.noop),
    ]
