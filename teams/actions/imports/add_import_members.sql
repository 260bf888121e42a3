-- Members for the names that an import adds, and everybody it names in the team: whoever was never in it joins with
-- their first month in the file; whoever was in no other team joins that much earlier. All at once, however many.
-- Notes of each whose membership begins earlier now when it did before.
WITH named AS MATERIALIZED (
    SELECT person.id, person.name, person.choice = 'add' AS is_new, min(row.month) AS first,
           CASE person.choice
               WHEN 'add' THEN nextval(pg_get_serial_sequence('teams_member', 'id')) ELSE person.member_id
           END AS member_id
    FROM teams_importperson AS person
    JOIN teams_importrow AS row ON row.person_id = person.id
    WHERE person.upload_id = %(upload)s AND row.action IN ('new', 'member', 'adds', 'conflict')
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
), joining AS MATERIALIZED (
    -- Asked before anybody joins: each question to the table that is being filled would pass over what is new in it.
    SELECT named.member_id, min(named.first) AS first,
           bool_or(coalesce(theirs.team_id = %(team)s, false)) AS was_in_it,
           bool_or(coalesce(theirs.competing AND theirs.left_on IS NULL, false)) AS competes,
           CASE WHEN min(theirs.id) = max(theirs.id) THEN min(theirs.id) END AS only_membership,
           min(theirs.joined_on) AS joined_on
    FROM named
    LEFT JOIN teams_membership AS theirs ON theirs.member_id = named.member_id
    GROUP BY named.member_id
), joined AS (
    INSERT INTO teams_membership (member_id, team_id, role, competing, joined_on, remind_at)
    SELECT member_id, %(team)s, 'rep', NOT competes, first, now()
    FROM joining
    WHERE NOT was_in_it
), moved AS (
    UPDATE teams_membership AS membership
    SET joined_on = joining.first
    FROM joining
    WHERE membership.id = joining.only_membership AND membership.team_id = %(team)s AND membership.competing
      AND membership.joined_on > joining.first
    RETURNING membership.member_id, joining.joined_on
)
UPDATE teams_importperson AS person
SET joined_before = moved.joined_on
FROM moved
WHERE person.upload_id = %(upload)s AND person.member_id = moved.member_id
