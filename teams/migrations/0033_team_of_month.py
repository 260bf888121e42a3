"""Whose team's managers deal with a reading: that of its month. The log of that team has what was done to it."""

from django.db import migrations, models

REASONS = [
    ("ask", "Several members are called so. Choose one above."),
    ("twice", "This person stands twice for this time, with different scores. Remove one of them."),
    ("closed", "This month is closed: its standings are final. Remove it, or amend the month."),
    ("no_total", "A score needs its total or all four parts. Write what is missing."),
    ("not_then", "This person was not in your team then. Who managed them in that month imports it."),
    ("history", "This month is more than three months ago. Ask an admin to import it."),
]
# The team of which somebody was in a month: in which they competed on its last day, else belonged, else belonged
# before it within the month. Of months before they came anywhere it is the first that they came to; of those after
# they left everything it is none.
TEAM_OF = """
CREATE OR REPLACE FUNCTION teams_team_of(whose bigint, in_month date) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT membership.team_id
    FROM teams_membership AS membership
    CROSS JOIN LATERAL (SELECT (in_month + interval '1 month')::date AS ends_before) AS month
    WHERE membership.member_id = whose
      AND (membership.left_on IS NULL
           OR membership.left_on > greatest(in_month, membership.joined_on))
    ORDER BY membership.joined_on < month.ends_before DESC,
             CASE WHEN membership.joined_on >= month.ends_before THEN membership.joined_on END,
             membership.left_on IS NULL OR membership.left_on >= month.ends_before DESC,
             membership.competing DESC, membership.left_on DESC NULLS FIRST, membership.id DESC
    LIMIT 1
$$;
"""

# Notes acts. One without a team is for the managers of the team in which `whose` was in the month that it is about;
# without a month of that in which `whose` competes, else belongs, else last belonged.
NOTE = """
CREATE OR REPLACE FUNCTION teams_note(entries jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO teams_auditentry (organization_id, team_id, actor_id, act, about_id, details, reason, at, address)
    SELECT entry.organization_id, coalesce(entry.team_id,
               CASE WHEN entry.details ? 'month'
                    THEN teams_team_of(entry.whose, to_date(entry.details ->> 'month', 'YYYY-MM')) END,
               (SELECT membership.team_id FROM teams_membership AS membership
                WHERE membership.member_id = entry.whose
                ORDER BY membership.left_on DESC NULLS FIRST, membership.competing DESC, membership.id DESC
                LIMIT 1)
           ),
           entry.actor_id, entry.act, entry.about_id, entry.details, entry.reason, entry.at, entry.address
    FROM jsonb_to_recordset(entries) AS entry (
        organization_id bigint, team_id bigint, whose bigint, actor_id bigint, act text, about_id bigint,
        details jsonb, reason text, at timestamptz, address inet
    );
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0032_former_names")]
    operations = [
        migrations.RunSQL(TEAM_OF, migrations.RunSQL.noop),
        migrations.RunSQL(NOTE, migrations.RunSQL.noop),
        migrations.AlterField("importrow", "why", models.CharField(blank=True, choices=REASONS, max_length=8)),
    ]
