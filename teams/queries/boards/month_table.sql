-- Every reading that counts in a month of whoever competes on a board (of a closed board: at its closing), those that wait
-- for confirmation first, then by name and the latest first; with who typed and who confirmed it, and the latest score
-- of the months before.
WITH people AS (
    SELECT member_id FROM teams_membership AS membership
    WHERE team_id = %(team)s AND teams_competes_on(membership, %(last_day)s)
      AND %(absent)s::jsonb IS NULL
    UNION
    SELECT member_id FROM teams_standing WHERE board_id = %(board)s AND %(absent)s::jsonb IS NOT NULL
    UNION
    SELECT key::bigint FROM jsonb_each_text(%(absent)s::jsonb)
)
SELECT reading.id, reading.member_id, member.name AS member, reading.taken_on, reading.total,
       reading.brand, reading.people, reading.insights, reading.relationships,
       reading.source, reading.typed_by_id, typist.name AS typed_by,
       confirmation.at AS confirmed_at, confirming.name AS confirmed_by,
       before.total AS total_before, before.taken_on AS taken_before, before.month AS month_before,
       before.pillars AS pillars_before
FROM people
JOIN teams_member AS member ON member.id = people.member_id
JOIN teams_reading AS reading ON reading.member_id = member.id AND reading.month = %(month)s
JOIN teams_member AS typist ON typist.id = reading.typed_by_id
LEFT JOIN teams_confirmation AS confirmation ON confirmation.submission_id = reading.id
LEFT JOIN teams_member AS confirming ON confirming.id = confirmation.by_id
LEFT JOIN LATERAL (
    SELECT total, taken_on, month, ARRAY[brand, people, insights, relationships] AS pillars
    FROM teams_score WHERE member_id = member.id AND month BETWEEN %(since)s AND %(month_before)s
    ORDER BY month DESC LIMIT 1
) AS before ON true
ORDER BY confirmation.id IS NOT NULL, teams_alphabetical(member.name), member.id, reading.taken_on DESC, reading.id DESC
