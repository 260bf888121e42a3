-- A score is a member's latest reading of a month.
CREATE OR REPLACE VIEW teams_score AS
SELECT DISTINCT ON (member_id, month)
       id AS submission_id, member_id, month, taken_on, total, brand, people, insights, relationships
FROM teams_reading
ORDER BY member_id, month DESC, taken_on DESC, id DESC;
