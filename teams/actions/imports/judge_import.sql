-- Says for each row of an import what storing it would do, as things stand now. In the order of the cases: what cannot
-- be read, whom to leave out, what stands twice, what is stored already, what may not be filled, what differs.
WITH named AS (
    SELECT row.*, person.member_id, person.choice,
           coalesce('m' || person.member_id, 'p' || person.id) AS who,
           CASE WHEN NOT row.day_unknown AND row.taken_on < row.month + interval '1 month' THEN row.taken_on END AS day,
           concat_ws('/', row.total, row.brand, row.people, row.insights, row.relationships) AS figures
    FROM teams_importrow AS row
    LEFT JOIN teams_importperson AS person ON person.id = row.person_id
    WHERE row.upload_id = %(upload)s
), compared AS (
    SELECT named.*,
           row_number() OVER (PARTITION BY who, month, day, problem <> '' ORDER BY id) > 1 AS is_again,
           min(figures) OVER same_time <> max(figures) OVER same_time AS differs
    FROM named
    WINDOW same_time AS (PARTITION BY who, month, day, problem <> '')
), judged AS (
    SELECT compared.id, known.id AS stored_id,
        CASE
            WHEN problem <> '' THEN 'error'
            WHEN choice = 'skip' THEN 'skipped'
            WHEN choice = 'ask' THEN 'error ask'
            WHEN differs THEN 'error twice'
            WHEN is_again THEN 'same'
            WHEN known.total = compared.total
             AND (compared.brand IS NULL OR known.brand = compared.brand)
             AND (compared.people IS NULL OR known.people = compared.people)
             AND (compared.insights IS NULL OR known.insights = compared.insights)
             AND (compared.relationships IS NULL OR known.relationships = compared.relationships) THEN 'same'
            WHEN EXISTS (
                SELECT FROM teams_board AS board
                LEFT JOIN teams_membership AS membership
                  ON membership.team_id = board.team_id AND membership.competing
                 AND membership.member_id = compared.member_id
                WHERE board.month = compared.month AND board.closed_at IS NOT NULL
                  AND (board.team_id = %(team)s OR membership.id IS NOT NULL)
                  AND NOT (
                      %(is_admin)s AND board.team_id = %(team)s
                      AND NOT EXISTS (SELECT FROM teams_standing AS final WHERE final.board_id = board.id)
                      AND NOT EXISTS (SELECT FROM teams_revision AS amended WHERE amended.board_id = board.id)
                  )
            ) THEN 'error closed'
            WHEN compared.month < %(open_from)s AND NOT %(is_admin)s THEN 'error history'
            WHEN known.id IS NOT NULL THEN 'conflict'
            WHEN choice = 'add' THEN 'member'
            ELSE 'new'
        END AS verdict
    FROM compared
    LEFT JOIN LATERAL (
        SELECT reading.id, reading.total, reading.brand, reading.people, reading.insights, reading.relationships
        FROM teams_reading AS reading
        WHERE reading.member_id = compared.member_id AND reading.month = compared.month
          AND (compared.day IS NULL OR reading.taken_on = compared.day)
        ORDER BY reading.taken_on DESC, reading.id DESC
        LIMIT 1
    ) AS known ON true
)
UPDATE teams_importrow AS row
SET action = split_part(judged.verdict, ' ', 1), why = split_part(judged.verdict, ' ', 2), stored_id = judged.stored_id
FROM judged
WHERE judged.id = row.id
