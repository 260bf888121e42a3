-- How many points a member's score of a month is above their best other month since LinkedIn last changed its formula;
-- none where that is no more than a day's noise, or where there are fewer than `fewest` others. As `best_month_gain` in
-- rules/moments.py.
CREATE OR REPLACE FUNCTION teams_best_month_gain(of_member bigint, of_month date, fewest integer, noise integer)
RETURNS integer LANGUAGE sql STABLE AS $$
    SELECT (max(score.total) FILTER (WHERE score.month = of_month)
          - max(score.total) FILTER (WHERE score.month <> of_month))::integer
    FROM teams_score AS score
    WHERE score.member_id = of_member AND score.month >= ALL (
        SELECT recalibration.day
        FROM teams_recalibration AS recalibration
        JOIN teams_member AS member ON member.organization_id = recalibration.organization_id
        WHERE member.id = of_member AND recalibration.day <= teams_last_day(of_month)
    )
    HAVING count(*) FILTER (WHERE score.month <> of_month) >= fewest
       AND max(score.total) FILTER (WHERE score.month = of_month)
         - max(score.total) FILTER (WHERE score.month <> of_month) > noise
$$;
