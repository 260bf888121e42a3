"""Names are put in order by their letters without case and accents, in every list of people."""

from pathlib import Path

from django.db import migrations

ALPHABETICAL = Path(__file__).parents[1] / "sql" / "alphabetical.sql"
OF_MEMBER = "member__name__alphabetical"


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0015_rules_once"),
    ]

    operations = [
        migrations.RunSQL(ALPHABETICAL.read_text(), "DROP FUNCTION teams_alphabetical"),
        migrations.AlterModelOptions(
            name="entry",
            options={"ordering": [OF_MEMBER, "team__name__alphabetical", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="importperson",
            options={"ordering": ["name__alphabetical", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="member",
            options={"ordering": ["name__alphabetical", "pk"]},
        ),
        migrations.AlterModelOptions(
            name="outcome",
            options={"ordering": ["-won", "place", f"entry__{OF_MEMBER}", "entry__team__name__alphabetical"]},
        ),
        migrations.AlterModelOptions(
            name="revisedstanding",
            options={"ordering": ["rank", OF_MEMBER, "member_id"]},
        ),
        migrations.AlterModelOptions(
            name="standing",
            options={"ordering": ["rank", OF_MEMBER, "member_id"]},
        ),
    ]
