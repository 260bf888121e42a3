-- Who is first, or has won, in the latest result of each of these challenges, the best first.
SELECT entry.challenge_id AS challenge, entry.member_id AS member, coalesce(member.name, team.name) AS stored_name, outcome.won
FROM teams_settlement AS settlement
JOIN teams_outcome AS outcome ON outcome.settlement_id = settlement.id AND (outcome.won OR outcome.place = 1)
JOIN teams_entry AS entry ON entry.id = outcome.entry_id
LEFT JOIN teams_member AS member ON member.id = entry.member_id
LEFT JOIN teams_team AS team ON team.id = entry.team_id
WHERE settlement.challenge_id = ANY (%(challenges)s::bigint[])
  AND NOT EXISTS (
      SELECT FROM teams_settlement AS later
      WHERE later.challenge_id = settlement.challenge_id AND later.number > settlement.number
  )
ORDER BY outcome.place, teams_alphabetical(member.name)
