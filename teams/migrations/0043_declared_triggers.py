"""The triggers that models declare now, in place of those that earlier migrations wrote."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

OLD_TRIGGERS = """
DROP TRIGGER append_only ON teams_submission;
DROP TRIGGER append_only ON teams_withdrawal;
DROP TRIGGER append_only ON teams_confirmation;
DROP TRIGGER append_only ON teams_revision;
DROP TRIGGER append_only ON teams_revisedstanding;
DROP TRIGGER append_only ON teams_figure;
DROP TRIGGER append_only ON teams_auditentry;
DROP TRIGGER keep_former_name ON teams_member;
DROP TRIGGER keep_former_name ON teams_user;
DROP FUNCTION teams_refuse_change();
DROP FUNCTION teams_keep_former_name();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0042_goal_starts"),
    ]

    operations = [
        migrations.RunSQL(OLD_TRIGGERS, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="auditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="8091a069e20ecabc0f70a93f6ffd8fd9bb1e72a2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9883a",
                    table="teams_auditentry",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="confirmation",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="4b5bf90f68483ddae001cfe2cb8ec30accf8dc3c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0471d",
                    table="teams_confirmation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figure",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="c2ac2386b0eddff7539c60307b055128be980a02",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f8c08",
                    table="teams_figure",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_former_name",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name"))',
                    func="\n    IF coalesce(current_setting('leaderboard.erasing', true), 'off') <> 'on' THEN\n        INSERT INTO teams_formername (member_id, name) VALUES (OLD.id, OLD.name) ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="35aec301cac85ee715bbfe15bfbe2be51ec31cf5",
                    operation='UPDATE OF "name"',
                    pgid="pgtrigger_keep_former_name_60c9a",
                    table="teams_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revisedstanding",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="d3417d5fd6b2ed1a4d2f72b524464583bfcdc223",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_77106",
                    table="teams_revisedstanding",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revision",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="11826b0861885ade0ca8062f981d93fa739476d8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6f0ae",
                    table="teams_revision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="e7290b66210074a9db5809524fc1e0c2c2a68070",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d2ce5",
                    table="teams_submission",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_former_name",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email"))',
                    func="\n    IF coalesce(current_setting('leaderboard.erasing', true), 'off') <> 'on' THEN\n        INSERT INTO teams_formername (member_id, name) SELECT id, OLD.email FROM teams_member WHERE user_id = OLD.id ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="80614327455d28443fbed645be63fb682eb151ce",
                    operation='UPDATE OF "email"',
                    pgid="pgtrigger_keep_former_name_9d390",
                    table="teams_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="6bc2f7eac52bdfa9f4ba32f86e1214119c525004",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2a27b",
                    table="teams_withdrawal",
                    when="BEFORE",
                ),
            ),
        ),
    ]
