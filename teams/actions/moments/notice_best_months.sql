-- Best months of boards that were ranked since a moment, by readings that somebody has just typed: what a file brings,
-- what an amendment changes and what fills history is no news.
INSERT INTO teams_moment (member_id, team_id, kind, month, noticed_at)
SELECT standing.member_id, board.team_id, 'best_month', board.month, %(now)s::timestamptz
FROM teams_board AS board
JOIN teams_standing AS standing ON standing.board_id = board.id
JOIN teams_submission AS reading ON reading.id = standing.submission_id
WHERE board.ranked_at >= %(since)s::timestamptz AND board.month >= %(first_month)s::date AND NOT board.in_history
  AND reading.typed_at >= %(typed_since)s::timestamptz AND reading.source <> ALL (%(files)s::text[])
  AND (board.closed_at IS NULL OR reading.typed_at < board.closed_at)
  AND NOT EXISTS (
      SELECT FROM teams_moment AS noticed
      WHERE noticed.member_id = standing.member_id AND noticed.kind = 'best_month' AND noticed.month = board.month
  )
  AND teams_best_month_gain(standing.member_id, board.month, %(fewest)s::int, %(noise)s::int) IS NOT NULL
ORDER BY standing.member_id, board.month
ON CONFLICT DO NOTHING
