-- What a team's board page is made of, as texts that differ when any of it does, for a member who belongs to the team;
-- nothing while a change waits to be ranked. The first is what they may see, the others are the boards and the goals. A
-- row's xmin and ctid differ whenever it was changed. The last column says whether the team plays for something, which
-- is everybody's own.
SELECT team.id AS team,
       concat_ws('|',
           organization.xmin, organization.ctid, team.xmin, team.ctid, viewer.sees_ranks,
           (SELECT string_agg(concat_ws(':', team_id, role, competing), ',' ORDER BY team_id)
            FROM teams_membership WHERE member_id = viewer.id AND left_on IS NULL)
       ) AS rights,
       (SELECT string_agg(concat_ws(':', id, version, closed_at), ',' ORDER BY month)
        FROM teams_board WHERE team_id = team.id AND month >= %(since)s) AS boards,
       (SELECT string_agg(concat_ws(':', id, reached_on), ',' ORDER BY id)
        FROM teams_goal WHERE team_id = team.id AND cancelled_on IS NULL AND due_on >= %(since)s) AS goals,
       EXISTS (
           SELECT FROM teams_challenge_teams AS playing
           JOIN teams_challenge AS challenge ON challenge.id = playing.challenge_id
           WHERE playing.team_id = team.id AND challenge.sent_at IS NOT NULL
             AND (challenge.settled_at IS NULL OR challenge.settled_at >= %(since)s)
       ) AS plays
FROM teams_member AS viewer
JOIN teams_organization AS organization ON organization.id = viewer.organization_id
JOIN teams_team AS team ON team.organization_id = organization.id AND team.slug = %(slug)s
WHERE viewer.id = %(viewer)s
  AND EXISTS (SELECT FROM teams_membership WHERE team_id = team.id AND member_id = viewer.id AND left_on IS NULL)
  AND NOT EXISTS (
      SELECT FROM teams_board WHERE team_id = team.id AND closed_at IS NULL AND stale_since IS NOT NULL
  )
