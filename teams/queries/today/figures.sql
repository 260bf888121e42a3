-- The figures of Today, in one row: somebody's own last year with what its latest month is compared with, and the month
-- of their teams: who is in, who is missing, who moved most; last, which of the first steps the company has taken: people,
-- history, a wall, a challenge. Whatever is not asked for is empty.
WITH score AS (
    SELECT * FROM teams_score WHERE member_id = %(member)s::bigint AND month >= %(since)s::date
),
latest AS (SELECT * FROM score ORDER BY month DESC LIMIT 1),
mark AS (SELECT day, shift FROM teams_recalibration WHERE organization_id = %(organization)s::bigint),
own_board AS (
    SELECT board.* FROM latest JOIN teams_board AS board ON board.month = latest.month
    WHERE board.team_id = %(competes_in)s::bigint
),
month_board AS (
    SELECT id, team_id, month, submitted, expected, closed_at, in_history
    FROM teams_board
    WHERE team_id = ANY (%(teams)s::bigint[]) AND month BETWEEN %(last_month)s::date AND %(this_month)s::date
),
shown_board AS (
    SELECT * FROM month_board AS board
    WHERE month = %(this_month)s::date OR closed_at IS NULL AND NOT in_history AND submitted < expected
                                          AND month >= %(first_month)s::date
),
missing AS (
    SELECT board.id AS board_id, json_agg(json_build_array(member.id, member.name, leave.starts, leave.ends)
                                          ORDER BY teams_alphabetical(member.name), member.id) AS people
    FROM shown_board AS board
    CROSS JOIN LATERAL (
        SELECT member.id, member.name
        FROM teams_membership AS membership
        JOIN teams_member AS member ON member.id = membership.member_id
        WHERE board.closed_at IS NULL AND board.team_id = ANY (%(managed)s::bigint[])
          AND membership.team_id = board.team_id
          AND teams_competes_on(membership, teams_last_day(board.month))
          AND NOT teams_lacks_access_on(member, teams_last_day(board.month))
          AND NOT EXISTS (
              SELECT FROM teams_reading AS reading WHERE reading.member_id = member.id AND reading.month = board.month
          )
        ORDER BY teams_alphabetical(member.name), member.id
        LIMIT %(most_missing)s::int
    ) AS member
    CROSS JOIN LATERAL (
        SELECT json_agg(starts_on ORDER BY id) AS starts, json_agg(ends_on ORDER BY id) AS ends
        FROM teams_leave
        WHERE member_id = member.id AND starts_on <= teams_last_day(board.month) AND ends_on >= board.month
    ) AS leave
    GROUP BY board.id
),
newest_board AS (
    SELECT DISTINCT ON (team_id) id, team_id
    FROM month_board WHERE team_id = ANY (%(managed)s::bigint[]) AND submitted > 0
    ORDER BY team_id, month DESC
),
moved AS (
    SELECT newest_board.team_id, member.id, member.name, member.face, reading.total, reading.taken_on, reading.month,
           before.total AS total_before, before.taken_on AS taken_before, before.month AS month_before
    FROM newest_board
    JOIN teams_standing AS standing ON standing.board_id = newest_board.id
    JOIN teams_submission AS reading ON reading.id = standing.submission_id
    JOIN teams_submission AS before ON before.id = standing.previous_id
    JOIN teams_member AS member ON member.id = standing.member_id
    CROSS JOIN LATERAL (
        SELECT reading.total - before.total - coalesce(sum(shift), 0) AS points
        FROM mark WHERE day > before.taken_on AND day <= reading.taken_on
    ) AS change
    WHERE abs(change.points) > %(steady)s::int
    ORDER BY abs(change.points) DESC, change.points DESC, teams_alphabetical(member.name), member.id
    LIMIT %(most_moved)s::int
),
complete_board AS (
    SELECT DISTINCT ON (team_id) id, team_id, month
    FROM teams_board
    WHERE team_id = ANY (%(looks_at)s::bigint[]) AND month BETWEEN %(since)s::date AND %(this_month)s::date
      AND teams_is_complete(submitted, expected, %(complete_from)s::numeric)
    ORDER BY team_id, month DESC
)
SELECT
    ARRAY (SELECT month FROM score ORDER BY month DESC) AS months,
    ARRAY (SELECT total FROM score ORDER BY month DESC) AS totals,
    ARRAY (SELECT taken_on FROM score ORDER BY month DESC) AS days,
    latest.brand, latest.people, latest.insights, latest.relationships,
    own_board.submitted, own_board.expected,
    ARRAY (SELECT total FROM teams_standing WHERE board_id = own_board.id) AS board_totals,
    placed.team_id AS placed_in, placed.total AS placed_with,
    ARRAY (
        SELECT ARRAY[total, reps] FROM teams_scorecount
        WHERE organization_id = %(organization)s::bigint AND month = latest.month AND reps > 0 ORDER BY total DESC
    ) AS counts,
    ARRAY (SELECT day FROM mark ORDER BY day) AS marked_on,
    ARRAY (SELECT shift FROM mark ORDER BY day) AS shifts,
    (SELECT json_agg(json_build_array(team_id, month, submitted, expected, closed_at IS NOT NULL, missing.people)
                     ORDER BY month)
     FROM shown_board LEFT JOIN missing ON missing.board_id = shown_board.id) AS boards,
    (SELECT json_agg(moved) FROM moved) AS movers,
    (SELECT json_agg(json_build_array(board.team_id, board.month, standing.rank, member.id, member.name, member.face,
                                      standing.total)
                     ORDER BY standing.rank, teams_alphabetical(member.name), member.id)
     FROM complete_board AS board
     JOIN teams_standing AS standing ON standing.board_id = board.id AND standing.rank <= %(most_places)s::int
     JOIN teams_member AS member ON member.id = standing.member_id) AS places,
    CASE WHEN %(asks_steps)s::boolean THEN ARRAY[
        EXISTS (
            SELECT FROM teams_membership AS membership JOIN teams_team AS team ON team.id = membership.team_id
            WHERE team.organization_id = %(organization)s::bigint AND membership.competing AND membership.left_on IS NULL
              AND membership.member_id <> %(member)s::bigint
        ),
        EXISTS (
            SELECT FROM teams_board AS board JOIN teams_team AS team ON team.id = board.team_id
            WHERE team.organization_id = %(organization)s::bigint AND board.month < %(this_month)s::date
              AND board.submitted > 0
        ),
        EXISTS (
            SELECT FROM teams_display AS display JOIN teams_team AS team ON team.id = display.team_id
            WHERE team.organization_id = %(organization)s::bigint
        ),
        EXISTS (
            SELECT FROM teams_challenge
            WHERE organization_id = %(organization)s::bigint AND sent_at IS NOT NULL
        )
    ] END AS steps,
    EXISTS (
        SELECT FROM teams_moment AS moment
        WHERE moment.member_id = %(member)s::bigint AND moment.noticed_at > now() - %(moment_stands)s::interval
          AND (moment.seen_at IS NULL OR moment.seen_at > now() - %(moment_seen_for)s::interval)
    ) AS has_moments,
    EXISTS (
        SELECT FROM teams_board AS board
        WHERE board.team_id = ANY (%(managed)s::bigint[]) AND board.month >= %(last_month)s::date
          AND board.closed_at > now() - %(offered_for)s::interval
    ) AS has_closed
FROM (VALUES (1)) AS one
LEFT JOIN latest ON true
LEFT JOIN own_board ON true
LEFT JOIN LATERAL (
    SELECT board.team_id, standing.total
    FROM teams_standing AS standing JOIN teams_board AS board ON board.id = standing.board_id
    WHERE standing.member_id = %(member)s::bigint AND board.month = latest.month
      AND board.team_id = ANY (%(belongs_to)s::bigint[])
    LIMIT 1
) AS placed ON true
