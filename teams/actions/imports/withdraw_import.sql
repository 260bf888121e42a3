-- Takes back every reading of an import that counts still, in one statement: what it had replaced was restored before.
INSERT INTO teams_withdrawal (submission_id, by_id, at, reason)
SELECT stored.id, %(by)s, now(), %(reason)s
FROM teams_importrow AS row
JOIN teams_submission AS stored ON stored.id = row.submission_id
WHERE row.upload_id = %(upload)s
  AND NOT EXISTS (SELECT FROM teams_submission AS newer WHERE newer.replaces_id = stored.id)
  AND NOT EXISTS (SELECT FROM teams_withdrawal AS taken WHERE taken.submission_id = stored.id)
