"""Submitting as one question to the database, whose plans each connection keeps; and the two parts that others use."""

from django.db import migrations

# The boards whose figures a member's score of a month appears in: that month's, and those of the next three months,
# whose changes look back at it. Ordered, so that two transactions never wait for each other in a circle. Answers with
# those that were fresh until now: only these need a nudge. The others are locked and not written.
MARK_STALE = """
CREATE FUNCTION teams_mark_stale(whose bigint, filed_for date) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY
    INSERT INTO teams_board AS board (team_id, month, version, submitted, expected, stale_since)
    SELECT membership.team_id, later.month, 0, 0, 0, now()
    FROM (VALUES (0), (1), (2), (3)) AS ahead (months)
    CROSS JOIN LATERAL (SELECT (filed_for + make_interval(months => ahead.months))::date) AS later (month)
    JOIN teams_membership AS membership
      ON membership.member_id = whose
     AND membership.competing
     AND membership.joined_on < later.month + interval '1 month'
     AND (membership.left_on IS NULL OR membership.left_on >= later.month + interval '1 month')
    WHERE later.month = filed_for
       OR EXISTS (
           SELECT FROM teams_board AS existing
           WHERE existing.team_id = membership.team_id AND existing.month = later.month
       )
    ORDER BY membership.team_id, later.month
    ON CONFLICT (team_id, month) DO UPDATE
      SET stale_since = now()
      WHERE board.closed_at IS NULL AND board.stale_since IS NULL
    RETURNING board.id;
END $$;
"""

# Notes acts. One without a team is for the managers of the team in which `whose` competes, else belongs, else last
# belonged.
NOTE = """
CREATE FUNCTION teams_note(entries jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO teams_auditentry (organization_id, team_id, actor_id, act, about_id, details, reason, at, address)
    SELECT entry.organization_id, coalesce(entry.team_id, (
               SELECT membership.team_id FROM teams_membership AS membership
               WHERE membership.member_id = entry.whose
               ORDER BY membership.left_on DESC NULLS FIRST, membership.competing DESC, membership.id DESC
               LIMIT 1
           )),
           entry.actor_id, entry.act, entry.about_id, entry.details, entry.reason, entry.at, entry.address
    FROM jsonb_to_recordset(entries) AS entry (
        organization_id bigint, team_id bigint, whose bigint, actor_id bigint, act text, about_id bigint,
        details jsonb, reason text, at timestamptz, address inet
    );
END $$;
"""

# Stores a reading and notes it, unless it is the `same` as one that stands already, or something that only the
# database knows is against it: the caller says it in words. `only_first`: where the month has a reading this one is
# late. Each statement sees what was committed when it began, so what was locked before is seen as it is now: a double
# click waits for the member, and no month closes while its board is held.
SUBMIT = """
CREATE FUNCTION teams_submit(
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
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0028_tokens")]
    operations = [
        migrations.RunSQL(MARK_STALE, "DROP FUNCTION teams_mark_stale(bigint, date);"),
        migrations.RunSQL(NOTE, "DROP FUNCTION teams_note(jsonb);"),
        migrations.RunSQL(SUBMIT, "DROP FUNCTION teams_submit(jsonb, jsonb, boolean, boolean);"),
    ]
