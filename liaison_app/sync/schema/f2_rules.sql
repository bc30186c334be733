-- Judging by rows: the same algebra as liaison_app.mechanism.compiling and liaison_app.mechanism.effects.
-- A word on a case is written  matter US holder US word  (US = unit separator); matter 0 is the whole case.
SET ROLE ld_tables;

-- What a holder sees of a matter: word, *word when anybody holds it, @word when he does.
CREATE OR REPLACE FUNCTION ld.seen(p_words text[], p_matter int, p_holder text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(s.word), '{}') FROM unnest(p_words) w(v),
        LATERAL (SELECT string_to_array(w.v, E'\x1f') AS p OFFSET 0) x,
        LATERAL (SELECT x.p[3] AS word WHERE x.p[2] = ''
                 UNION ALL SELECT '*' || x.p[3] WHERE x.p[2] <> ''
                 UNION ALL SELECT '@' || x.p[3] WHERE x.p[2] <> '' AND x.p[2] = p_holder) s
    WHERE x.p[1] IN ('0', p_matter::text)
$$;
CREATE OR REPLACE FUNCTION ld.derived_from(p_profile text, p_what text, p_seen text[]) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT d.name), '{}') FROM ld.derived d
    WHERE d.profile = p_profile AND d.what = p_what AND d.needs <@ p_seen AND NOT d.forbids && p_seen
