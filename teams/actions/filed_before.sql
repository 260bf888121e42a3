-- What decides whether a member's reading may be filed for a month: whether that is closed for them, and the latest
-- reading that counts there, if any.
SELECT EXISTS (
           SELECT FROM teams_board AS board
           JOIN teams_membership AS membership ON membership.team_id = board.team_id
           WHERE membership.member_id = %(member)s::bigint AND membership.competing
             AND board.month = %(month)s::date AND board.closed_at IS NOT NULL
       ),
       {latest}
FROM (SELECT) AS always
LEFT JOIN LATERAL (
    SELECT * FROM teams_submission AS reading
    WHERE reading.member_id = %(member)s::bigint AND reading.month = %(month)s::date
      AND NOT EXISTS (SELECT FROM teams_submission AS newer WHERE newer.replaces_id = reading.id)
      AND NOT EXISTS (SELECT FROM teams_withdrawal AS withdrawal WHERE withdrawal.submission_id = reading.id)
    ORDER BY reading.taken_on DESC, reading.id DESC
    LIMIT 1
) AS latest ON true
