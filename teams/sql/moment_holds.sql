-- Whether a moment is still so: the reading that made it counts, the challenge is not void and its latest result has
-- not left them out, the goal is reached, the month is closed. `share` is from when places mean something.
CREATE OR REPLACE FUNCTION teams_moment_holds(moment teams_moment, fewest integer, noise integer, share numeric, places integer)
RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT moment.taken_back_at IS NULL AND CASE moment.kind
        WHEN 'best_month' THEN
            teams_best_month_gain(moment.member_id, moment.month, fewest, noise) IS NOT NULL
        WHEN 'goal' THEN EXISTS (
            SELECT FROM teams_goal AS goal
            WHERE goal.id = moment.goal_id AND goal.reached_on IS NOT NULL AND goal.cancelled_on IS NULL
        )
        WHEN 'podium' THEN EXISTS (
            SELECT FROM teams_board AS board
            JOIN teams_standing AS standing ON standing.board_id = board.id AND standing.member_id = moment.member_id
            WHERE board.team_id = moment.team_id AND board.month = moment.month AND board.closed_at IS NOT NULL
              AND standing.rank <= places AND teams_is_complete(board.submitted, board.expected, share)
        )
        ELSE EXISTS (
            SELECT FROM teams_challenge AS challenge
            WHERE challenge.id = moment.challenge_id AND challenge.voided_at IS NULL
              AND (challenge.settled_at IS NULL OR EXISTS (
                  SELECT FROM teams_outcome AS outcome
                  JOIN teams_entry AS entry ON entry.id = outcome.entry_id
                  WHERE outcome.won
                    AND (entry.member_id = moment.member_id OR entry.team_id = moment.team_id)
                    AND outcome.settlement_id = (
                        SELECT settlement.id FROM teams_settlement AS settlement
                        WHERE settlement.challenge_id = challenge.id ORDER BY settlement.number DESC LIMIT 1
                    )
              ))
        )
    END
$$;
