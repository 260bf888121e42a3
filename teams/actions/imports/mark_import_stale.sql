-- Marks the boards on which the scores of every member and month of an import appear, and the boards that the team
-- has from the first of these months on: whoever joins with it, or that much earlier, is expected on them.
WITH touched AS MATERIALIZED (
    SELECT DISTINCT person.member_id, row.month
    FROM teams_importrow AS row
    JOIN teams_importperson AS person ON person.id = row.person_id
    WHERE row.upload_id = %(upload)s AND person.member_id IS NOT NULL AND row.month IS NOT NULL
)
INSERT INTO teams_board AS board (team_id, month, version, submitted, expected, stale_since)
SELECT boards.team_id, boards.month, 0, 0, 0, now()
FROM touched
CROSS JOIN LATERAL teams_boards_of(touched.member_id, touched.month, %(reach_back)s) AS boards
UNION
SELECT existing.team_id, existing.month, 0, 0, 0, now()
FROM teams_board AS existing
WHERE existing.team_id = %(team)s AND existing.month >= (SELECT min(month) FROM touched)
ORDER BY 1, 2
ON CONFLICT (team_id, month) DO UPDATE
  SET stale_since = coalesce(board.stale_since, now())
  WHERE board.closed_at IS NULL
RETURNING board.id, board.stale_since = now()
