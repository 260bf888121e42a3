-- Takes back what an import did to the team: whoever it added, or moved to an earlier day, is in the team from the day
-- on which they would be without it: the one from before all imports, or the first month of another import that still
-- counts. That one inherits what this one knew. Who was added and has no reading left leaves as if never in it.
WITH mine AS MATERIALIZED (
    SELECT member_id, bool_or(was_added) AS was_added, max(joined_before) AS joined_before
    FROM teams_importperson
    WHERE upload_id = %(upload)s AND member_id IS NOT NULL
    GROUP BY member_id
), others AS (
    SELECT person.member_id, min(row.month) AS first, min(person.id) AS heir,
           bool_or(person.was_added) AS was_added, max(person.joined_before) AS joined_before
    FROM mine
    JOIN teams_importperson AS person ON person.member_id = mine.member_id
    JOIN teams_import AS other
      ON other.id = person.upload_id AND other.id <> %(upload)s AND other.team_id = %(team)s AND other.state = 'done'
    JOIN teams_importrow AS row ON row.person_id = person.id AND row.submission_id IS NOT NULL
    GROUP BY person.member_id
), fates AS MATERIALIZED (
    SELECT known.*,
           coalesce(least(known.original, known.first), typed.first) AS joins,
           typed.first IS NULL AND member.user_id IS NULL AND known.was_added AS leaves
    FROM (
        SELECT mine.member_id, others.heir, others.first, mine.was_added OR coalesce(others.was_added, false) AS was_added,
               CASE WHEN NOT mine.was_added AND others.was_added IS NOT TRUE
                   THEN greatest(mine.joined_before, others.joined_before) END AS original
        FROM mine
        LEFT JOIN others ON others.member_id = mine.member_id
    ) AS known
    JOIN teams_member AS member ON member.id = known.member_id
    CROSS JOIN LATERAL (
        SELECT min(reading.month) AS first FROM teams_reading AS reading WHERE reading.member_id = known.member_id
    ) AS typed
    WHERE known.was_added OR known.original IS NOT NULL -- the others were here before any import
), inherited AS (
    UPDATE teams_importperson AS person
    SET was_added = fates.was_added, joined_before = fates.original
    FROM fates
    WHERE person.id = fates.heir
), left_team AS (
    DELETE FROM teams_membership AS membership
    USING fates
    WHERE fates.leaves AND membership.member_id = fates.member_id AND membership.team_id = %(team)s
)
UPDATE teams_membership AS membership
SET joined_on = fates.joins
FROM fates
WHERE NOT fates.leaves AND membership.member_id = fates.member_id AND membership.team_id = %(team)s
  AND membership.competing AND membership.joined_on < fates.joins
  AND (membership.left_on IS NULL OR membership.left_on >= fates.joins)
