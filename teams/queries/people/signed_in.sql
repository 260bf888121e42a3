-- Somebody who is signed in, with their member, its organization, the day of an erasure that is asked for, and the teams
-- they are in: a row for each of these. What waits for them is counted once, whatever they are in.
SELECT {membership}, {team},
       EXISTS (SELECT FROM teams_counter AS counter WHERE counter.team_id = team.id AND counter.playable),
       {login}, {member}, {organization}, erasure.due_at, (
    {waiting} SELECT count(*) FROM waiting, me WHERE since > coalesce(me.bell_read_at, '-infinity')
)
FROM teams_user AS login
LEFT JOIN teams_member AS member ON member.user_id = login.id
LEFT JOIN teams_organization AS organization ON organization.id = member.organization_id
LEFT JOIN teams_erasure AS erasure ON erasure.member_id = member.id AND erasure.done_at IS NULL
LEFT JOIN (teams_membership AS membership JOIN teams_team AS team ON team.id = membership.team_id)
       ON membership.member_id = member.id AND membership.left_on IS NULL
WHERE login.id = %(user)s::bigint
ORDER BY team.name
