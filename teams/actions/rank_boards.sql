-- Ranks boards in one statement: reads who competes and what they submitted, rewrites only the standings that
-- differ, and keeps the organization's counts per score. `rules/standings.py` says the same in Python.
WITH
boards AS (
    SELECT board.id, board.team_id, board.month, team.organization_id,
           (board.month + interval '1 month')::date AS next_month
    FROM teams_board AS board
    JOIN teams_team AS team ON team.id = board.team_id
    WHERE board.id = ANY (%(boards)s)
),
away AS (
    SELECT * FROM unnest(%(away_members)s::bigint[], %(away_months)s::date[]) AS away (member_id, month)
),
reps AS (
    SELECT boards.id AS board_id, boards.month, boards.team_id, membership.member_id,
           reading.id AS submission_id, reading.total
    FROM boards
    JOIN teams_membership AS membership
      ON membership.team_id = boards.team_id
     AND membership.competing
     AND membership.joined_on < boards.next_month
     AND (membership.left_on IS NULL OR membership.left_on >= boards.next_month)
    JOIN teams_member AS member
      ON member.id = membership.member_id
     AND (member.no_access_since IS NULL OR member.no_access_since >= boards.next_month)
    LEFT JOIN LATERAL (
        SELECT id, total FROM teams_reading
        WHERE teams_reading.member_id = membership.member_id AND teams_reading.month = boards.month
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
          AND teams_reading.month >= reps.month - interval '3 months'
        ORDER BY month DESC, taken_on DESC, id DESC
        LIMIT 1
    ) AS previous ON true
    LEFT JOIN LATERAL (
        SELECT previous.total
        FROM teams_membership AS earlier
        WHERE previous.month = reps.month - interval '1 month'
          AND earlier.member_id = reps.member_id
          AND earlier.team_id = reps.team_id
          AND earlier.competing
          AND earlier.joined_on < reps.month
          AND (earlier.left_on IS NULL OR earlier.left_on >= reps.month)
        LIMIT 1
    ) AS last_month ON true
    WHERE reps.total IS NOT NULL
),
standings AS (
    INSERT INTO teams_standing AS standing (board_id, member_id, rank, total, climb, submission_id, previous_id)
    SELECT board_id, member_id, place, total, climb, submission_id, previous_id FROM ranked
    ON CONFLICT (board_id, member_id) DO UPDATE
      SET (rank, total, climb, submission_id, previous_id)
        = (excluded.rank, excluded.total, excluded.climb, excluded.submission_id, excluded.previous_id)
      WHERE (standing.rank, standing.total, standing.climb, standing.submission_id, standing.previous_id)
        IS DISTINCT FROM
            (excluded.rank, excluded.total, excluded.climb, excluded.submission_id, excluded.previous_id)
),
gone AS (
    DELETE FROM teams_standing AS standing
    USING boards
    WHERE standing.board_id = boards.id
      AND NOT EXISTS (
          SELECT FROM ranked
          WHERE ranked.board_id = standing.board_id AND ranked.member_id = standing.member_id
      )
),
differences AS (
    SELECT organization_id, month, total, sum(reps) AS reps
    FROM (
        SELECT boards.organization_id, boards.month, ranked.total, 1 AS reps
        FROM ranked JOIN boards ON boards.id = ranked.board_id
        UNION ALL
        SELECT boards.organization_id, boards.month, standing.total, -1
        FROM teams_standing AS standing JOIN boards ON boards.id = standing.board_id
    ) AS entering_and_leaving
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
               WHERE reps.total IS NULL AND away.member_id IS NOT NULL
           ) AS expected,
           round(avg(reps.total), 1) AS mean -- as it is shown: rounded once, ranked as seen
    FROM boards
    LEFT JOIN reps ON reps.board_id = boards.id
    LEFT JOIN away ON away.member_id = reps.member_id AND away.month = reps.month
    GROUP BY boards.id
)
UPDATE teams_board AS board
SET submitted = coverage.submitted, expected = coverage.expected, mean = coverage.mean,
    version = board.version + 1, ranked_at = now(), stale_since = NULL
FROM coverage
WHERE board.id = coverage.id
