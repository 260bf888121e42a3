-- Takes back every reading of an import that counts still and had replaced nothing, in one statement.
INSERT INTO teams_withdrawal (submission_id, by_id, at, reason)
SELECT stored.id, %(by)s, now(), %(reason)s
FROM teams_importrow AS row
JOIN teams_submission AS stored ON stored.id = row.submission_id
WHERE row.upload_id = %(upload)s AND stored.replaces_id IS NULL
  AND NOT EXISTS (SELECT FROM teams_submission AS newer WHERE newer.replaces_id = stored.id)
  AND NOT EXISTS (SELECT FROM teams_withdrawal AS taken WHERE taken.submission_id = stored.id)
