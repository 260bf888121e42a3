-- Ranks boards in one statement: reads who competes and what they submitted, compares that with what is stored,
-- writes only what differs, and keeps the organization's counts per score. `rules/standings.py` says the same in
-- Python. Whoever runs it holds the boards' rows, so that nobody else writes their standings.
WITH
boards AS (
    SELECT board.id, board.team_id, board.month, board.absent, teams_last_day(board.month) AS last_day,
           (SELECT organization_id FROM teams_team AS team WHERE team.id = board.team_id) AS organization_id
    FROM teams_board AS board
    WHERE board.id = ANY (%(boards)s::bigint[])
),
away AS (
    SELECT * FROM unnest(%(away_members)s::bigint[], %(away_months)s::date[]) AS away (member_id, month)
),
competing AS (
    SELECT boards.id AS board_id, membership.member_id, membership.joined_on < boards.month AS was_here
    FROM boards
    JOIN teams_membership AS membership
      ON membership.team_id = boards.team_id
     AND teams_competes_on(membership, boards.last_day)
    WHERE boards.absent IS NULL AND NOT EXISTS (
        SELECT FROM teams_member AS member
        WHERE member.id = membership.member_id AND teams_lacks_access_on(member, boards.last_day)
    )
    UNION ALL
    (
        -- an amendment: whoever competed when the board was closed
        SELECT boards.id, standing.member_id, false
        FROM boards JOIN teams_standing AS standing ON standing.board_id = boards.id
        WHERE boards.absent IS NOT NULL
        UNION
        SELECT boards.id, why.key::bigint, false
        FROM boards CROSS JOIN jsonb_each_text(boards.absent) AS why
        WHERE why.value <> %(no_access)s
    )
),
reps AS (
    SELECT competing.board_id, boards.month, boards.team_id, competing.member_id,
           competing.was_here OR EXISTS (
               SELECT FROM teams_membership AS earlier
               WHERE earlier.member_id = competing.member_id
                 AND earlier.team_id = boards.team_id
                 AND teams_competes_on(earlier, boards.month - 1)
           ) AS was_here,
           reading.id AS submission_id, reading.total
    FROM competing
    JOIN boards ON boards.id = competing.board_id
    LEFT JOIN LATERAL (
        SELECT id, total FROM teams_reading
        WHERE teams_reading.member_id = competing.member_id AND teams_reading.month = boards.month
        ORDER BY taken_on DESC, id DESC
        LIMIT 1
    ) AS reading ON true
),
ranked AS (
    SELECT reps.*, previous.id AS previous_id,
           rank() OVER (PARTITION BY board_id ORDER BY reps.total DESC) AS place,
           CASE WHEN last_month.total IS NOT NULL THEN
               rank() OVER (PARTITION BY board_id, last_month.total IS NULL ORDER BY last_month.total DESC)
             - rank() OVER (PARTITION BY board_id, last_month.total IS NULL ORDER BY reps.total DESC)
           END AS climb
    FROM reps
    LEFT JOIN LATERAL (
        SELECT id, month, total FROM teams_reading
        WHERE teams_reading.member_id = reps.member_id
          AND teams_reading.month < reps.month
          AND teams_reading.month >= reps.month - %(reach_back)s * interval '1 month'
        ORDER BY month DESC, taken_on DESC, id DESC
        LIMIT 1
    ) AS previous ON true
    CROSS JOIN LATERAL (
        SELECT CASE WHEN reps.was_here AND previous.month = reps.month - interval '1 month' THEN previous.total END
            AS total
    ) AS last_month
    WHERE reps.total IS NOT NULL
),
stored AS (
    SELECT standing.* FROM boards JOIN teams_standing AS standing ON standing.board_id = boards.id
),
changes AS (
    SELECT coalesce(ranked.board_id, stored.board_id) AS board_id,
           coalesce(ranked.member_id, stored.member_id) AS member_id,
           ranked.place, ranked.total, ranked.climb, ranked.submission_id, ranked.previous_id,
           stored.total AS total_before
    FROM ranked
    FULL JOIN stored ON stored.board_id = ranked.board_id AND stored.member_id = ranked.member_id
    WHERE (ranked.place, ranked.total, ranked.climb, ranked.submission_id, ranked.previous_id)
       IS DISTINCT FROM (stored.rank, stored.total, stored.climb, stored.submission_id, stored.previous_id)
),
added AS (
    INSERT INTO teams_standing (board_id, member_id, rank, total, climb, submission_id, previous_id)
    SELECT board_id, member_id, place, total, climb, submission_id, previous_id
    FROM changes
    WHERE total_before IS NULL
),
changed AS (
    UPDATE teams_standing AS standing
    SET rank = place, total = changes.total, climb = changes.climb,
        submission_id = changes.submission_id, previous_id = changes.previous_id
    FROM changes
    WHERE standing.board_id = changes.board_id AND standing.member_id = changes.member_id
      AND changes.total IS NOT NULL AND total_before IS NOT NULL
),
gone AS (
    DELETE FROM teams_standing AS standing
    USING changes
    WHERE standing.board_id = changes.board_id AND standing.member_id = changes.member_id
      AND changes.total IS NULL
),
differences AS (
    SELECT organization_id, month, total, sum(reps) AS reps
    FROM boards
    JOIN (
        SELECT board_id, total, 1 AS reps FROM changes WHERE total IS NOT NULL
        UNION ALL
        SELECT board_id, total_before, -1 FROM changes WHERE total_before IS NOT NULL
    ) AS entering_and_leaving ON entering_and_leaving.board_id = boards.id
    GROUP BY organization_id, month, total
    HAVING sum(reps) <> 0
    ORDER BY organization_id, month, total
),
counts AS (
    INSERT INTO teams_scorecount AS count (organization_id, month, total, reps)
    SELECT organization_id, month, total, reps FROM differences
    ON CONFLICT (organization_id, month, total) DO UPDATE SET reps = count.reps + excluded.reps
),
coverage AS (
    SELECT boards.id,
           count(reps.total) AS submitted,
           count(reps.member_id) - count(*) FILTER (
               WHERE reps.total IS NULL AND CASE
                   WHEN boards.absent IS NULL THEN away.member_id IS NOT NULL
                   ELSE boards.absent ->> reps.member_id::text = %(away)s
               END
           ) AS expected,
           round(avg(reps.total), 1) AS mean, -- as it is shown: rounded once, ranked as seen
           max(reps.total) AS best
    FROM boards
    LEFT JOIN reps ON reps.board_id = boards.id
    LEFT JOIN away ON away.member_id = reps.member_id AND away.month = reps.month
    GROUP BY boards.id
)
UPDATE teams_board AS board
SET submitted = coverage.submitted, expected = coverage.expected, mean = coverage.mean, best = coverage.best,
    version = board.version + 1, ranked_at = now(), stale_since = NULL
FROM coverage
WHERE board.id = coverage.id AND board.id = ANY (%(boards)s::bigint[])
RETURNING board.id
