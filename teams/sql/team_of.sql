-- The team of which somebody was in a month: in which they competed on its last day, else belonged, else belonged
-- before it within the month. Of months before they came anywhere it is the first that they came to; of those after
-- they left everything it is none.
CREATE OR REPLACE FUNCTION teams_team_of(whose bigint, in_month date) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT membership.team_id
    FROM teams_membership AS membership
    CROSS JOIN LATERAL (SELECT (in_month + interval '1 month')::date AS ends_before) AS month
    WHERE membership.member_id = whose
      AND (membership.left_on IS NULL
           OR membership.left_on > greatest(in_month, membership.joined_on))
    ORDER BY membership.joined_on < month.ends_before DESC,
             CASE WHEN membership.joined_on >= month.ends_before THEN membership.joined_on END,
             membership.left_on IS NULL OR membership.left_on >= month.ends_before DESC,
             membership.competing DESC, membership.left_on DESC NULLS FIRST, membership.id DESC
    LIMIT 1
$$;
