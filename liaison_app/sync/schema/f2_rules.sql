-- Judging by rows: the same algebra as liaison_app.mechanism.compiling and liaison_app.mechanism.effects.
-- A word on a case is written  matter US holder US word  (US = unit separator); matter 0 is the whole case.
SET ROLE ld_tables;

-- What a holder sees of a matter: word, *word when anybody holds it, @word when he does.
CREATE OR REPLACE FUNCTION ld.seen(p_words text[], p_matter int, p_holder text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    w text; word text; found text[] := '{}'; mine CONSTANT text := p_matter || E'\x1f'; open CONSTANT text := p_matter || E'\x1f\x1f'; size CONSTANT int := length(open) + 1;
BEGIN
    FOREACH w IN ARRAY p_words LOOP
        IF starts_with(w, open) THEN found := found || substr(w, size);
        ELSIF starts_with(w, E'0\x1f\x1f') THEN found := found || substr(w, 4);
        ELSIF starts_with(w, mine) OR starts_with(w, E'0\x1f') THEN
            word := split_part(w, E'\x1f', 3); found := found || ('*' || word);
            IF split_part(w, E'\x1f', 2) = p_holder THEN found := found || ('@' || word); END IF;
        END IF;
    END LOOP;
    RETURN found;
END $$;
CREATE OR REPLACE FUNCTION ld.derived_from(p_profile text, p_what text, p_seen text[]) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT d.name FROM ld.derived d WHERE d.profile = p_profile AND d.what = p_what AND d.needs <@ p_seen AND NOT d.forbids && p_seen);
END $$;
CREATE OR REPLACE FUNCTION ld.has_role(p_profile text, p_seen text[]) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ld.derived d WHERE d.profile = p_profile AND d.what = 'role' AND d.needs <@ p_seen AND NOT d.forbids && p_seen);
END $$;
CREATE OR REPLACE FUNCTION ld.full(p_value jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT p_value IS NOT NULL AND p_value NOT IN ('null', '""', '[]', '{}')
$$;
-- Whether all conditions [field, op, words] of an effect hold on an event.
CREATE OR REPLACE FUNCTION ld.conds_hold(p_conds jsonb, p_data jsonb, p_person text, p_issue jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE c jsonb; v jsonb; path text; said boolean; op text;
BEGIN
    FOR k IN 0..jsonb_array_length(p_conds) - 1 LOOP  -- expressions alone: a query for each would cost ten times as much
        c := p_conds->k; path := c->>0; op := c->>1;
        IF path LIKE 'issue%' AND split_part(path, '.', 1) = 'issue' THEN
            v := CASE WHEN jsonb_typeof(p_issue) = 'object' THEN p_issue #> (string_to_array(path, '.'))[2:] END;
        ELSIF strpos(path, '.') = 0 THEN v := p_data->path;
        ELSE v := p_data #> string_to_array(path, '.');
        END IF;
        IF op IN ('full', 'empty') THEN
            IF ld.full(v) <> (op = 'full') THEN RETURN false; END IF;
        ELSIF op = 'other' THEN
            IF NOT ld.full(v) OR v #>> '{}' = p_person THEN RETURN false; END IF;
        ELSE
            IF jsonb_typeof(v) = 'array' THEN said := EXISTS (SELECT FROM jsonb_array_elements_text(v) e WHERE c->2 ? e);
            ELSE said := ld.full(v) AND c->2 ? (v #>> '{}');
            END IF;
            IF said <> (op = 'in') THEN RETURN false; END IF;
        END IF;
    END LOOP;
    RETURN true;
END $$;
-- Effects that hang on the events alone, set by set: what each event (by its number) sets and clears whatever stood before,
-- and, as a list, the rows that look at what stood before.
DO $$
BEGIN
    CREATE TYPE ld.fold_row AS (matter int, holder text, needs text[], forbids text[], sets text[], clears text[], stars text[]);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
DO $$
BEGIN
    CREATE TYPE ld.fold_step AS (sets text[], clears text[], stars text[], rows ld.fold_row[]);
EXCEPTION WHEN duplicate_object THEN
    ALTER TYPE ld.fold_step ALTER ATTRIBUTE rows TYPE ld.fold_row[];  -- a database of before
END $$;
CREATE OR REPLACE FUNCTION ld.holders(p_of text, p_data jsonb) RETURNS text[] LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE v jsonb; x text;
BEGIN
    IF right(p_of, 3) = '[0]' THEN v := p_data #> string_to_array(left(p_of, -3), '.'); ELSE v := p_data #> string_to_array(p_of, '.'); END IF;
    IF jsonb_typeof(v) = 'array' THEN
        IF right(p_of, 3) = '[0]' THEN RETURN CASE WHEN v->>0 IS NULL THEN '{}' ELSE ARRAY[v->>0] END; END IF;
        RETURN ARRAY(SELECT jsonb_array_elements_text(v));
    END IF;
    x := v #>> '{}';
    RETURN CASE WHEN x IS NULL OR v IN ('""', '{}', 'false', '0') THEN '{}' ELSE ARRAY[x] END;
END $$;
DROP FUNCTION IF EXISTS ld.steps(int[], text[], text[], jsonb[], int[], text[], text[], text[]);
DROP FUNCTION IF EXISTS ld.written(text[], int, text);
-- The rows of effects of some kinds of events, in memory for a batch. A word list stands as a text in which each word begins with the
-- sign of whom it is on: FS of the matter alone, GS (@word) of the holder. *word is in stars: whoever holds it.
DO $$
BEGIN
    CREATE TYPE ld.effect_row AS (key text, scope text, holder text, conds jsonb, simple boolean, plain boolean, needs text[], forbids text[], sets text, clears text, stars text[]);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
CREATE OR REPLACE FUNCTION ld.effect_rows(p_profile text[], p_kind text[]) RETURNS ld.effect_row[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(SELECT ROW(e.profile || E'\x1f' || e.kind, e.scope, e.holder, nullif(e.conds, '[]'),
            e.scope <> 'case' AND e.holder IN ('', 'acting') AND e.needs = '{}' AND e.forbids = '{}' AND e.clears = '{}', e.needs = '{}' AND e.forbids = '{}', e.needs, e.forbids,
            replace(nullif(E'\x1c' || array_to_string(e.sets, E'\x1c'), E'\x1c'), E'\x1c@', E'\x1d'),
            replace(nullif(E'\x1c' || array_to_string(CASE WHEN s.any THEN ARRAY(SELECT w FROM unnest(e.clears) w WHERE left(w, 1) <> '*') ELSE e.clears END, E'\x1c'),
                E'\x1c'), E'\x1c@', E'\x1d'),
            CASE WHEN s.any THEN ARRAY(SELECT substr(w, 2) FROM unnest(e.clears) w WHERE left(w, 1) = '*') ELSE '{}' END)::ld.effect_row
        FROM ld.effect e CROSS JOIN LATERAL (SELECT array_to_string(e.clears, '') LIKE '%*%' AS any) s
        WHERE e.profile = ANY (ARRAY(SELECT DISTINCT unnest(p_profile))) AND e.kind = ANY (ARRAY(SELECT DISTINCT unnest(p_kind))) ORDER BY e.profile, e.kind, e.n);
END $$;
-- A word list of an effect as it stands for a matter and a holder.
CREATE OR REPLACE FUNCTION ld.written(p_words text, p_matter text, p_holder text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_to_array(substr(replace(replace(p_words, E'\x1d', E'\x1e' || p_matter || E'\x1f' || p_holder || E'\x1f'), E'\x1c', E'\x1e' || p_matter || E'\x1f\x1f'), 2), E'\x1e')
$$;
-- p_of is the act of each event; profile, acting, person and id are the acts'. An event without effects has no step.
CREATE OR REPLACE FUNCTION ld.steps(p_of int[], p_kind text[], p_data jsonb[], p_profile text[], p_acting text[], p_person text[], p_act text[])
RETURNS ld.fold_step[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    steps ld.fold_step[] := array_fill(NULL::ld.fold_step, ARRAY[cardinality(p_of)]); found ld.fold_step; empty CONSTANT ld.fold_step := ROW('{}', '{}', '{}', NULL)::ld.fold_step;
    rules CONSTANT ld.effect_row[] := ld.effect_rows(p_profile, p_kind); e ld.effect_row; keys text[] := '{}'; key text; event jsonb; a int; k int; m int;
    holder text; holders text[]; w text; stars text[]; first int; final int; matter int; begins boolean;
BEGIN
    FOR k IN 1..cardinality(rules) LOOP keys := keys || (rules[k]).key; END LOOP;
    FOR i IN 1..cardinality(p_of) LOOP
        a := p_of[i]; key := p_profile[a] || E'\x1f' || p_kind[i]; k := array_position(keys, key);
        CONTINUE WHEN k IS NULL;
        event := p_data[i]->'event'; begins := p_kind[i] IN ('registered', 'brought-in'); found := empty;
        w := p_data[i]->>'matter'; matter := CASE WHEN w ~ '^[0-9]{1,2}$' THEN w::int ELSE 1 END;
        WHILE keys[k] = key LOOP
            e := rules[k]; k := k + 1;
            CONTINUE WHEN e.conds IS NOT NULL AND NOT begins AND NOT ld.conds_hold(e.conds, event, p_person[a], NULL);
            IF e.simple AND NOT begins THEN  -- most of them
                found.sets := found.sets || ld.written(e.sets, matter::text, CASE e.holder WHEN '' THEN '' ELSE translate(p_acting[a], E'\x1c\x1d\x1e\x1f', '') END);
                CONTINUE;
            END IF;
            IF e.scope = 'case' THEN first := 0; final := 0;
            ELSIF NOT begins THEN first := matter; final := matter;
            ELSE first := 1; final := CASE WHEN jsonb_typeof(event->'issues') = 'array' THEN least(20, jsonb_array_length(event->'issues')) ELSE 1 END;
            END IF;
            holders := CASE e.holder WHEN '' THEN '{""}'::text[] WHEN 'acting' THEN ARRAY[p_acting[a]] WHEN 'act' THEN ARRAY[p_act[a]] ELSE ld.holders(e.holder, event) END;
            FOR m IN first..final LOOP
                CONTINUE WHEN e.conds IS NOT NULL AND begins
                    AND NOT ld.conds_hold(e.conds, event, p_person[a], CASE WHEN m > 0 THEN event->'issues'->(m - 1) END);
                FOREACH holder IN ARRAY holders LOOP
                    holder := translate(holder, E'\x1c\x1d\x1e\x1f', '');
                    IF e.plain THEN
                        IF e.sets IS NOT NULL THEN found.sets := found.sets || ld.written(e.sets, m::text, holder); END IF;
                        IF e.clears IS NOT NULL THEN found.clears := found.clears || ld.written(e.clears, m::text, holder); END IF;
                        FOREACH w IN ARRAY e.stars LOOP found.stars := found.stars || (m || E'\x1f' || w); END LOOP;
                    ELSE
                        stars := '{}';
                        FOREACH w IN ARRAY e.stars LOOP stars := stars || (m || E'\x1f' || w); END LOOP;
                        found.rows := found.rows || ROW(CASE m WHEN 0 THEN matter ELSE m END, holder, e.needs, e.forbids, coalesce(ld.written(e.sets, m::text, holder), '{}'),
                            coalesce(ld.written(e.clears, m::text, holder), '{}'), stars)::ld.fold_row;
                    END IF;
                END LOOP;
            END LOOP;
        END LOOP;
        steps[i] := found;
    END LOOP;
    RETURN steps;
END $$;
-- The words after one event: all rows look at what stood before; what they clear is cleared, then what they set is set.
CREATE OR REPLACE FUNCTION ld.stepped(p_words text[], p_step ld.fold_step) RETURNS text[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE sets text[] := p_step.sets; gone text[] := p_step.clears; stars text[] := p_step.stars; r ld.fold_row; w text; p text[]; seen text[];
BEGIN
    IF p_step.rows IS NOT NULL THEN
        FOREACH r IN ARRAY p_step.rows LOOP
            seen := ld.seen(p_words, r.matter, r.holder);
            CONTINUE WHEN NOT r.needs <@ seen OR r.forbids && seen;
            sets := sets || r.sets; gone := gone || r.clears; stars := stars || r.stars;
        END LOOP;
    END IF;
    IF stars <> '{}' THEN
        FOREACH w IN ARRAY p_words LOOP
            p := string_to_array(w, E'\x1f');
            IF p[2] <> '' AND p[1] || E'\x1f' || p[3] = ANY (stars) THEN gone := gone || w; END IF;
        END LOOP;
    END IF;
    IF gone && p_words THEN
        FOREACH w IN ARRAY gone LOOP p_words := array_remove(p_words, w); END LOOP;
    END IF;
    FOREACH w IN ARRAY sets LOOP
        IF w <> ALL (p_words) THEN p_words := p_words || w; END IF;
    END LOOP;
    RETURN p_words;
END $$;
-- The rows of guards of some actions, in memory for a batch: asking the table for each act costs four times as much.
DO $$
BEGIN
    CREATE TYPE ld.guard_row AS (
        key text, banned boolean, states text[], roles text[], posts text[], persons text[], proxy text[], needs text[], forbids text[], kinds text[],
        not_actor_of text[], fields text[], given jsonb, given_keys text[], to_state text, rule text);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
CREATE OR REPLACE FUNCTION ld.guard_rows(p_profile text[], p_action text[]) RETURNS ld.guard_row[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(SELECT ROW(g.profile || E'\x1f' || g.action, g.banned, g.states, g.roles, g.posts, g.persons, g.proxy, g.needs, g.forbids, g.kinds,
            g.not_actor_of, g.fields, g.given, CASE WHEN g.given = '{}' THEN '{}' ELSE ARRAY(SELECT jsonb_object_keys(g.given)) END, g.to_state, g.rule)::ld.guard_row
        FROM ld.guard g WHERE g.profile = ANY (ARRAY(SELECT DISTINCT unnest(p_profile))) AND g.action = ANY (ARRAY(SELECT DISTINCT unnest(p_action))) ORDER BY g.profile, g.action, g.n);
END $$;
-- The verdict of a profile's rows on a request to act: the number of the row that lets it, its negative of the row that
-- forbids it, 0 without a row = refused. p_key is profile US action, its rows begin at p_at; p_done holds kinds, and kind US person.
DROP FUNCTION IF EXISTS ld.judge(text, text, text, text[], text, text[], text, text[], text[], text, jsonb);
CREATE OR REPLACE FUNCTION ld.judge(
    p_rows ld.guard_row[], p_at int, p_key text, p_state text, p_roles text[], p_body text, p_persons text[], p_proxy text, p_flags text[],
    p_done text[], p_person text, p_given jsonb
) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE g ld.guard_row; w text;
BEGIN
    IF p_at IS NULL THEN RETURN 0; END IF;
    <<each_row>>
    FOR k IN p_at..cardinality(p_rows) LOOP
        g := p_rows[k];
        EXIT WHEN g.key <> p_key;
        IF g.banned THEN
            IF g.roles = '{}' OR (g.roles && p_roles AND 'first_receiver' <> ALL (p_roles)) THEN RETURN -k; END IF;
        ELSIF (g.states = '{*}' OR p_state = ANY (g.states))
            AND ((g.roles = '{}' AND g.posts = '{}') OR g.roles && p_roles OR p_body = ANY (g.posts))
            AND (g.persons = '{}' OR g.persons && p_persons)
            AND (p_proxy IS NULL OR p_proxy = ANY (g.proxy))
            AND g.needs <@ p_flags AND NOT g.forbids && p_flags AND g.kinds <@ p_done
        THEN
            FOREACH w IN ARRAY g.not_actor_of LOOP CONTINUE each_row WHEN w || E'\x1f' || p_person = ANY (p_done); END LOOP;
            FOREACH w IN ARRAY g.fields LOOP CONTINUE each_row WHEN NOT ld.full(p_given->w); END LOOP;
            FOREACH w IN ARRAY g.given_keys LOOP CONTINUE each_row WHEN NOT coalesce(g.given->w ? (p_given->>w), false); END LOOP;
            RETURN k;
        END IF;
    END LOOP;
    RETURN 0;
END $$;
-- Bodies beside the members that have a role on some matter of the case; p_held are the words whose holders may have one.
CREATE OR REPLACE FUNCTION ld.joiners(p_profile text, p_held text[], p_words text[], p_matters int, p_members text[]) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
DECLARE w text; p text[]; m int; found text[] := '{}';
BEGIN
    FOREACH w IN ARRAY p_words LOOP
        CONTINUE WHEN strpos(w, E'\x1f\x1f') > 0;
        p := string_to_array(w, E'\x1f');
        CONTINUE WHEN p[3] <> ALL (p_held) OR p[2] = ANY (p_members) OR p[2] = ANY (found);
        FOR m IN (CASE p[1] WHEN '0' THEN 1 ELSE p[1]::int END)..(CASE p[1] WHEN '0' THEN p_matters ELSE p[1]::int END) LOOP
            IF ld.has_role(p_profile, ld.seen(p_words, m, p[2])) THEN
                found := found || p[2];
                EXIT;
            END IF;
        END LOOP;
    END LOOP;
    RETURN found;
END $$;
-- Members beside the first receiver that have no role on any matter of the case any more.
CREATE OR REPLACE FUNCTION ld.leavers(p_profile text, p_words text[], p_matters int, p_members text[], p_first text) RETURNS text[]
LANGUAGE plpgsql STABLE AS $$
DECLARE b text; m int; found text[] := '{}';
BEGIN
    <<each_body>>
    FOREACH b IN ARRAY p_members LOOP
        CONTINUE WHEN b = p_first;
        FOR m IN 1..p_matters LOOP
            CONTINUE each_body WHEN ld.has_role(p_profile, ld.seen(p_words, m, b));
        END LOOP;
        found := found || b;
    END LOOP;
    RETURN found;
END $$;
RESET ROLE;
GRANT EXECUTE ON FUNCTION ld.seen, ld.derived_from, ld.has_role, ld.full, ld.conds_hold, ld.effect_rows, ld.steps, ld.holders, ld.written, ld.stepped, ld.guard_rows, ld.judge, ld.joiners, ld.leavers,
    ld.my_body, ld.my_oversight, ld.my_devices, ld.my_feeds TO ld_door;
