-- What teams_mark_stale does of one reading, for every member and month of an import at once; and the boards that the
-- team has from the first of these months on: whoever joins with it, or that much earlier, is expected on them.
WITH touched AS MATERIALIZED (
    SELECT DISTINCT person.member_id, row.month
    FROM teams_importrow AS row
    JOIN teams_importperson AS person ON person.id = row.person_id
    WHERE row.upload_id = %(upload)s AND person.member_id IS NOT NULL AND row.month IS NOT NULL
)
INSERT INTO teams_board AS board (team_id, month, version, submitted, expected, stale_since)
SELECT membership.team_id, later.month::date, 0, 0, 0, now()
FROM touched
CROSS JOIN LATERAL generate_series(touched.month, touched.month + interval '3 months', interval '1 month')
    AS later (month)
JOIN teams_membership AS membership
  ON membership.member_id = touched.member_id
 AND membership.competing
 AND membership.joined_on < later.month + interval '1 month'
 AND (membership.left_on IS NULL OR membership.left_on >= later.month + interval '1 month')
WHERE later.month = touched.month
   OR EXISTS (
       SELECT FROM teams_board AS existing
       WHERE existing.team_id = membership.team_id AND existing.month = later.month
   )
UNION
SELECT existing.team_id, existing.month, 0, 0, 0, now()
FROM teams_board AS existing
WHERE existing.team_id = %(team)s AND existing.month >= (SELECT min(month) FROM touched)
ORDER BY 1, 2
ON CONFLICT (team_id, month) DO UPDATE
  SET stale_since = coalesce(board.stale_since, now())
  WHERE board.closed_at IS NULL
RETURNING board.id, board.stale_since = now()
