-- Whether LinkedIn had withdrawn the page from a member by a day; never NULL. As `lacks_access` in rules/standings.py.
CREATE OR REPLACE FUNCTION teams_lacks_access_on(member teams_member, day date)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT member.no_access_since IS NOT NULL AND member.no_access_since <= day
$$;
