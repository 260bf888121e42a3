-- Every reading that an import stores, in one statement, with what other tabs say of it; their ids were given before.
-- What completes a stored reading is that one with the parts, replacing it.
INSERT INTO teams_submission (
    id, member_id, month, taken_on, day_unknown, total, brand, people, insights, relationships,
    note, source, typed_by_id, typed_at, replaces_id, reason
)
SELECT whole.submission_id, person.member_id, whole.month,
       coalesce(whole.day, CASE WHEN whole.completes THEN stored.taken_on END, whole.taken_on),
       whole.day IS NULL AND coalesce(CASE WHEN whole.completes THEN stored.day_unknown END, true),
       coalesce(whole.stated, CASE WHEN whole.completes THEN stored.total END,
                teams_rounded(whole.brand + whole.people + whole.insights + whole.relationships)),
       coalesce(whole.brand, CASE WHEN whole.completes THEN stored.brand END),
       coalesce(whole.people, CASE WHEN whole.completes THEN stored.people END),
       coalesce(whole.insights, CASE WHEN whole.completes THEN stored.insights END),
       coalesce(whole.relationships, CASE WHEN whole.completes THEN stored.relationships END),
       whole.note, CASE whole.kind WHEN 'sales_navigator' THEN 'sales_navigator' ELSE 'import' END, %(by)s, now(),
       CASE WHEN whole.completes OR whole.action = 'conflict' THEN whole.stored_id END,
       CASE WHEN whole.completes THEN 'completed by an import'
            WHEN whole.action = 'conflict' THEN 'replaced by an import' ELSE '' END
FROM (
    SELECT row.id, row.submission_id, row.person_id, row.month, row.taken_on, row.action, row.stored_id,
           row.action = 'adds' AS completes, sheet.kind,
           coalesce(CASE WHEN NOT row.day_unknown THEN row.taken_on END, parts.day) AS day,
           coalesce(CASE WHEN NOT row.is_summed THEN row.total END, parts.stated) AS stated,
           coalesce(row.brand, parts.brand) AS brand, coalesce(row.people, parts.people) AS people,
           coalesce(row.insights, parts.insights) AS insights,
           coalesce(row.relationships, parts.relationships) AS relationships,
           coalesce(nullif(row.note, ''), parts.note, '') AS note
    FROM teams_importrow AS row
    LEFT JOIN teams_importsheet AS sheet ON sheet.id = row.sheet_id
    LEFT JOIN LATERAL (
        SELECT max(taken_on) FILTER (WHERE NOT day_unknown) AS day, max(total) FILTER (WHERE NOT is_summed) AS stated,
               max(brand) AS brand, max(people) AS people, max(insights) AS insights,
               max(relationships) AS relationships, max(note) AS note
        FROM teams_importrow AS part
        WHERE part.part_of_id = row.id
    ) AS parts ON true
    WHERE row.upload_id = %(upload)s AND row.submission_id IS NOT NULL
) AS whole
JOIN teams_importperson AS person ON person.id = whole.person_id
LEFT JOIN teams_submission AS stored ON stored.id = whole.stored_id
