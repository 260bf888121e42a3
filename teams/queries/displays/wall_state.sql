-- What the screens with these tokens show: each with its settings, with what its teams may have new, as texts that
-- differ when something on the wall does, and with what it may celebrate, the oldest first. Asked once a second for
-- all screens together. Challenges and podiums are celebrated only where everybody may see places, those of each team
-- that plays; a record, too, where its mean is of fewer reps than may stand for a mean. That is a month whose mean is
-- above all earlier ones by the same formula of LinkedIn's. What an import closed is no news. A moment of somebody's is
-- told under the name that walls have for them; whether it is still so is asked when it is its turn. Another team comes in turn
-- while whoever chose it manages it, as `Display.teams` has it.
WITH asked AS (
    SELECT display.*, greatest(display.paired_at, %(since)s::timestamptz) AS since
    FROM teams_display AS display WHERE display.token_hash = ANY (%(tokens)s::text[])
),
turns AS (
    SELECT id AS display_id, team_id FROM asked
    UNION
    SELECT display_id, also.team_id FROM teams_display_also_shows AS also
    JOIN asked ON asked.id = also.display_id
    JOIN teams_member AS chooser ON chooser.id = coalesce(asked.chosen_by_id, asked.created_by_id)
    WHERE chooser.is_admin OR EXISTS (
        SELECT FROM teams_membership AS managing
        WHERE managing.member_id = chooser.id AND managing.team_id = also.team_id
          AND managing.role = 'manager' AND managing.left_on IS NULL
    )
),
shown AS (
    SELECT turns.display_id, turns.team_id, team.organization_id, asked.since,
           concat_ws(':', team.id, team.name, team.rank_visibility, organization.rank_visibility, organization.wall_names,
                     organization.wall_rows) AS policy,
           team.rank_visibility IN ('', 'all') AND organization.rank_visibility = 'all' AS with_places
    FROM turns
    JOIN asked ON asked.id = turns.display_id
    JOIN teams_team AS team ON team.id = turns.team_id
    JOIN teams_organization AS organization ON organization.id = team.organization_id
),
policies AS (
    SELECT display_id, string_agg(policy, ',' ORDER BY team_id) AS said FROM shown GROUP BY display_id
),
boards AS (
    SELECT shown.display_id, sum(board.version) AS said
    FROM shown JOIN teams_board AS board ON board.team_id = shown.team_id
    GROUP BY shown.display_id
),
goal AS (
    SELECT shown.display_id, shown.since, goal.*
    FROM shown JOIN teams_goal AS goal ON goal.team_id = shown.team_id
    WHERE goal.due_on > shown.since::date - 7 AND goal.cancelled_on IS NULL
),
goals AS (
    SELECT display_id, string_agg(concat_ws(':', id, target, due_on, reached_on), ',' ORDER BY id) AS said
    FROM goal GROUP BY display_id
),
played AS (
    SELECT shown.display_id, shown.since, challenge.id, challenge.title, challenge.ends_on, challenge.settled_at,
           challenge.voided_at,
           bool_or(shown.with_places) AND (challenge.kind = 'teams' OR NOT EXISTS (
               SELECT FROM teams_challenge_teams AS others
               JOIN teams_team AS other ON other.id = others.team_id AND other.rank_visibility NOT IN ('', 'all')
               WHERE others.challenge_id = challenge.id
           )) AS with_places
    FROM shown
    JOIN teams_challenge_teams AS playing ON playing.team_id = shown.team_id
    JOIN teams_challenge AS challenge ON challenge.id = playing.challenge_id
    WHERE challenge.sent_at IS NOT NULL AND NOT challenge.is_duel
      AND (challenge.settled_at IS NULL OR challenge.settled_at > shown.since)
      AND (challenge.voided_at IS NULL OR challenge.voided_at > shown.since)
    GROUP BY shown.display_id, shown.since, challenge.id
),
challenges AS (
    SELECT display_id,
           string_agg(concat_ws(':', id, title, ends_on, settled_at, voided_at, with_places), ',' ORDER BY id) AS said
    FROM played GROUP BY display_id
),
entries AS (
    SELECT played.display_id, count(*) AS said
    FROM played JOIN teams_entry AS entry ON entry.challenge_id = played.id AND entry.answer = 'accepted'
    GROUP BY played.display_id
),
closed AS (
    SELECT shown.display_id, shown.since, shown.with_places, shown.organization_id, board.*
    FROM shown JOIN teams_board AS board ON board.team_id = shown.team_id
    WHERE board.closed_at > %(since)s::timestamptz AND NOT board.in_history
      AND teams_is_complete(board.submitted, board.expected, %(complete_from)s)
),
moment AS (
    SELECT shown.display_id, shown.since, moment.id, moment.noticed_at, moment.taken_back_at
    FROM shown
    JOIN teams_moment AS moment ON moment.team_id = shown.team_id AND moment.noticed_at > %(moments_since)s::timestamptz
    JOIN teams_member AS member ON member.id = moment.member_id AND member.wall_name <> 'out'
    LEFT JOIN teams_goal AS goal ON goal.id = moment.goal_id
    LEFT JOIN teams_challenge AS challenge ON challenge.id = moment.challenge_id
    WHERE shown.with_places
      AND (moment.kind = 'best_month' OR moment.kind = 'challenge' AND challenge.settled_at IS NULL OR goal.shared)
),
moments AS (
    SELECT display_id, concat_ws(':', max(id), count(*) FILTER (WHERE taken_back_at IS NULL)) AS said
    FROM moment GROUP BY display_id
),
celebration AS (
    SELECT display_id, since, 'goal-' || id AS key, celebrated_at AS moment FROM goal WHERE reached_on IS NOT NULL
    UNION ALL
    SELECT display_id, since, 'month-' || id, closed_at FROM closed WHERE with_places
    UNION ALL
    SELECT display_id, since, 'record-' || id, closed_at FROM closed
    WHERE (with_places OR submitted >= %(fewest)s) AND round(mean, 1) > (
        SELECT round(max(earlier.mean), 1) FROM teams_board AS earlier
        WHERE earlier.team_id = closed.team_id AND earlier.month < closed.month
          AND teams_is_complete(earlier.submitted, earlier.expected, %(complete_from)s)
          AND earlier.month >= ALL (
              SELECT day FROM teams_recalibration AS recalibration
              WHERE recalibration.organization_id = closed.organization_id
                AND recalibration.day <= teams_last_day(closed.month)
          )
    )
    UNION ALL
    SELECT display_id, since, 'challenge-' || id, settled_at FROM played
    WHERE with_places AND settled_at IS NOT NULL AND EXISTS (
        SELECT FROM teams_settlement AS settlement
        JOIN teams_outcome AS outcome ON outcome.settlement_id = settlement.id
        WHERE settlement.challenge_id = played.id AND outcome.won
    )
    UNION ALL
    SELECT display_id, since, 'moment-' || id, noticed_at FROM moment WHERE noticed_at > %(since)s::timestamptz
    UNION ALL
    SELECT id, since, 'test-' || round(extract(epoch FROM tested_at)), tested_at FROM asked
    WHERE tested_at IS NOT NULL
),
celebrations AS (
    SELECT display_id, array_agg(key ORDER BY moment, key) AS keys
    FROM celebration WHERE moment > since GROUP BY display_id
)
SELECT asked.token_hash, asked.id AS display, asked.team_id AS team, asked.seen_at, organization.time_zone, organization.language,
       asked.slides, asked.seconds, asked.sound, asked.bright_from, asked.bright_until,
       policies.said AS policies,
       concat_ws('|', boards.said, coalesce(goals.said, '-'), coalesce(challenges.said, '-'), entries.said, moments.said)
           AS facts,
       goals.said IS NOT NULL AS has_goals, challenges.said IS NOT NULL AS plays,
       coalesce(celebrations.keys, ARRAY[]::text[]) AS celebrations, asked.celebrated
FROM asked
JOIN teams_team AS team ON team.id = asked.team_id
JOIN teams_organization AS organization ON organization.id = team.organization_id
LEFT JOIN policies ON policies.display_id = asked.id
LEFT JOIN boards ON boards.display_id = asked.id
LEFT JOIN goals ON goals.display_id = asked.id
LEFT JOIN challenges ON challenges.display_id = asked.id
LEFT JOIN entries ON entries.display_id = asked.id
LEFT JOIN moments ON moments.display_id = asked.id
LEFT JOIN celebrations ON celebrations.display_id = asked.id
