-- What a wall's teams may have new, as texts that differ when something on it does, and what it may celebrate,
-- the oldest first. It is asked every three seconds by every wall. Challenges and closed months are celebrated only
-- where everybody may see places.
WITH shown AS (
    SELECT team.id, concat_ws(':', team.rank_visibility, organization.rank_visibility, organization.wall_names, organization.wall_rows)
               AS policy,
           team.rank_visibility IN ('', 'all') AND organization.rank_visibility = 'all' AS with_places
    FROM teams_display AS display
    LEFT JOIN teams_display_also_shows AS other ON other.display_id = display.id
    JOIN teams_team AS team ON team.id IN (display.team_id, other.team_id)
    JOIN teams_organization AS organization ON organization.id = team.organization_id
    WHERE display.id = %(display)s
    GROUP BY team.id, organization.id
),
played AS (
    SELECT challenge.id, challenge.title, challenge.ends_on, challenge.settled_at, challenge.voided_at,
           bool_or(shown.with_places) AS with_places
    FROM teams_challenge AS challenge
    JOIN teams_challenge_teams AS playing ON playing.challenge_id = challenge.id
    JOIN shown ON shown.id = playing.team_id
    WHERE challenge.sent_at IS NOT NULL AND NOT challenge.is_duel
      AND (challenge.settled_at IS NULL OR challenge.settled_at > %(since)s)
      AND (challenge.voided_at IS NULL OR challenge.voided_at > %(since)s)
    GROUP BY challenge.id
),
goals AS (
    SELECT goal.* FROM teams_goal AS goal
    JOIN shown ON shown.id = goal.team_id
    WHERE goal.due_on > %(since)s::date - 7 AND goal.cancelled_on IS NULL
),
celebrations AS (
    SELECT 'goal-' || id AS key, celebrated_at AS moment FROM goals WHERE reached_on IS NOT NULL
    UNION ALL
    SELECT 'month-' || board.id, board.closed_at FROM teams_board AS board
    JOIN shown ON shown.id = board.team_id
    WHERE shown.with_places AND board.submitted > 0 AND board.submitted >= 0.6 * board.expected
    UNION ALL
    SELECT 'challenge-' || id, settled_at FROM played
    WHERE with_places AND EXISTS (
        SELECT FROM teams_settlement AS settlement
        JOIN teams_outcome AS outcome ON outcome.settlement_id = settlement.id
        WHERE settlement.challenge_id = played.id AND outcome.won
    )
)
SELECT
    (SELECT string_agg(concat_ws(':', id, policy), ',' ORDER BY id) FROM shown),
    (SELECT sum(version) FROM teams_board WHERE team_id IN (SELECT id FROM shown)),
    (SELECT string_agg(concat_ws(':', id, target, due_on, reached_on), ',' ORDER BY id) FROM goals),
    (SELECT string_agg(concat_ws(':', id, title, ends_on, settled_at, voided_at), ',' ORDER BY id) FROM played),
    (SELECT count(*) FROM teams_entry WHERE answer = 'accepted' AND challenge_id IN (SELECT id FROM played)),
    (SELECT coalesce(array_agg(key ORDER BY moment, key), ARRAY[]::text[])
     FROM celebrations WHERE moment > %(since)s)
