"""What the database itself keeps: rows that nobody changes, and former names, noted whatever changes them."""

import pgtrigger

REFUSE = """
    IF current_setting('leaderboard.erasing', true) = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'
       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
"""
KEEP = """
    IF coalesce(current_setting('leaderboard.erasing', true), 'off') <> 'on' THEN
        INSERT INTO teams_formername (member_id, name) {former} ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
"""
KEEP_INVITED = """
    INSERT INTO teams_formername (member_id, name)
    SELECT member.id, OLD.email
    FROM teams_member AS member
    LEFT JOIN teams_user AS login ON login.id = member.user_id
    WHERE member.id = OLD.member_id AND login.email IS DISTINCT FROM OLD.email
    ON CONFLICT DO NOTHING;
    RETURN NULL;
"""


def append_only() -> pgtrigger.Trigger:
    """The trigger that refuses to change or delete a row, with an IntegrityError.

    `actions.privacy.append_only` has its two exceptions: erasing somebody, and giving rows to another member.
    """
    return pgtrigger.Trigger(
        name="append_only", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=REFUSE
    )


def keep_former_name(field: str, former: str) -> pgtrigger.Trigger:
    """The trigger that notes what a changed field said before; `former` is the SQL of `(member_id, name)` rows."""
    return pgtrigger.Trigger(
        name="keep_former_name",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf(field),
        condition=pgtrigger.AnyChange(field),
        func=KEEP.format(former=former),
    )


def keep_invited_address() -> pgtrigger.Trigger:
    """The trigger that notes where an invitation went once it is gone, unless its member signs in with that.

    Also where somebody's erasure takes along whom they invited: those are not erased.
    """
    return pgtrigger.Trigger(
        name="keep_invited_address",
        when=pgtrigger.After,
        operation=pgtrigger.Delete | pgtrigger.UpdateOf("email"),
        func=KEEP_INVITED,
    )