$$;
CREATE OR REPLACE FUNCTION ld.full(p_value jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT p_value IS NOT NULL AND p_value NOT IN ('null', '""', '[]', '{}')
$$;
-- Whether all conditions [field, op, words] of an effect hold on an event.
CREATE OR REPLACE FUNCTION ld.conds_hold(p_conds jsonb, p_data jsonb, p_person text, p_issue jsonb) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE c jsonb; v jsonb; path text[]; said boolean; op text;
BEGIN
    FOR c IN SELECT * FROM jsonb_array_elements(p_conds) LOOP
        path := string_to_array(c->>0, '.');
        op := c->>1;
        IF path[1] = 'issue' THEN
            v := CASE WHEN jsonb_typeof(p_issue) = 'object' THEN p_issue #> path[2:] END;
        ELSE
            v := p_data #> path;
        END IF;
        IF op IN ('full', 'empty') THEN
            IF ld.full(v) <> (op = 'full') THEN RETURN false; END IF;
        ELSIF op = 'other' THEN
            IF NOT ld.full(v) OR v #>> '{}' = p_person THEN RETURN false; END IF;
        ELSE
            said := ld.full(v) AND CASE WHEN jsonb_typeof(v) = 'array'
                THEN EXISTS (SELECT FROM jsonb_array_elements_text(v) e WHERE c->2 ? e) ELSE c->2 ? (v #>> '{}') END;
            IF said <> (op = 'in') THEN RETURN false; END IF;
        END IF;
    END LOOP;
    RETURN true;
END $$;
-- The effects of one event on the words of a case. All rows look at what held before; then clears, then sets.
CREATE OR REPLACE FUNCTION ld.folded(
    p_profile text, p_words text[], p_matters int, p_kind text, p_data jsonb, p_matter int, p_acting text, p_person text, p_act text
) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE r record; gone text[] := '{}'; stars text[] := '{}'; come text[] := '{}'; seen text[]; w text; us text := E'\x1f';
BEGIN
    FOR r IN
        SELECT e.needs, e.forbids, e.sets, e.clears, m.n AS matter, translate(h.holder, E'\x1f', '') AS holder
        FROM ld.effect e
        CROSS JOIN LATERAL (SELECT 0 AS n WHERE e.scope = 'case'
            UNION ALL SELECT g FROM generate_series(1, p_matters) g WHERE e.scope = 'matter' AND p_kind = 'registered'
            UNION ALL SELECT p_matter WHERE e.scope = 'matter' AND p_kind <> 'registered') m
        CROSS JOIN LATERAL (SELECT p_data -> replace(e.holder, '[0]', '') AS v) f
        CROSS JOIN LATERAL (
            SELECT CASE e.holder WHEN '' THEN '' WHEN 'acting' THEN p_acting ELSE p_act END AS holder
                WHERE e.holder IN ('', 'acting', 'act')
            UNION ALL SELECT a.v FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(f.v) = 'array' THEN f.v ELSE '[]' END)
                WITH ORDINALITY a(v, k) WHERE e.holder NOT IN ('', 'acting', 'act') AND (e.holder NOT LIKE '%[0]' OR a.k = 1)
            UNION ALL SELECT f.v #>> '{}' WHERE e.holder NOT IN ('', 'acting', 'act') AND ld.full(f.v)
                AND jsonb_typeof(f.v) <> 'array' AND f.v <> 'false' AND f.v <> '0') h
        WHERE e.profile = p_profile AND e.kind = p_kind
          AND (e.conds = '[]' OR ld.conds_hold(e.conds, p_data, p_person,
               CASE WHEN m.n > 0 THEN p_data -> 'issues' -> (m.n - 1) END))
    LOOP
        IF r.needs <> '{}' OR r.forbids <> '{}' THEN
            seen := ld.seen(p_words, CASE r.matter WHEN 0 THEN p_matter ELSE r.matter END, r.holder);
            CONTINUE WHEN NOT r.needs <@ seen OR r.forbids && seen;
        END IF;
        FOREACH w IN ARRAY r.sets LOOP
            come := come || (r.matter || us || CASE WHEN left(w, 1) = '@' THEN r.holder || us || substr(w, 2) ELSE us || w END);
        END LOOP;
        FOREACH w IN ARRAY r.clears LOOP
            IF left(w, 1) = '*' THEN
                stars := stars || (r.matter || us || substr(w, 2));
            ELSE
                gone := gone || (r.matter || us || CASE WHEN left(w, 1) = '@' THEN r.holder || us || substr(w, 2) ELSE us || w END);
            END IF;
        END LOOP;
    END LOOP;
    IF stars <> '{}' THEN
        SELECT gone || coalesce(array_agg(v), '{}') INTO gone FROM unnest(p_words) v
        WHERE split_part(v, us, 2) <> '' AND split_part(v, us, 1) || us || split_part(v, us, 3) = ANY (stars);
    END IF;
    FOREACH w IN ARRAY gone LOOP
        p_words := array_remove(p_words, w);
    END LOOP;
    FOREACH w IN ARRAY come LOOP
        IF w <> ALL (p_words) THEN p_words := p_words || w; END IF;
    END LOOP;
    RETURN p_words;
END $$;
-- The verdict of a profile's rows on a request to act: no row = refused. p_done holds kinds, and kind US person.
CREATE OR REPLACE FUNCTION ld.judge(
    p_profile text, p_action text, p_state text, p_roles text[], p_body text, p_persons text[], p_proxy text, p_flags text[],
    p_done text[], p_person text, p_given jsonb, OUT allowed boolean, OUT to_state text, OUT rule text
) LANGUAGE plpgsql STABLE AS $$
DECLARE said text[];
BEGIN
    SELECT coalesce(array_agg(g.key), '{}') INTO said FROM jsonb_each(p_given) g WHERE ld.full(g.value);
    SELECT NOT g.banned, g.to_state, g.rule INTO allowed, to_state, rule FROM ld.guard g
    WHERE g.profile = p_profile AND g.action = p_action AND CASE WHEN g.banned
        THEN g.roles = '{}' OR (g.roles && p_roles AND 'first_receiver' <> ALL (p_roles))
        ELSE (g.states = '{*}' OR p_state = ANY (g.states))
            AND ((g.roles = '{}' AND g.posts = '{}') OR g.roles && p_roles OR p_body = ANY (g.posts))
            AND (g.persons = '{}' OR g.persons && p_persons)
            AND (p_proxy IS NULL OR p_proxy = ANY (g.proxy))
            AND g.needs <@ p_flags AND NOT g.forbids && p_flags AND g.kinds <@ p_done
            AND (g.not_actor_of = '{}' OR NOT EXISTS (SELECT FROM unnest(g.not_actor_of) k WHERE k || E'\x1f' || p_person = ANY (p_done)))
            AND g.fields <@ said
            AND (g.given = '{}' OR NOT EXISTS (SELECT FROM jsonb_each(g.given) v WHERE NOT coalesce(v.value ? (p_given ->> v.key), false)))
        END
    ORDER BY g.n LIMIT 1;
    allowed := coalesce(allowed, false);
    to_state := CASE WHEN allowed THEN to_state ELSE '' END;
    rule := coalesce(rule, '');
END $$;
-- Bodies that have a role on a matter of the case.
CREATE OR REPLACE FUNCTION ld.bodies_on(p_profile text, p_words text[], p_matter int) RETURNS text[]
LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT h.holder), '{}')
    FROM (SELECT DISTINCT split_part(w, E'\x1f', 2) AS holder FROM unnest(p_words) w) h
    WHERE h.holder <> '' AND ld.derived_from(p_profile, 'role', ld.seen(p_words, p_matter, h.holder)) <> '{}'
$$;
RESET ROLE;
GRANT EXECUTE ON FUNCTION ld.seen, ld.derived_from, ld.full, ld.conds_hold, ld.folded, ld.judge, ld.bodies_on,
    ld.my_body, ld.my_oversight, ld.my_devices, ld.my_feeds TO ld_door;
