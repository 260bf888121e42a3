-- Every reading that an import stores, in one statement; their ids were given before.
INSERT INTO teams_submission (
    id, member_id, month, taken_on, day_unknown, total, brand, people, insights, relationships,
    note, source, typed_by_id, typed_at, replaces_id, reason
)
SELECT row.submission_id, person.member_id, row.month, row.taken_on, row.day_unknown, row.total,
       row.brand, row.people, row.insights, row.relationships, row.note, %(source)s, %(by)s, now(),
       CASE row.action WHEN 'conflict' THEN row.stored_id END,
       CASE row.action WHEN 'conflict' THEN 'replaced by an import' ELSE '' END
FROM teams_importrow AS row
JOIN teams_importperson AS person ON person.id = row.person_id
WHERE row.upload_id = %(upload)s AND row.submission_id IS NOT NULL
