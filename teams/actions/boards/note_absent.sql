-- Stores with boards that are being closed why whoever competes on them has no place, after they were ranked a last time.
WITH away AS (
    SELECT * FROM unnest(%(away_members)s::bigint[], %(away_months)s::date[]) AS away (member_id, month)
),
absent AS (
    SELECT board.id AS board_id, jsonb_object_agg(membership.member_id, CASE
               WHEN member.no_access_since < board.month + interval '1 month' THEN 'no_access'
               WHEN away.member_id IS NOT NULL THEN 'away'
               ELSE 'silent'
           END) AS reasons
    FROM teams_board AS board
    JOIN teams_membership AS membership
      ON membership.team_id = board.team_id
     AND membership.competing
     AND membership.joined_on < board.month + interval '1 month'
     AND (membership.left_on IS NULL OR membership.left_on >= board.month + interval '1 month')
    JOIN teams_member AS member ON member.id = membership.member_id
    LEFT JOIN away ON away.member_id = membership.member_id AND away.month = board.month
    WHERE board.id = ANY (%(boards)s::bigint[]) AND NOT EXISTS (
        SELECT FROM teams_standing AS standing
        WHERE standing.board_id = board.id AND standing.member_id = membership.member_id
    )
    GROUP BY board.id
)
UPDATE teams_board AS board
SET absent = coalesce((SELECT reasons FROM absent WHERE absent.board_id = board.id), '{}'::jsonb)
WHERE board.id = ANY (%(boards)s::bigint[])
