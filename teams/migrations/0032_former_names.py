"""What somebody was called before, noted by the database whatever changes it, until they are erased."""

import django.db.models.deletion
from django.db import migrations, models

KEEP = """
CREATE FUNCTION teams_keep_former_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('leaderboard.erasing', true), 'off') <> 'on' THEN
        IF TG_TABLE_NAME = 'teams_member' THEN
            INSERT INTO teams_formername (member_id, name) VALUES (OLD.id, OLD.name) ON CONFLICT DO NOTHING;
        ELSE
            INSERT INTO teams_formername (member_id, name)
            SELECT member.id, OLD.email FROM teams_member AS member WHERE member.user_id = OLD.id
            ON CONFLICT DO NOTHING;
        END IF;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_former_name AFTER UPDATE OF name ON teams_member
    FOR EACH ROW WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION teams_keep_former_name();
CREATE TRIGGER keep_former_name AFTER UPDATE OF email ON teams_user
    FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION teams_keep_former_name();
"""
FORGET = """
DROP TRIGGER keep_former_name ON teams_member;
DROP TRIGGER keep_former_name ON teams_user;
DROP FUNCTION teams_keep_former_name();
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0031_import_sheets")]

    operations = [
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=254)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_names", to="teams.member"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "name"), name="former_name_is_noted_once")]
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
