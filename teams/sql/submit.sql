-- Stores a reading and notes it, unless it is the `same` as one that stands already, or something that only the
-- database knows is against it: the caller says it in words. `only_first`: where the month has a reading this one is
-- late. Each statement sees what was committed when it began, so what was locked before is seen as it is now: a double
-- click waits for the member, and no month closes while its board is held.
CREATE OR REPLACE FUNCTION teams_submit(
    given jsonb, entries jsonb, only_first boolean, amending boolean,
    OUT stored bigint, OUT same bigint, OUT fresh bigint[],
    OUT is_closed boolean, OUT has_reading boolean, OUT can_replace boolean
) LANGUAGE plpgsql AS $$
DECLARE
    reading teams_submission := jsonb_populate_record(NULL::teams_submission, given);
    before teams_submission;
BEGIN
    PERFORM FROM teams_member WHERE id = reading.member_id FOR NO KEY UPDATE;
    fresh := ARRAY(SELECT teams_mark_stale(reading.member_id, reading.month));

    SELECT * INTO before FROM teams_submission AS latest
    WHERE latest.member_id = reading.member_id AND latest.month = reading.month
      AND NOT EXISTS (SELECT FROM teams_submission AS newer WHERE newer.replaces_id = latest.id)
      AND NOT EXISTS (SELECT FROM teams_withdrawal AS withdrawal WHERE withdrawal.submission_id = latest.id)
    ORDER BY latest.taken_on DESC, latest.id DESC
    LIMIT 1;
    has_reading := FOUND;
    can_replace := true;
    IF reading.replaces_id IS NOT NULL THEN
        SELECT * INTO before FROM teams_submission AS correction WHERE correction.replaces_id = reading.replaces_id;
        can_replace := NOT FOUND
            AND NOT EXISTS (SELECT FROM teams_withdrawal WHERE submission_id = reading.replaces_id)
            AND EXISTS (
                SELECT FROM teams_submission AS replaced
                WHERE replaced.id = reading.replaces_id
                  AND replaced.member_id = reading.member_id AND replaced.month = reading.month
            );
    END IF;
    is_closed := NOT amending AND EXISTS (
        SELECT FROM teams_board AS board
        JOIN teams_membership AS membership ON membership.team_id = board.team_id
        WHERE membership.member_id = reading.member_id AND membership.competing
          AND membership.joined_on < board.month + interval '1 month'
          AND (membership.left_on IS NULL OR membership.left_on >= board.month + interval '1 month')
          AND board.month = reading.month AND board.closed_at IS NOT NULL
    );

    IF (before.total, before.brand, before.people, before.insights, before.relationships, before.industry_rank,
        before.network_rank, before.industry_average, before.network_average, before.taken_on, before.note)
       IS NOT DISTINCT FROM
       (reading.total, reading.brand, reading.people, reading.insights, reading.relationships, reading.industry_rank,
        reading.network_rank, reading.industry_average, reading.network_average, reading.taken_on, reading.note)
    THEN
        same := before.id;
    ELSIF can_replace AND NOT is_closed AND NOT (only_first AND has_reading) THEN
        INSERT INTO teams_submission (
            member_id, month, taken_on, day_unknown, total, brand, people, insights, relationships, industry_rank,
            network_rank, industry_average, network_average, note, source, typed_by_id, typed_at, replaces_id, reason
        ) VALUES (
            reading.member_id, reading.month, reading.taken_on, reading.day_unknown, reading.total, reading.brand,
            reading.people, reading.insights, reading.relationships, reading.industry_rank, reading.network_rank,
            reading.industry_average, reading.network_average, reading.note, reading.source, reading.typed_by_id,
            reading.typed_at, reading.replaces_id, reading.reason
        ) RETURNING id INTO stored;
        PERFORM teams_note(entries);
    ELSE  -- nothing changed: what was marked is as it was
        DELETE FROM teams_board WHERE id = ANY (fresh) AND ranked_at IS NULL;
        UPDATE teams_board SET stale_since = NULL WHERE id = ANY (fresh);
        fresh := '{}';
    END IF;
END $$;
