-- The whole number that LinkedIn would show, half up, as `rounded` in rules/measure.py: of the pillars' sum the total.
CREATE OR REPLACE FUNCTION teams_rounded(points numeric) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT floor(points + 0.5)::integer
$$;
