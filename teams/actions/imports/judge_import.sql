-- Says for each row of an import what storing it would do, as things stand now. In the order of the cases: what cannot
-- be read, what is part of another row, whom to leave out, who was not in the team then, what stands twice, what is
-- stored already, what may not be filled, what completes or differs from what is stored. Which team's months are final for somebody is said by the one
-- in which they compete at a month's end; it is this one where they are in none.
WITH wholes AS (
    SELECT part_of_id AS id,
           max(total) FILTER (WHERE NOT is_summed) AS stated, max(taken_on) FILTER (WHERE NOT day_unknown) AS day,
           max(brand) AS brand, max(people) AS people, max(insights) AS insights, max(relationships) AS relationships
    FROM teams_importrow
    WHERE upload_id = %(upload)s AND part_of_id IS NOT NULL
    GROUP BY part_of_id
), named AS (
    SELECT row.id, row.month, row.problem, row.part_of_id, person.member_id, person.choice,
           coalesce('m' || person.member_id, 'p' || person.id) AS who,
           CASE WHEN NOT row.day_unknown AND row.taken_on < row.month + interval '1 month' THEN row.taken_on
                ELSE wholes.day END AS day,
           coalesce(CASE WHEN NOT row.is_summed THEN row.total END, wholes.stated) AS stated,
           coalesce(row.brand, wholes.brand) AS brand, coalesce(row.people, wholes.people) AS people,
           coalesce(row.insights, wholes.insights) AS insights,
           coalesce(row.relationships, wholes.relationships) AS relationships
    FROM teams_importrow AS row
    LEFT JOIN teams_importperson AS person ON person.id = row.person_id
    LEFT JOIN wholes ON wholes.id = row.id
    WHERE row.upload_id = %(upload)s
), measured AS (
    SELECT named.*,
           coalesce(stated, teams_rounded(brand + people + insights + relationships)) AS total,
           concat_ws('/', stated, coalesce(brand, -1), coalesce(people, -1), coalesce(insights, -1),
                     coalesce(relationships, -1)) AS figures
    FROM named
), compared AS (
    SELECT measured.*,
           row_number() OVER (PARTITION BY who, month, day, problem <> '', part_of_id IS NULL ORDER BY id) > 1
               AS is_again,
           min(figures) OVER same_time <> max(figures) OVER same_time AS differs
    FROM measured
    WINDOW same_time AS (PARTITION BY who, month, day, problem <> '', part_of_id IS NULL)
), judged AS (
    SELECT compared.id, known.id AS stored_id,
        CASE
            WHEN problem <> '' THEN 'error'
            WHEN part_of_id IS NOT NULL THEN 'part'
            WHEN choice = 'skip' THEN 'skipped'
            WHEN choice = 'ask' THEN 'error ask'
            WHEN NOT %(is_admin)s AND member_id IS NOT NULL
             AND teams_team_of(member_id, month) IS DISTINCT FROM %(team)s
             AND EXISTS (SELECT FROM teams_membership AS theirs WHERE theirs.member_id = compared.member_id)
                THEN 'error not_then'
            WHEN differs THEN 'error twice'
            WHEN is_again THEN 'same'
            WHEN coalesce(stated, known.total) = known.total
             AND (compared.brand IS NULL OR known.brand = compared.brand)
             AND (compared.people IS NULL OR known.people = compared.people)
             AND (compared.insights IS NULL OR known.insights = compared.insights)
             AND (compared.relationships IS NULL OR known.relationships = compared.relationships) THEN 'same'
            WHEN compared.total IS NULL AND known.id IS NULL THEN 'error no_total'
            WHEN EXISTS (
                SELECT FROM teams_board AS board
                WHERE board.month = compared.month AND board.closed_at IS NOT NULL
                  AND board.team_id = coalesce((
                      SELECT membership.team_id FROM teams_membership AS membership
                      WHERE membership.member_id = compared.member_id
                        AND teams_competes_on(membership, teams_last_day(compared.month))
                      LIMIT 1
                  ), %(team)s)
                  AND NOT (
                      %(is_admin)s AND board.team_id = %(team)s
                      AND NOT EXISTS (SELECT FROM teams_standing AS final WHERE final.board_id = board.id)
                      AND NOT EXISTS (SELECT FROM teams_revision AS amended WHERE amended.board_id = board.id)
                  )
            ) THEN 'error closed'
            WHEN compared.month < %(open_from)s AND NOT %(is_admin)s THEN 'error history'
            WHEN coalesce(stated, known.total) = known.total
             AND (stated IS NOT NULL OR compared.total IS NULL
                  OR abs(compared.brand + compared.people + compared.insights + compared.relationships - known.total)
                     <= %(adds_up_within)s)
             AND coalesce(compared.brand, known.brand, 0) = coalesce(known.brand, compared.brand, 0)
             AND coalesce(compared.people, known.people, 0) = coalesce(known.people, compared.people, 0)
             AND coalesce(compared.insights, known.insights, 0) = coalesce(known.insights, compared.insights, 0)
             AND coalesce(compared.relationships, known.relationships, 0)
               = coalesce(known.relationships, compared.relationships, 0) THEN 'adds'
            WHEN compared.total IS NULL THEN 'error no_total'
            WHEN known.id IS NOT NULL THEN 'conflict'
            WHEN choice = 'add' THEN 'member'
            ELSE 'new'
        END AS verdict
    FROM compared
    LEFT JOIN LATERAL (
        SELECT reading.id, reading.total, reading.brand, reading.people, reading.insights, reading.relationships
        FROM teams_reading AS reading
        JOIN teams_submission AS submission ON submission.id = reading.id
        WHERE reading.member_id = compared.member_id AND reading.month = compared.month
          AND (compared.day IS NULL OR reading.taken_on = compared.day
               OR (submission.day_unknown AND reading.total = coalesce(compared.stated, reading.total)
                   AND reading.brand IS NULL AND reading.people IS NULL AND reading.insights IS NULL
                   AND reading.relationships IS NULL))
        ORDER BY reading.taken_on = compared.day DESC NULLS LAST, reading.taken_on DESC, reading.id DESC
        LIMIT 1
    ) AS known ON true
)
UPDATE teams_importrow AS row
SET action = split_part(judged.verdict, ' ', 1), why = split_part(judged.verdict, ' ', 2),
    stored_id = CASE WHEN judged.verdict <> 'error not_then' THEN judged.stored_id END
FROM judged
WHERE judged.id = row.id
