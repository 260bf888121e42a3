-- Totals on one tab of a workbook and pillars on another are one reading: rows of one person and month, from different
-- tabs, that say nothing different of the same thing, and are of one day or do not know theirs. All but the first with
-- a total are part of it.
WITH named AS (
    SELECT row.id, row.sheet_id, row.month, row.part_of_id, coalesce('m' || person.member_id, 'p' || person.id) AS who,
           CASE WHEN NOT row.day_unknown THEN row.taken_on END AS day,
           CASE WHEN NOT row.is_summed THEN row.total END AS stated,
           row.brand, row.people, row.insights, row.relationships
    FROM teams_importrow AS row
    JOIN teams_importperson AS person ON person.id = row.person_id
    WHERE row.upload_id = %(upload)s AND %(several)s AND row.problem = '' AND row.month IS NOT NULL
), whole AS (
    SELECT who, month, coalesce(min(id) FILTER (WHERE stated IS NOT NULL), min(id)) AS first
    FROM named
    GROUP BY who, month
    HAVING min(sheet_id) <> max(sheet_id)
       AND count(*) = count(DISTINCT sheet_id)
       AND count(DISTINCT day) <= 1
       AND count(DISTINCT stated) <= 1
       AND count(DISTINCT brand) <= 1
       AND count(DISTINCT people) <= 1
       AND count(DISTINCT insights) <= 1
       AND count(DISTINCT relationships) <= 1
       AND count(DISTINCT (stated, brand, people, insights, relationships)) > 1
), parts AS (
    SELECT row.id, CASE WHEN named.id <> whole.first THEN whole.first END AS part_of_id
    FROM teams_importrow AS row
    LEFT JOIN named ON named.id = row.id
    LEFT JOIN whole ON whole.who = named.who AND whole.month = named.month
    WHERE row.upload_id = %(upload)s AND (%(several)s OR row.part_of_id IS NOT NULL)
)
UPDATE teams_importrow AS row
SET part_of_id = parts.part_of_id
FROM parts
WHERE parts.id = row.id AND row.part_of_id IS DISTINCT FROM parts.part_of_id
