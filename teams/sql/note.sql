-- Notes acts. One without a team is for the managers of the team in which `whose` was in the month that it is about;
-- without a month of that in which `whose` competes, else belongs, else last belonged.
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
