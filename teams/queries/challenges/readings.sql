-- What members read from a day to another, with every figure and what became of it. Near is also what a correction moved
-- into these days or out of them.
SELECT reading.id, reading.member_id, reading.taken_on, reading.typed_at, reading.day_unknown,
       reading.total, reading.brand, reading.people, reading.insights, reading.relationships,
       reading.replaces_id, withdrawal.at AS withdrawn_at, confirmation.id IS NOT NULL AS is_confirmed,
       reading.source
FROM teams_submission AS reading
LEFT JOIN teams_submission AS earlier ON earlier.id = reading.replaces_id
LEFT JOIN teams_submission AS later ON later.replaces_id = reading.id
LEFT JOIN teams_withdrawal AS withdrawal ON withdrawal.submission_id = reading.id
LEFT JOIN teams_confirmation AS confirmation ON confirmation.submission_id = reading.id
WHERE reading.member_id = ANY (%(members)s::bigint[])
  AND (reading.taken_on BETWEEN %(since)s::date AND %(until)s::date
    OR earlier.taken_on BETWEEN %(since)s::date AND %(until)s::date
    OR later.taken_on BETWEEN %(since)s::date AND %(until)s::date)
ORDER BY reading.id
