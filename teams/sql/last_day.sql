-- The last day of the month that begins with `month`, as `Month.last_day` in rules/months.py.
CREATE OR REPLACE FUNCTION teams_last_day(month date) RETURNS date LANGUAGE sql IMMUTABLE AS $$
    SELECT (month + interval '1 month - 1 day')::date
$$;
