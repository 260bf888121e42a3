"""An address that an invitation went to is noted once the invitation is gone, until an erasure."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0008_names_in_one_way"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_invited_address",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    INSERT INTO teams_formername (member_id, name)\n    SELECT member.id, OLD.email\n    FROM teams_member AS member\n    LEFT JOIN teams_user AS login ON login.id = member.user_id\n    WHERE member.id = OLD.member_id AND login.email IS DISTINCT FROM OLD.email\n    ON CONFLICT DO NOTHING;\n    RETURN NULL;\n",
                    hash="5c65082eb8c800847051a04b8fa9b9620dd51a51",
                    operation='DELETE OR UPDATE OF "email"',
                    pgid="pgtrigger_keep_invited_address_35833",
                    table="teams_invitation",
                    when="AFTER",
                ),
            ),
        ),
    ]
