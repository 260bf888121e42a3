-- Memberships whose moment to be looked at has come, locked, the longest waiting first; not those that another sweep
-- looks at. A row for each combination of what decides what is due and when to look again, with those it holds for.
-- OFFSET 0 has PostgreSQL find each by its key, however many it expects.
WITH awake AS (
    SELECT id, member_id, team_id, competing, left_on FROM teams_membership
    WHERE remind_at <= %(now)s::timestamptz
    ORDER BY remind_at
    LIMIT {at_once}
    FOR UPDATE SKIP LOCKED
)
SELECT array_agg(awake.id) AS memberships,
       coalesce(nullif(member.time_zone, ''), organization.time_zone) AS zone,
       team.reminds, team.reminder_steps AS steps, team.reminder_hour AS hour, organization.holidays,
       NOT organization.is_demo AS sends,
       awake.competing AND NOT organization.is_demo AND (
           awake.left_on IS NULL
           OR awake.left_on > (%(now)s::timestamptz AT TIME ZONE organization.time_zone)::date - 14  -- last month's end
       ) AS stays
FROM awake
CROSS JOIN LATERAL (SELECT * FROM teams_member WHERE id = awake.member_id OFFSET 0) AS member
CROSS JOIN LATERAL (SELECT * FROM teams_team WHERE id = awake.team_id OFFSET 0) AS team
JOIN teams_organization AS organization ON organization.id = team.organization_id
GROUP BY 2, 3, 4, 5, 6, 7, 8
