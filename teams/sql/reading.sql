-- A reading is a submission that still counts: neither corrected nor withdrawn.
CREATE OR REPLACE VIEW teams_reading AS
SELECT submission.*
FROM teams_submission AS submission
WHERE NOT EXISTS (SELECT FROM teams_submission AS newer WHERE newer.replaces_id = submission.id)
  AND NOT EXISTS (SELECT FROM teams_withdrawal AS withdrawal WHERE withdrawal.submission_id = submission.id);
