-- The boards on which a member's score of a month appears: that month's, stored or not, and the stored ones of the next
-- `reach_back` months, whose changes look back at it (REACH_BACK in rules/scores.py).
CREATE OR REPLACE FUNCTION teams_boards_of(whose bigint, filed_for date, reach_back integer)
RETURNS TABLE (team_id bigint, month date) LANGUAGE sql STABLE AS $$
    SELECT membership.team_id, later.month
    FROM generate_series(0, reach_back) AS ahead (months)
    CROSS JOIN LATERAL (SELECT (filed_for + make_interval(months => ahead.months))::date) AS later (month)
    JOIN teams_membership AS membership
      ON membership.member_id = whose AND teams_competes_on(membership, teams_last_day(later.month))
    WHERE later.month = filed_for
       OR EXISTS (
           SELECT FROM teams_board AS existing
           WHERE existing.team_id = membership.team_id AND existing.month = later.month
       )
$$;
