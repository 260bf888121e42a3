-- What waits for somebody, the newest first, with the names of whatever each is about.
{waiting}
SELECT waiting.kind, waiting.since, waiting.count, waiting.since > coalesce(me.bell_read_at, '-infinity') AS is_new,
       waiting.challenge_id, challenge.title AS challenge, challenge.stake,
       coalesce(maker.name, giver.name) AS maker, thanks.text,
       CASE WHEN debt.debtor_id = me.id THEN creditor.name ELSE debtor.name END AS other,
       team.name AS team, team.slug, board.month, suggestion.day
FROM me, waiting
LEFT JOIN teams_challenge AS challenge ON challenge.id = waiting.challenge_id
LEFT JOIN teams_member AS maker ON maker.id = challenge.maker_id
LEFT JOIN teams_debt AS debt ON debt.id = waiting.debt_id
LEFT JOIN teams_member AS debtor ON debtor.id = debt.debtor_id
LEFT JOIN teams_member AS creditor ON creditor.id = debt.creditor_id
LEFT JOIN teams_board AS board ON board.id = waiting.board_id
LEFT JOIN teams_team AS team ON team.id = board.team_id
LEFT JOIN teams_thanks AS thanks ON thanks.id = waiting.thanks_id
LEFT JOIN teams_member AS giver ON giver.id = thanks.giver_id
LEFT JOIN teams_recalibrationsuggestion AS suggestion ON suggestion.id = waiting.suggestion_id
ORDER BY waiting.since DESC, waiting.kind, waiting.challenge_id, waiting.board_id
