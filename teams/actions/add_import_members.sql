-- Members for the names that an import adds, and everybody it names in the team: whoever was never in it joins with
-- their first month in the file; whoever was in no other team joins that much earlier. All at once, however many.
-- Answers with the memberships that begin earlier now, and when they did before.
WITH named AS MATERIALIZED (
    SELECT person.id, person.name, person.choice = 'add' AS is_new, min(row.month) AS first,
           CASE person.choice
               WHEN 'add' THEN nextval(pg_get_serial_sequence('teams_member', 'id')) ELSE person.member_id
           END AS member_id
    FROM teams_importperson AS person
    JOIN teams_importrow AS row ON row.person_id = person.id
    WHERE person.upload_id = %(upload)s AND row.action IN ('new', 'member', 'conflict')
    GROUP BY person.id
), added AS (
    INSERT INTO teams_member (id, organization_id, name, is_admin, plan, sees_ranks, time_zone)
    SELECT member_id, %(organization)s, name, false, %(plan)s, true, ''
    FROM named
    WHERE is_new
), known AS (
    UPDATE teams_importperson AS person
    SET member_id = named.member_id, was_added = true
    FROM named
    WHERE named.id = person.id AND named.is_new
), joining AS (
    SELECT member_id, min(first) AS first FROM named GROUP BY member_id
), joined AS (
    INSERT INTO teams_membership (member_id, team_id, role, competing, joined_on, remind_at)
    SELECT member_id, %(team)s, 'rep',
           NOT EXISTS (
               SELECT FROM teams_membership AS other
               WHERE other.member_id = joining.member_id AND other.competing AND other.left_on IS NULL
           ),
           first, now()
    FROM joining
    WHERE NOT EXISTS (
        SELECT FROM teams_membership AS theirs
        WHERE theirs.member_id = joining.member_id AND theirs.team_id = %(team)s
    )
)
UPDATE teams_membership AS membership
SET joined_on = joining.first
FROM joining, teams_membership AS before
WHERE before.id = membership.id AND membership.member_id = joining.member_id
  AND membership.team_id = %(team)s AND membership.competing AND membership.joined_on > joining.first
  AND NOT EXISTS (
      SELECT FROM teams_membership AS other
      WHERE other.member_id = joining.member_id AND other.id <> membership.id
  )
RETURNING membership.id, before.joined_on
