-- The moments that wait on Today for whom they are about, or that they saw just now, as far as they are still so.
SELECT moment.id, moment.seen_at IS NULL AS is_new, moment.kind, moment.month, moment.team_id, team.name AS team,
       team.slug AS slug,
       challenge.id AS challenge_id, challenge.title AS challenge, challenge.settled_at IS NOT NULL AS is_settled,
       challenge.stake AS stake, goal.id AS goal_id, standing.rank AS place, score.total,
       CASE WHEN moment.kind = 'best_month' THEN
           teams_best_month_gain(moment.member_id, moment.month, %(fewest)s::int, %(noise)s::int)
       END AS gain
FROM teams_moment AS moment
JOIN teams_team AS team ON team.id = moment.team_id
LEFT JOIN teams_challenge AS challenge ON challenge.id = moment.challenge_id
LEFT JOIN teams_goal AS goal ON goal.id = moment.goal_id
LEFT JOIN teams_board AS board ON board.team_id = moment.team_id AND board.month = moment.month
LEFT JOIN teams_standing AS standing ON standing.board_id = board.id AND standing.member_id = moment.member_id
LEFT JOIN LATERAL (
    SELECT total FROM teams_score WHERE member_id = moment.member_id AND month = moment.month
) AS score ON true
WHERE moment.member_id = %(member)s::bigint AND moment.noticed_at > %(since)s::timestamptz
  AND (moment.seen_at IS NULL OR moment.seen_at > %(seen_since)s::timestamptz)
  AND teams_moment_holds(moment, %(fewest)s::int, %(noise)s::int, %(share)s::numeric, %(places)s::int)
ORDER BY array_position(%(kinds)s::text[], moment.kind::text), moment.noticed_at DESC, moment.id DESC
