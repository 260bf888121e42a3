-- Whoever has a place on a board or competes in its team at the end of the month (of a closed board: at its closing), the
-- places first: the reading that a place comes from and the one it is compared with, the totals of the last months, the
-- leaves that touch the months looked back at. The changes of LinkedIn's formula are the same in every row. Where only those
-- without a place are asked for, nobody else is looked up.
WITH people AS (
    SELECT member_id FROM teams_standing WHERE board_id = %(board)s
    UNION
    SELECT member_id FROM teams_membership AS membership
    WHERE team_id = %(team)s AND teams_competes_on(membership, %(last_day)s)
      AND %(absent)s::jsonb IS NULL
    UNION
    SELECT key::bigint FROM jsonb_each_text(%(absent)s::jsonb)
)
SELECT member.id AS member, member.name, member.wall_name, member.face, member.plan, member.no_access_since,
       standing.rank, standing.climb,
       reading.total, reading.taken_on, reading.month,
       reading.brand, reading.people, reading.insights, reading.relationships, reading.industry_average,
       previous.total AS total_before, previous.taken_on AS taken_before, previous.month AS month_before,
       history.months, history.totals,
       leave.starts AS leave_starts, leave.ends AS leave_ends,
       marks.days AS marked_on, marks.shifts
FROM people
JOIN teams_member AS member ON member.id = people.member_id
LEFT JOIN teams_standing AS standing ON standing.board_id = %(board)s AND standing.member_id = member.id
LEFT JOIN teams_submission AS reading ON reading.id = standing.submission_id
LEFT JOIN teams_submission AS previous ON previous.id = standing.previous_id
CROSS JOIN LATERAL (
    SELECT array_agg(month) AS months, array_agg(total) AS totals
    FROM teams_score WHERE member_id = member.id AND month BETWEEN %(first)s AND %(month)s
) AS history
CROSS JOIN LATERAL (
    SELECT array_agg(starts_on) AS starts, array_agg(ends_on) AS ends
    FROM teams_leave WHERE member_id = member.id AND starts_on <= %(last_day)s AND ends_on >= %(away_since)s
) AS leave
CROSS JOIN (
    SELECT array_agg(day ORDER BY day) AS days, array_agg(shift ORDER BY day) AS shifts
    FROM teams_recalibration WHERE organization_id = %(organization)s
) AS marks
WHERE reading.id IS NULL OR NOT %(only_absent)s::boolean
ORDER BY standing.rank, teams_alphabetical(member.name), member.id
