-- Stores with boards that are being closed why whoever competes on them has no place, after they were ranked a last time;
-- and who was on leave, for the boards of what the team counts itself, which know nothing of scores.
WITH away AS (
    SELECT * FROM unnest(%(away_members)s::bigint[], %(away_months)s::date[]) AS away (member_id, month)
),
absent AS (
    SELECT board.id AS board_id, jsonb_object_agg(membership.member_id, CASE
               WHEN teams_lacks_access_on(member, teams_last_day(board.month)) THEN %(no_access)s
               WHEN away.member_id IS NOT NULL THEN %(away)s
               ELSE %(silent)s
           END) AS reasons
    FROM teams_board AS board
    JOIN teams_membership AS membership
      ON membership.team_id = board.team_id
     AND teams_competes_on(membership, teams_last_day(board.month))
    JOIN teams_member AS member ON member.id = membership.member_id
    LEFT JOIN away ON away.member_id = membership.member_id AND away.month = board.month
    WHERE board.id = ANY (%(boards)s::bigint[]) AND NOT EXISTS (
        SELECT FROM teams_standing AS standing
        WHERE standing.board_id = board.id AND standing.member_id = membership.member_id
    )
    GROUP BY board.id
)
UPDATE teams_board AS board
SET absent = coalesce((SELECT reasons FROM absent WHERE absent.board_id = board.id), '{}'::jsonb),
    away = coalesce((
        SELECT jsonb_agg(DISTINCT away.member_id)
        FROM away
        JOIN teams_membership AS membership ON membership.member_id = away.member_id
        WHERE away.month = board.month AND membership.team_id = board.team_id
          AND teams_competes_on(membership, teams_last_day(board.month))
    ), '[]'::jsonb)
WHERE board.id = ANY (%(boards)s::bigint[])
