-- Whether somebody competes by a membership on a day; on a month's last day it decides on whose board they are. As
-- `Span.holds` in rules/days_in_teams.py. One expression, so that PostgreSQL writes it into the statement that asks.
CREATE OR REPLACE FUNCTION teams_competes_on(membership teams_membership, day date)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT membership.competing AND membership.joined_on <= day
       AND (membership.left_on IS NULL OR membership.left_on > day)
$$;
