-- Stores when to look at memberships again, and claims their reminders where one is named; not of what was claimed
-- before, nor for whom a manager reminded by hand today.
WITH looked AS (
    UPDATE teams_membership AS membership SET remind_at = look.again_at
    FROM jsonb_to_recordset(%(looks)s::jsonb) AS look (
        memberships bigint[], again_at timestamptz, subject text, by_hand text, good_until timestamptz
    ), unnest(look.memberships) AS looked_at (id)
    WHERE membership.id = looked_at.id
    RETURNING membership.team_id, membership.member_id, look.subject, look.by_hand, look.good_until
)
INSERT INTO teams_delivery
    (team_id, member_id, kind, subject, state, reason, attempts, created_at, due_at, good_until)
SELECT team_id, member_id, 'reminder', subject, 'waiting', '', 0, %(now)s, %(now)s, good_until
FROM looked
WHERE subject IS NOT NULL AND NOT EXISTS (
    SELECT FROM teams_delivery AS sent
    WHERE sent.member_id = looked.member_id AND sent.kind = 'reminder' AND sent.subject = looked.by_hand
    OFFSET 0  -- each by the index, as in `awake.sql`
)
ORDER BY member_id  -- so that two sweeps wait for each other in one order, and all are looked up before the first is stored
ON CONFLICT (member_id, kind, subject) WHERE member_id IS NOT NULL DO NOTHING
