-- What decides whether memberships are reminded of a month: a row for each combination of facts, with those for whom it
-- holds. They compete if they do on the month's last day and are still in a team, though another. Leave is for the
-- rules to judge; the other facts have the names of `Recipient` in `rules/reminders.py`.
SELECT array_agg(membership.id) AS memberships, organization.holidays, leave.starts, leave.ends,
       reading.id IS NOT NULL AS submitted,
       teams_competes_on(membership, %(last_day)s::date) AND (
           membership.left_on IS NULL
           OR membership.left_on > (%(now)s::timestamptz AT TIME ZONE organization.time_zone)::date
           OR EXISTS (SELECT FROM teams_membership AS next WHERE next.member_id = member.id AND next.left_on IS NULL)
       ) AS competes,
       teams_lacks_access_on(member, %(last_day)s::date) AS no_access,
       board.id IS NOT NULL AS closed,
       login.id IS NOT NULL AS has_address,
       coalesce(member.user_id IS NULL AND invitation.expires_at > %(now)s::timestamptz, false) AS invited,
       coalesce(member.user_id IS NULL AND invitation.expires_at <= %(now)s::timestamptz, false) AS was_invited,
       unsubscription.id IS NOT NULL AS unsubscribed
FROM jsonb_array_elements_text(%(memberships)s::jsonb) AS asked (membership_id)
JOIN teams_membership AS membership ON membership.id = asked.membership_id::bigint
JOIN teams_member AS member ON member.id = membership.member_id
JOIN teams_organization AS organization ON organization.id = member.organization_id
LEFT JOIN LATERAL (
    SELECT id FROM teams_reading WHERE member_id = member.id AND month = %(first_day)s::date LIMIT 1
) AS reading ON true
LEFT JOIN teams_user AS login ON login.id = member.user_id AND login.is_active
LEFT JOIN teams_invitation AS invitation ON invitation.member_id = member.id
LEFT JOIN teams_unsubscription AS unsubscription
       ON unsubscription.member_id = member.id AND unsubscription.topic = 'reminders'
LEFT JOIN teams_board AS board
       ON board.team_id = membership.team_id AND board.month = %(first_day)s::date AND board.closed_at IS NOT NULL
LEFT JOIN LATERAL (
    SELECT array_agg(starts_on) AS starts, array_agg(ends_on) AS ends
    FROM teams_leave
    WHERE member_id = member.id AND starts_on <= %(last_day)s::date AND ends_on >= %(first_day)s::date
) AS leave ON true
GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
