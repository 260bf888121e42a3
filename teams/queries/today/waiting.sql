-- What waits for somebody who is signed in, each since when: the head of a statement that counts or shows it.
-- A month's silent wait from its last day on, what is to be confirmed until the month closes, a result for some weeks.
WITH me AS (
    SELECT member.id, member.is_admin, member.bell_read_at, member.organization_id, organization.time_zone, now.day,
           date_trunc('month', now.day)::date AS this_month,
           date_trunc('month', organization.created_at AT TIME ZONE organization.time_zone)::date AS first_month
    FROM teams_member AS member
    JOIN teams_organization AS organization ON organization.id = member.organization_id
    CROSS JOIN LATERAL (SELECT (%(now)s::timestamptz AT TIME ZONE organization.time_zone)::date) AS now (day)
    WHERE member.user_id = %(user)s::bigint
),
mine AS (
    SELECT array_agg(team_id) FILTER (WHERE role = 'manager') AS managed,
           array_agg(team_id) FILTER (WHERE competing) AS competing
    FROM teams_membership JOIN me ON me.id = member_id
    WHERE left_on IS NULL
),
board AS (
    SELECT board.id, board.month, board.expected - board.submitted AS missing,
           teams_last_day(board.month) AS last_day
    FROM me, mine, teams_board AS board
    WHERE board.team_id = ANY (mine.managed) AND board.closed_at IS NULL AND NOT board.in_history
      AND board.month BETWEEN greatest(me.first_month, me.this_month - interval '1 month') AND me.this_month
),
challenge AS (
    SELECT challenge.*
    FROM teams_challenge AS challenge JOIN me ON me.organization_id = challenge.organization_id
    WHERE challenge.sent_at IS NOT NULL AND challenge.settled_at IS NULL AND challenge.voided_at IS NULL
),
managed AS (
    SELECT challenge.*
    FROM challenge, me, mine
    WHERE me.is_admin OR EXISTS (
        SELECT FROM teams_challenge_teams AS playing
        JOIN teams_membership AS maker ON maker.team_id = playing.team_id AND maker.member_id = challenge.maker_id
        WHERE playing.challenge_id = challenge.id AND playing.team_id = ANY (mine.managed)
          AND maker.joined_on <= (challenge.sent_at AT TIME ZONE 'UTC')::date + 1
          AND (maker.left_on IS NULL OR maker.left_on > (challenge.sent_at AT TIME ZONE 'UTC')::date - 1)
    )
),
waiting (kind, since, challenge_id, debt_id, board_id, suggestion_id, thanks_id, count) AS (
    SELECT 'asked', challenge.sent_at, challenge.id, NULL::bigint, NULL::bigint, NULL::bigint,
           NULL::bigint, 1
    FROM me, mine, teams_entry AS entry JOIN challenge ON challenge.id = entry.challenge_id
    WHERE entry.answer = 'invited' AND (entry.member_id = me.id OR entry.team_id = ANY (mine.managed))
      AND me.day <= challenge.starts_on + (challenge.ends_on - challenge.starts_on) / 2
    UNION ALL
    SELECT 'formula', recalibration.day::timestamp AT TIME ZONE me.time_zone, managed.id, NULL, NULL, NULL, NULL, 1
    FROM me, managed
    JOIN teams_recalibration AS recalibration
      ON recalibration.organization_id = managed.organization_id
     AND recalibration.day BETWEEN managed.starts_on AND managed.ends_on
    WHERE NOT EXISTS (
        SELECT FROM teams_recalibrationchoice AS choice
        WHERE choice.challenge_id = managed.id AND choice.recalibration_id = recalibration.id
    ) AND NOT (managed.is_duel AND EXISTS (
        SELECT FROM teams_entry AS entry WHERE entry.challenge_id = managed.id AND entry.member_id = me.id
    ))
    UNION ALL
    SELECT 'decide', (managed.ends_on + %(grace)s::int + 1)::timestamp AT TIME ZONE me.time_zone, managed.id,
           NULL, NULL, NULL, NULL, 1
    FROM me, managed
    WHERE managed.confirmed_only AND managed.ends_on + %(grace)s::int < me.day
    UNION ALL
    SELECT 'suggestion', suggestion.made_at, NULL, NULL, NULL, suggestion.id, NULL, 1
    FROM me JOIN teams_recalibrationsuggestion AS suggestion
      ON suggestion.organization_id = me.organization_id AND suggestion.answered_at IS NULL
    WHERE me.is_admin
    UNION ALL
    SELECT 'silent', board.last_day::timestamp AT TIME ZONE me.time_zone, NULL, NULL, board.id, NULL, NULL, board.missing
    FROM me, board
    WHERE board.missing > 0 AND me.day >= board.last_day
    UNION ALL
    SELECT 'confirm', max(unconfirmed.typed_at), NULL, NULL, board.id, NULL, NULL, count(*)
    FROM me, board
    CROSS JOIN LATERAL (
        SELECT reading.typed_at
        FROM teams_standing AS standing
        JOIN teams_reading AS reading ON reading.member_id = standing.member_id AND reading.month = board.month
        WHERE standing.board_id = board.id AND standing.member_id <> me.id
          AND NOT EXISTS (SELECT FROM teams_confirmation AS said WHERE said.submission_id = reading.id)
        LIMIT %(most)s::int
    ) AS unconfirmed
    GROUP BY board.id
    UNION ALL
    SELECT CASE WHEN debt.debtor_id = me.id THEN 'owe' ELSE 'owed' END, settlement.settled_at, settlement.challenge_id,
           debt.id, NULL, NULL, NULL, 1
    FROM me
    JOIN teams_debt AS debt ON me.id IN (debt.debtor_id, debt.creditor_id)
    JOIN teams_settlement AS settlement ON settlement.id = debt.settlement_id
    WHERE debt.settled_at IS NULL AND debt.forgiven_at IS NULL AND debt.lapsed_at IS NULL
    UNION ALL
    SELECT 'won', settlement.settled_at, settlement.challenge_id, NULL, NULL, NULL, NULL, 1
    FROM me, mine, teams_entry AS entry
    JOIN teams_outcome AS outcome ON outcome.entry_id = entry.id AND outcome.won
    JOIN teams_settlement AS settlement ON settlement.id = outcome.settlement_id
    WHERE (entry.member_id = me.id OR entry.team_id = ANY (mine.competing))
      AND settlement.settled_at > %(now)s::timestamptz - %(result_stays)s::interval
      AND NOT EXISTS (
          SELECT FROM teams_settlement AS later
          WHERE later.challenge_id = settlement.challenge_id AND later.number > settlement.number
      )
    UNION ALL
    SELECT 'thanked', thanks.given_at, NULL, NULL, NULL, NULL, thanks.id, 1
    FROM me JOIN teams_thanks AS thanks ON thanks.receiver_id = me.id
    WHERE thanks.taken_down_at IS NULL AND thanks.given_at > %(now)s::timestamptz - %(thanks_wait)s::interval
)
