-- Whether so many of the expected have submitted that places and means are shown, as `is_complete` in
-- rules/standings.py, whose COMPLETE_FROM is `share`.
CREATE OR REPLACE FUNCTION teams_is_complete(submitted integer, expected integer, share numeric)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT submitted > 0 AND submitted >= share * expected
$$;
