-- mark_stale.sql for every member and month of an import at once: see there.
INSERT INTO teams_board AS board (team_id, month, version, submitted, expected, stale_since)
SELECT DISTINCT membership.team_id, later.month::date, 0, 0, 0, now()
FROM (
    SELECT DISTINCT person.member_id, row.month
    FROM teams_importrow AS row
    JOIN teams_importperson AS person ON person.id = row.person_id
    WHERE row.upload_id = %(upload)s AND person.member_id IS NOT NULL AND row.month IS NOT NULL
) AS touched
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
ORDER BY 1, 2
ON CONFLICT (team_id, month) DO UPDATE
  SET stale_since = coalesce(board.stale_since, now())
  WHERE board.closed_at IS NULL
RETURNING board.id, board.stale_since = now()
