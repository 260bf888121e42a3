-- The boards whose figures a member's score of a month appears in: that month's, and those of the next three months,
-- whose changes look back at it. Ordered, so that two transactions never wait for each other in a circle. Answers with
-- those that were fresh until now: only these need a nudge. The others are locked and not written.
CREATE OR REPLACE FUNCTION teams_mark_stale(whose bigint, filed_for date) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    INSERT INTO teams_board AS board (team_id, month, version, submitted, expected, stale_since)
    SELECT membership.team_id, later.month, 0, 0, 0, now()
    FROM (VALUES (0), (1), (2), (3)) AS ahead (months)
    CROSS JOIN LATERAL (SELECT (filed_for + make_interval(months => ahead.months))::date) AS later (month)
    JOIN teams_membership AS membership
      ON membership.member_id = whose
     AND membership.competing
     AND membership.joined_on < later.month + interval '1 month'
     AND (membership.left_on IS NULL OR membership.left_on >= later.month + interval '1 month')
    WHERE later.month = filed_for
       OR EXISTS (
           SELECT FROM teams_board AS existing
           WHERE existing.team_id = membership.team_id AND existing.month = later.month
       )
    ORDER BY membership.team_id, later.month
    ON CONFLICT (team_id, month) DO UPDATE
      SET stale_since = now()
      WHERE board.closed_at IS NULL AND board.stale_since IS NULL
    RETURNING board.id;
END $$;
