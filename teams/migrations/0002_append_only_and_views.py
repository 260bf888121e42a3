"""What a model cannot say: submissions are append-only, and the two views that read them."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION teams_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('leaderboard.erasing', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON teams_submission
    FOR EACH ROW EXECUTE FUNCTION teams_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON teams_withdrawal
    FOR EACH ROW EXECUTE FUNCTION teams_refuse_change();
"""

# A reading is a submission that still counts; a score is a member's latest reading of a month.
VIEWS = """
CREATE VIEW teams_reading AS
SELECT submission.*
FROM teams_submission AS submission
WHERE NOT EXISTS (SELECT FROM teams_submission AS newer WHERE newer.replaces_id = submission.id)
  AND NOT EXISTS (SELECT FROM teams_withdrawal AS withdrawal WHERE withdrawal.submission_id = submission.id);

CREATE VIEW teams_score AS
SELECT DISTINCT ON (member_id, month)
       id AS submission_id, member_id, month, taken_on, total, brand, people, insights, relationships
FROM teams_reading
ORDER BY member_id, month, taken_on DESC, id DESC;
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial")]
    operations = [
        migrations.RunSQL(
            APPEND_ONLY,
            "DROP TRIGGER append_only ON teams_submission; DROP TRIGGER append_only ON teams_withdrawal;"
            "DROP FUNCTION teams_refuse_change();",
        ),
        migrations.RunSQL(VIEWS, "DROP VIEW teams_score; DROP VIEW teams_reading;"),
    ]
