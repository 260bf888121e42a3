-- Everybody who may count towards goals, with their latest figure at the start and on a day, within three months.
-- One row for each goal asked about, rep and moment; the figure is the score, or the goal's pillar. The start of a goal
-- that is stored is what was stored with it. Of what a team counts itself it is a month's figure, dated that month's
-- last day: at the start of the months before, now of those until this one. Its id has a minus: it is no reading's.
WITH asked AS (
    SELECT *, teams_last_day(month) AS last_day,
           EXISTS (SELECT FROM teams_goalstart AS start WHERE start.goal_id = asked.goal_id) AS has_start
    FROM unnest(
        %(numbers)s::int[], %(goals)s::bigint[], %(teams)s::bigint[], %(members)s::bigint[], %(pillars)s::text[],
        %(counters)s::bigint[], %(starts)s::date[], %(days)s::date[], %(months)s::date[]
    ) AS asked (number, goal_id, team_id, member_id, pillar, counter_id, started_on, day, month)
),
reps AS (
    SELECT number, member_id, true AS from_start FROM asked WHERE member_id IS NOT NULL
    UNION ALL
    SELECT asked.number, membership.member_id, EXISTS (
        SELECT FROM teams_goalstart AS start
        WHERE start.goal_id = asked.goal_id AND start.member_id = membership.member_id
    ) OR NOT asked.has_start AND EXISTS (
        SELECT FROM teams_membership AS earlier
        WHERE earlier.team_id = asked.team_id
          AND earlier.member_id = membership.member_id
          AND teams_competes_on(earlier, asked.started_on)
    )
    FROM asked
    JOIN teams_membership AS membership
      ON membership.team_id = asked.team_id
     AND teams_competes_on(membership, asked.last_day)
    JOIN teams_member AS member
      ON member.id = membership.member_id
     AND (asked.counter_id IS NOT NULL OR NOT teams_lacks_access_on(member, asked.last_day))
)
SELECT number, reps.member_id, from_start, leave.starts, leave.ends,
       moment.name, latest.value, latest.taken_on, latest.month, latest.id
FROM reps
JOIN asked USING (number)
CROSS JOIN LATERAL (
    SELECT array_agg(starts_on) AS starts, array_agg(ends_on) AS ends
    FROM teams_leave
    WHERE asked.team_id IS NOT NULL AND member_id = reps.member_id
      AND starts_on <= asked.last_day AND ends_on >= asked.month
) AS leave
CROSS JOIN LATERAL (VALUES ('start', asked.started_on), ('now', asked.day)) AS moment (name, day)
LEFT JOIN LATERAL (
    SELECT start.value, start.taken_on, start.month, 0 AS id
    FROM teams_goalstart AS start
    WHERE moment.name = 'start' AND start.goal_id = asked.goal_id AND start.member_id = reps.member_id
    UNION ALL
    (SELECT figure.value, reading.taken_on, reading.month, reading.id
    FROM teams_reading AS reading
    CROSS JOIN LATERAL (
        SELECT CASE asked.pillar
            WHEN 'brand' THEN reading.brand
            WHEN 'people' THEN reading.people
            WHEN 'insights' THEN reading.insights
            WHEN 'relationships' THEN reading.relationships
            ELSE reading.total
        END AS value
    ) AS figure
    WHERE NOT (moment.name = 'start' AND asked.has_start)
      AND asked.counter_id IS NULL
      AND reading.member_id = reps.member_id
      AND reading.month >= date_trunc('month', moment.day::timestamp) - %(reach_back)s::int * interval '1 month'
      AND reading.taken_on <= moment.day
      AND figure.value IS NOT NULL
    ORDER BY reading.month DESC, reading.taken_on DESC, reading.id DESC
    LIMIT 1)
    UNION ALL
    (SELECT figure.value, teams_last_day(figure.month), figure.month, -figure.id
    FROM (
        SELECT DISTINCT ON (month) id, month, value FROM teams_figure
        WHERE counter_id = asked.counter_id
          AND member_id = reps.member_id
          AND month >= date_trunc('month', moment.day::timestamp) - %(reach_back)s::int * interval '1 month'
          AND CASE moment.name
              WHEN 'start' THEN month < date_trunc('month', moment.day::timestamp) AND NOT asked.has_start
              ELSE month <= moment.day
          END
        ORDER BY month DESC, id DESC
    ) AS figure
    WHERE figure.value IS NOT NULL
    ORDER BY figure.month DESC
    LIMIT 1)
) AS latest ON true
ORDER BY number, reps.member_id, moment.name DESC
