-- What names are put in order by, as `teams.rules.people.names.sort_key` has it, in any database's own order: their
-- letters without case and accents.
CREATE OR REPLACE FUNCTION teams_alphabetical(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT lower(regexp_replace(normalize(
    replace(replace(replace(replace(replace(replace(replace(replace(
        translate(name, 'ØøŁłĐđÐðĦħı', 'OoLlDdDdHhi'),
        'ß', 'ss'), 'ẞ', 'SS'), 'Æ', 'AE'), 'æ', 'ae'), 'Œ', 'OE'), 'œ', 'oe'), 'Þ', 'TH'), 'þ', 'th'
    ),
    NFKD), '[\u0300-\u036f]', '', 'g'
)) COLLATE "C"
$$;
