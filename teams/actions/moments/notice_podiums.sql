-- The first three of boards that are being closed, where places mean something; not of history.
INSERT INTO teams_moment (member_id, team_id, kind, month, noticed_at)
SELECT standing.member_id, board.team_id, 'podium', board.month, %(now)s::timestamptz
FROM teams_board AS board
JOIN teams_standing AS standing ON standing.board_id = board.id AND standing.rank <= %(places)s::int
WHERE board.id = ANY (%(boards)s::bigint[]) AND NOT board.in_history
  AND teams_is_complete(board.submitted, board.expected, %(share)s::numeric)
ORDER BY standing.member_id, board.month
ON CONFLICT DO NOTHING
