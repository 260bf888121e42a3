-- What some teams play for: the open challenges, and those that were settled since a moment, each with what it counts,
-- somebody's own entry, if they have one, and how many are in.
SELECT {challenge}, {counter}, {entry}, (
    SELECT count(*) FROM teams_entry WHERE challenge_id = challenge.id AND answer = 'accepted'
) AS accepted
FROM teams_challenge AS challenge
LEFT JOIN teams_counter AS counter ON counter.id = challenge.counter_id
LEFT JOIN teams_entry AS entry ON entry.challenge_id = challenge.id AND entry.member_id = %(member)s
WHERE challenge.sent_at IS NOT NULL
  AND (challenge.settled_at IS NULL AND challenge.voided_at IS NULL
       OR challenge.settled_at >= %(settled_since)s::timestamptz)
  AND (%(others_duels)s OR NOT challenge.is_duel OR entry.id IS NOT NULL)
  AND EXISTS (
      SELECT FROM teams_challenge_teams AS playing
      WHERE playing.challenge_id = challenge.id AND playing.team_id = ANY (%(teams)s::bigint[])
  )
ORDER BY challenge.ends_on, challenge.id
LIMIT %(most)s::bigint
