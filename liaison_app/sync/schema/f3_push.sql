-- Push: a batch of acts with the entries proposed for them (docs/SYNC.md). One transaction, refusals are rows.
SET ROLE ld_tables;
DO $$
BEGIN
    CREATE TYPE ld.head_state AS (
        id uuid, known boolean, profile text, version bigint, matters int, states text[], words text[], done text[],
        members text[], open boolean, fresh text[], own int[], changed boolean);
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
CREATE OR REPLACE FUNCTION ld.stored_act(p_device uuid, p_seq bigint) RETURNS TABLE (id uuid, hash bytea, fate text, detail jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    SELECT a.id, a.hash, a.fate, a.detail FROM ld.act a WHERE a.device = p_device AND a.seq = p_seq
$$;
CREATE OR REPLACE FUNCTION ld.fate_of(p_act uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    SELECT a.fate FROM ld.act a WHERE a.id = p_act
$$;
CREATE OR REPLACE FUNCTION ld.set_fates(p_act uuid[], p_fate text[], p_detail jsonb[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    UPDATE ld.act a SET fate = u.f, detail = u.d FROM unnest(p_act, p_fate, p_detail) u(a, f, d) WHERE a.id = u.a AND a.fate = 'behind'
$$;
-- The shared entries of a case so far, for a body that joins it.
CREATE OR REPLACE FUNCTION ld.history(p_case uuid, p_body text, p_first boolean)
RETURNS TABLE (no bigint, act uuid, digest bytea, parts int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    SELECT e.no, e.act,
        sha256(uuid_send(e.act) || int4send(e.n) || a.hash || convert_to(e.stream, 'UTF8') || int8send(e.version) || sha256(e.data)),
        (CASE WHEN EXISTS (SELECT FROM ld.entry i WHERE i.act = e.act AND i.inner_of IS NOT NULL AND i.inner_of <> p_body
                           AND i.stream = e.stream || '/' || i.inner_of) THEN 0 ELSE 1 END)
        + (CASE WHEN p.act IS NOT NULL AND (p.audience = 'bodies' OR p_first) THEN 2 ELSE 0 END)
    FROM ld.entry e JOIN ld.act a ON a.id = e.act LEFT JOIN ld.act_personal p ON p.act = e.act
    WHERE e.stream = 'case/' || p_case ORDER BY e.version
$$;
RESET ROLE;
GRANT EXECUTE ON FUNCTION ld.stored_act, ld.fate_of, ld.set_fates, ld.history TO ld_door;

SET ROLE ld_door;
CREATE OR REPLACE FUNCTION ld.note_refusal(p_what text, p_code text, p_ref text) RETURNS void
LANGUAGE sql SECURITY INVOKER AS $$
    INSERT INTO ld.audit(role, minute, what, code, ref) VALUES (session_user, date_trunc('minute', clock_timestamp()), p_what, p_code, left(p_ref, 80))
    ON CONFLICT (role, minute, what, code) DO UPDATE SET times = ld.audit.times + 1, last_at = clock_timestamp()
$$;
CREATE OR REPLACE FUNCTION ld.read_json(p_bytes bytea) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN convert_from(p_bytes, 'UTF8')::jsonb;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION ld.read_all(p_bytes bytea[]) RETURNS jsonb[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN (SELECT array_agg(convert_from(b, 'UTF8')::jsonb ORDER BY i) FROM unnest(p_bytes) WITH ORDINALITY u(b, i));
EXCEPTION WHEN OTHERS THEN
    RETURN (SELECT array_agg(ld.read_json(b) ORDER BY i) FROM unnest(p_bytes) WITH ORDINALITY u(b, i));
END $$;

CREATE OR REPLACE FUNCTION ld.push(
    p_epoch uuid, p_header bytea[], p_prev bytea[], p_tag bytea[], p_open bytea[], p_salt bytea[], p_personal bytea[],
    p_claims text[], p_act int[], p_n int[], p_stream text[], p_version bigint[], p_kind text[], p_data bytea[]
) RETURNS TABLE (n int, act uuid, fate text, detail jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp SET lock_timeout = '2s' SET jit = off AS $$
#variable_conflict use_column
DECLARE
    us CONSTANT text := E'\x1f';
    acts CONSTANT int := coalesce(cardinality(p_header), 0);
    lines CONSTANT int := coalesce(cardinality(p_act), 0);
    now_ CONSTANT timestamptz := clock_timestamp();
    epoch_ uuid; seeing text[]; r record; i int; j int; k int; m int; f int; d int; c int; x text; b text;
    -- acts
    heads jsonb[]; opens jsonb[]; a_id uuid[]; a_dev uuid[]; a_seq bigint[]; a_person text[]; a_body text[]; a_kind text[];
    a_hash bytea[]; a_case uuid[]; a_parts text[]; a_after uuid[]; a_fate text[]; a_detail jsonb[]; a_new boolean[]; a_final boolean[];
    a_d int[]; a_from int[]; a_to int[]; a_profile text[]; a_audience text[]; a_tagged boolean[]; a_inner boolean[];
    -- devices
    d_id uuid[]; d_seq bigint[]; d_head bytea[]; d_bad text[]; d_feed int[]; d_person text[]; d_body text[]; d_roles text[];
    d_gone boolean[]; d_moved boolean[];
    -- cases and streams
    c_id uuid[]; c_head ld.head_state[]; h ld.head_state; s_name text[]; s_version bigint[]; s_new boolean[]; s_moved boolean[];
    -- entries
    e_data jsonb[]; e_case uuid[]; e_inner text[]; e_s int[]; e_c int[]; e_digest bytea[]; e_no bigint[]; e_take boolean[];
    -- feed items
    i_feed int[] := '{}'; i_what text[] := '{}'; i_ref uuid[] := '{}'; i_no bigint[] := '{}'; i_act uuid[] := '{}';
    i_parts int[] := '{}'; i_data bytea[] := '{}'; i_digest bytea[] := '{}'; i_pos bigint[]; i_chain bytea[];
    f_id int[]; f_head bigint[]; f_chain bytea[]; f_channel text[]; b_name text[]; b_feed int[]; b_sees boolean[]; b_desk boolean[];
    oversight_ int; device_feed int;
    -- one act
    code text; why jsonb; said jsonb; given jsonb; proxy jsonb; matter int; acting text; proxy_kind text; persons text[];
    flags text[]; seen text[]; roles text[]; claims text[]; verdict record; state text; state_entry jsonb; word text;
    versions bigint[]; joins text[]; personal_too boolean; parts int; bytes_ bytea; first_ text; state_n int;
BEGIN
    SELECT s.epoch INTO epoch_ FROM ld.server s;
    PERFORM 1 FROM ld.desk WHERE role = session_user AND enrolled_at IS NOT NULL AND revoked_at IS NULL;
    IF NOT FOUND THEN
        PERFORM ld.note_refusal('push', 'desk', '');
        RETURN QUERY SELECT 0, NULL::uuid, 'refused', '{"code": "desk"}'::jsonb; RETURN;
    END IF;
    IF p_epoch IS DISTINCT FROM epoch_ THEN
        RETURN QUERY SELECT 0, NULL::uuid, 'epoch', jsonb_build_object('epoch', epoch_); RETURN;
    END IF;
    IF acts = 0 THEN RETURN; END IF;
    IF acts > 5000 OR lines > 20000 OR acts <> ALL (ARRAY[cardinality(p_prev), cardinality(p_tag), cardinality(p_open),
            cardinality(p_salt), cardinality(p_personal), cardinality(p_claims)])
        OR (lines > 0 AND lines <> ALL (ARRAY[cardinality(p_n), cardinality(p_stream), cardinality(p_version), cardinality(p_kind), cardinality(p_data)]))
        OR pg_column_size(p_header) + pg_column_size(p_open) + pg_column_size(p_personal) + coalesce(pg_column_size(p_data), 0) > 64000000
        OR array_ndims(p_header) > 1 OR array_lower(p_header, 1) <> 1 OR coalesce(array_lower(p_act, 1), 1) <> 1
    THEN
        PERFORM ld.note_refusal('push', 'shape', '');
        RETURN QUERY SELECT 0, NULL::uuid, 'refused', '{"code": "shape"}'::jsonb; RETURN;
    END IF;

    -- 1. Read: all that hangs on the batch alone, set by set.
    heads := ld.read_all(p_header);
    opens := ld.read_all(p_open);
    SELECT array_agg(CASE WHEN q.h->>'id' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (q.h->>'id')::uuid END ORDER BY q.i),
           array_agg(CASE WHEN q.h->>'device' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (q.h->>'device')::uuid END ORDER BY q.i),
           array_agg(CASE WHEN q.h->>'seq' ~ '^[0-9]{1,15}$' THEN (q.h->>'seq')::bigint END ORDER BY q.i),
           array_agg(q.h->>'person' ORDER BY q.i), array_agg(q.h->>'body' ORDER BY q.i), array_agg(q.h->>'kind' ORDER BY q.i),
           array_agg(sha256('LD1'::bytea || q.prev || q.header) ORDER BY q.i),
           array_agg(CASE WHEN q.h->>'after' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (q.h->>'after')::uuid END ORDER BY q.i),
           array_agg(q.h->'registers'->>'profile' ORDER BY q.i), array_agg(q.h->>'audience' ORDER BY q.i),
           array_agg(CASE
               WHEN q.h IS NULL OR jsonb_typeof(q.h) <> 'object' OR coalesce(length(q.prev), 0) <> 32 THEN 'header'
               WHEN length(q.header) > 16384 OR length(q.open) > 1048576 OR coalesce(length(q.personal), 0) > 4194304
                   OR coalesce(length(q.salt), 0) > 64 THEN 'size'
               WHEN jsonb_typeof(q.o) IS DISTINCT FROM 'object' OR encode(sha256(q.open), 'hex') IS DISTINCT FROM q.h->>'open_sha256' THEN 'parts'
               WHEN q.h->>'personal_sha256' IS DISTINCT FROM CASE WHEN q.personal IS NOT NULL THEN encode(sha256(q.salt || q.personal), 'hex') END
                   OR (q.personal IS NOT NULL AND (q.salt IS NULL OR coalesce(q.h->>'audience', '') NOT IN ('bodies', 'first'))) THEN 'parts'
               END ORDER BY q.i)
    INTO a_id, a_dev, a_seq, a_person, a_body, a_kind, a_hash, a_after, a_profile, a_audience, a_parts
    FROM (SELECT i, h, o, header, prev, open, salt, personal
          FROM unnest(heads, opens, p_header, p_prev, p_open, p_salt, p_personal) WITH ORDINALITY u(h, o, header, prev, open, salt, personal, i)) q;
    IF lines > 0 THEN
        e_data := ld.read_all(p_data);
        SELECT array_agg(CASE WHEN q.s ~ '^case/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(/[A-Za-z0-9_.-]{1,64})?$' THEN substr(q.s, 6, 36)::uuid END ORDER BY q.i),
               array_agg(CASE WHEN substr(q.s, 42, 1) = '/' THEN substr(q.s, 43) END ORDER BY q.i),
               array_agg(sha256(uuid_send(a_id[q.a]) || int4send(q.n) || a_hash[q.a] || convert_to(q.s, 'UTF8') || int8send(q.v) || sha256(q.data)) ORDER BY q.i),
               array_agg(false ORDER BY q.i)
        INTO e_case, e_inner, e_digest, e_take
        FROM (SELECT i, a, n, s, v, data FROM unnest(p_act, p_n, p_stream, p_version, p_data) WITH ORDINALITY u(a, n, s, v, data, i)) q;
    END IF;
    a_fate := array_fill(NULL::text, ARRAY[acts]); a_detail := array_fill('{}'::jsonb, ARRAY[acts]);
    a_new := array_fill(false, ARRAY[acts]); a_final := array_fill(false, ARRAY[acts]); a_inner := array_fill(false, ARRAY[acts]);
    a_from := array_fill(1, ARRAY[acts]); a_to := array_fill(0, ARRAY[acts]); a_case := array_fill(NULL::uuid, ARRAY[acts]);
    j := 1;
    FOR i IN 1..acts LOOP
        a_from[i] := j;
        WHILE j <= lines AND p_act[j] = i AND p_n[j] = j - a_from[i] LOOP
            IF e_inner[j] IS NOT NULL THEN a_inner[i] := true; END IF;
            j := j + 1;
        END LOOP;
        a_to[i] := j - 1;
        IF a_from[i] < j THEN a_case[i] := e_case[a_from[i]]; END IF;
    END LOOP;
    IF j <= lines THEN
        PERFORM ld.note_refusal('push', 'shape', '');
        RETURN QUERY SELECT 0, NULL::uuid, 'refused', '{"code": "shape"}'::jsonb; RETURN;
    END IF;

    -- 2. Lock: devices, then cases, each set sorted.
    PERFORM 1 FROM ld.device v WHERE v.id = ANY (a_dev) ORDER BY v.id FOR NO KEY UPDATE;
    SELECT array_agg(v.id ORDER BY v.id), array_agg(v.seq ORDER BY v.id), array_agg(v.head ORDER BY v.id), array_agg(NULL::text ORDER BY v.id),
           array_agg(v.feed ORDER BY v.id), array_agg(v.person ORDER BY v.id), array_agg(v.body ORDER BY v.id),
           array_agg(array_to_string(p.roles, us) ORDER BY v.id), array_agg(p.revoked_at IS NOT NULL ORDER BY v.id),
           array_agg(p.body <> v.body ORDER BY v.id)
    INTO d_id, d_seq, d_head, d_bad, d_feed, d_person, d_body, d_roles, d_gone, d_moved
    FROM ld.device v JOIN ld.person p ON p.id = v.person WHERE v.id = ANY (a_dev);
    SELECT array_agg(array_position(d_id, u.v) ORDER BY u.i), array_agg(coalesce(
               sha256(y.outer_key || sha256(y.inner_key || a_hash[u.i::int])) = u.t, false) ORDER BY u.i)
    INTO a_d, a_tagged
    FROM unnest(a_dev, p_tag) WITH ORDINALITY u(v, t, i) LEFT JOIN ld.device_key y ON y.device = u.v;

    c_id := '{}'; s_name := '{}';
    IF lines > 0 THEN
        SELECT coalesce(array_agg(DISTINCT e ORDER BY e), '{}') INTO c_id FROM unnest(e_case) e WHERE e IS NOT NULL;
        PERFORM 1 FROM ld.case_head x WHERE x.id = ANY (c_id) ORDER BY x.id FOR NO KEY UPDATE;
        SELECT array_agg(ROW(u.id, x.id IS NOT NULL, x.profile, coalesce(x.version, 0), coalesce(x.matters, 0), coalesce(x.states, '{}'),
                   coalesce(x.words, '{}'), coalesce(x.done, '{}'), coalesce(x.members, '{}'), coalesce(x.open, true), '{}', '{}', false)::ld.head_state ORDER BY u.k)
        INTO c_head FROM unnest(c_id) WITH ORDINALITY u(id, k) LEFT JOIN ld.case_head x ON x.id = u.id;
        SELECT array_agg(q.s ORDER BY q.s), array_agg(coalesce(t.version, 0) ORDER BY q.s), array_agg(t.name IS NULL ORDER BY q.s),
               array_agg(false ORDER BY q.s)
        INTO s_name, s_version, s_new, s_moved
        FROM (SELECT DISTINCT s FROM unnest(p_stream) s WHERE s IS NOT NULL) q LEFT JOIN ld.stream t ON t.name = q.s;
        SELECT array_agg(z.k ORDER BY u.i), array_agg(w.k ORDER BY u.i) INTO e_s, e_c
        FROM unnest(p_stream, e_case) WITH ORDINALITY u(s, c, i) LEFT JOIN unnest(s_name) WITH ORDINALITY z(s, k) ON z.s = u.s
        LEFT JOIN unnest(c_id) WITH ORDINALITY w(c, k) ON w.c = u.c;
        SELECT array_agg(nextval('ld.entry_no_seq')) INTO e_no FROM generate_series(1, lines);
    END IF;
    SELECT array_agg(x.id), array_agg(x.feed), array_agg(x.oversight), array_agg(x.desk) INTO b_name, b_feed, b_sees, b_desk FROM ld.body x;
    SELECT x.id INTO oversight_ FROM ld.feed x WHERE x.name = 'oversight';

    -- 3. Fold the checks in memory, act by act.
    <<each_act>>
    FOR i IN 1..acts LOOP
        d := a_d[i]; code := NULL; why := '{}';
        IF a_parts[i] IS NOT NULL THEN code := a_parts[i];
        ELSIF d IS NULL OR a_id[i] IS NULL OR a_seq[i] IS NULL THEN code := 'device';
        ELSIF d_bad[d] IS NOT NULL THEN code := d_bad[d];
        ELSIF NOT a_tagged[i] THEN code := 'tag';
        ELSIF a_person[i] IS DISTINCT FROM d_person[d] OR a_kind[i] IS NULL OR a_body[i] IS NULL THEN code := 'device';
        ELSIF a_seq[i] = d_seq[d] + 1 THEN
            IF p_prev[i] <> d_head[d] THEN code := 'chain';
            ELSIF ld.fate_of(a_id[i]) IS NOT NULL OR array_position(a_id, a_id[i]) < i THEN code := 'fork';
            ELSE
                a_new[i] := true; d_seq[d] := a_seq[i]; d_head[d] := a_hash[i];
            END IF;
        ELSIF a_seq[i] > d_seq[d] + 1 THEN code := 'gap';
        ELSE
            SELECT t.id, t.hash, t.fate, t.detail INTO r FROM ld.stored_act(a_dev[i], a_seq[i]) t;
            IF NOT FOUND THEN  -- earlier in this very batch
                k := array_position(a_id, a_id[i]);
                IF k < i AND a_hash[k] = a_hash[i] THEN
                    RETURN QUERY SELECT i, a_id[i], 'known'::text, jsonb_build_object('fate', a_fate[k]) || a_detail[k];
                    a_fate[i] := 'known'; CONTINUE each_act;
                END IF;
                code := 'fork';
            ELSIF r.id <> a_id[i] OR r.hash <> a_hash[i] THEN code := 'fork';
            ELSIF r.fate <> 'behind' OR a_from[i] > a_to[i] THEN
                RETURN QUERY SELECT i, a_id[i], 'known'::text, jsonb_build_object('fate', r.fate) || r.detail;
                a_fate[i] := 'known'; CONTINUE each_act;
            END IF;
        END IF;
        IF code IS NOT NULL THEN
            IF d IS NOT NULL THEN d_bad[d] := coalesce(d_bad[d], code); END IF;
            a_fate[i] := 'quarantined';
            PERFORM ld.note_refusal('push', code, coalesce(a_id[i]::text, ''));
            RETURN QUERY SELECT i, a_id[i], 'quarantined'::text, jsonb_build_object('code', code); CONTINUE each_act;
        END IF;

        -- The act has its place in the device log; now what it would do.
        IF d_gone[d] OR a_body[i] <> d_body[d] OR d_moved[d] THEN
            a_fate[i] := 'refused'; a_detail[i] := jsonb_build_object('code', CASE WHEN d_gone[d] THEN 'revoked' ELSE 'body' END);
        ELSIF a_from[i] > a_to[i] THEN
            a_fate[i] := 'behind'; a_detail[i] := '{"code": "no_entries"}';
        ELSIF a_after[i] IS NOT NULL THEN
            k := array_position(a_id, a_after[i]);
            x := CASE WHEN k < i THEN a_fate[k] ELSE ld.fate_of(a_after[i]) END;
            IF x = 'known' THEN x := ld.fate_of(a_after[i]); END IF;
            IF x IS NULL OR x = 'behind' THEN a_fate[i] := 'behind'; a_detail[i] := jsonb_build_object('after', a_after[i]);
            ELSIF x <> 'accepted' THEN a_fate[i] := 'refused'; a_detail[i] := '{"code": "after"}'; END IF;
        END IF;
        IF a_fate[i] IS NULL THEN
            <<judging>>
            BEGIN
                c := e_c[a_from[i]];
                IF a_case[i] IS NULL THEN code := 'registers_by_server'; EXIT judging; END IF;
                h := c_head[c];
                given := opens[i] - ARRAY['do', 'proxy', 'matter', 'happened_at', 'late_reason'];
                IF p_personal[i] IS NOT NULL THEN
                    said := ld.read_json(p_personal[i]);
                    IF jsonb_typeof(said) IS DISTINCT FROM 'object' THEN code := 'parts'; EXIT judging; END IF;
                    given := given || said;
                END IF;
                IF opens[i]->>'do' IS DISTINCT FROM a_kind[i] THEN code := 'parts'; EXIT judging; END IF;
                matter := CASE WHEN opens[i]->>'matter' ~ '^[0-9]{1,2}$' THEN (opens[i]->>'matter')::int ELSE 1 END;
                proxy := CASE WHEN jsonb_typeof(opens[i]->'proxy') = 'object' THEN opens[i]->'proxy' END;
                acting := a_body[i]; proxy_kind := NULL; persons := string_to_array(d_roles[d], us);
                -- membership: of a case that one does not see nothing is said
                IF a_kind[i] = 'register' THEN
                    IF h.known OR a_case[i] <> a_id[i] OR proxy IS NOT NULL THEN code := 'case_unknown'; EXIT judging; END IF;
                ELSIF NOT h.known AND h.version = 0 THEN code := 'case_unknown'; EXIT judging;
                ELSIF a_body[i] <> ALL (h.members) AND NOT coalesce(b_sees[array_position(b_name, a_body[i])], false) THEN
                    code := 'case_unknown'; EXIT judging;
                END IF;
                -- versions of all streams of the act, before anything is judged on them
                versions := '{}';
                FOR j IN a_from[i]..a_to[i] LOOP
                    IF e_case[j] IS DISTINCT FROM a_case[i] OR (e_inner[j] IS NOT NULL AND e_inner[j] <> a_body[i])
                       OR e_data[j] IS NULL OR e_data[j]->'event'->>'is' IS DISTINCT FROM p_kind[j] OR length(p_data[j]) > 262144
                       OR coalesce(e_data[j]->>'matter', '1') <> matter::text
                    THEN code := 'entries'; EXIT judging; END IF;
                    k := (SELECT count(*) FROM generate_series(a_from[i], j - 1) g WHERE e_s[g] = e_s[j]);
                    IF p_version[j] IS DISTINCT FROM s_version[e_s[j]] + k + 1 THEN
                        code := 'behind'; why := jsonb_build_object('stream', p_stream[j], 'head', s_version[e_s[j]]); EXIT judging;
                    END IF;
                END LOOP;
                -- 代录: whose act it is
                IF proxy IS NOT NULL THEN
                    acting := coalesce(nullif(proxy->>'body', ''), a_body[i]);
                    IF coalesce(proxy->>'evidence', '') = '' OR acting <> ALL (b_name) THEN code := 'proxy'; EXIT judging; END IF;
                    IF acting = a_body[i] THEN
                        proxy_kind := 'own_leader';
                        PERFORM 1 FROM ld.person p WHERE proxy->>'person' IN (p.id, p.name) AND p.body = acting AND 'leader' = ANY (p.roles) AND p.revoked_at IS NULL;
                        IF NOT FOUND THEN code := 'proxy'; EXIT judging; END IF;
                        persons := persons || 'leader'::text;
                    ELSE
                        proxy_kind := 'body_without_desk';
                        IF b_desk[array_position(b_name, acting)] THEN code := 'proxy'; EXIT judging; END IF;
                    END IF;
                END IF;
                FOR j IN a_from[i]..a_to[i] LOOP
                    IF coalesce(e_data[j]->>'proxy_body', '') <> (CASE WHEN proxy IS NULL THEN '' ELSE acting END)
                       OR coalesce(e_data[j]->>'proxy_person', '') <> coalesce(proxy->>'person', '')
                       OR coalesce(e_data[j]->>'proxy_evidence', '') <> coalesce(proxy->>'evidence', '')
                    THEN code := 'proxy'; EXIT judging; END IF;
                    IF (e_inner[j] IS NOT NULL) <> EXISTS (SELECT FROM ld.inner_kind q WHERE q.kind = p_kind[j])
                       OR NOT EXISTS (SELECT FROM ld.yield q WHERE q.action = a_kind[i] AND q.kind = p_kind[j])
                    THEN code := 'entries'; EXIT judging; END IF;
                    IF p_kind[j] <> 'registered' AND EXISTS (
                        SELECT FROM jsonb_each(e_data[j]->'event') v JOIN jsonb_each(given) g ON g.key = v.key
                        WHERE v.key = ANY ('{kind,body,what,outcome,reached,result,last_attempt,solved,verified,rule,step,marks,approval,into,method,direct}'::text[])
                          AND ld.full(g.value) AND g.value <> v.value)
                       OR (p_kind[j] IN ('accepted', 'taken-over') AND e_data[j]->'event'->>'body' IS DISTINCT FROM acting)
                    THEN code := 'entries'; EXIT judging; END IF;
                    IF p_kind[j] IN ('transfer-approved', 'reply-approved', 'extended') AND NOT EXISTS (
                        SELECT FROM ld.person p WHERE e_data[j]->'event'->>'leader' IN (p.id, p.name) AND p.body = acting AND 'leader' = ANY (p.roles))
                       AND (proxy_kind IS DISTINCT FROM 'body_without_desk')
                    THEN code := 'entries'; EXIT judging; END IF;
                END LOOP;
                -- the guards, by the rows of the profile that the case began with
                IF a_kind[i] = 'register' THEN
                    h.profile := a_profile[i]; state := ''; roles := '{first_receiver}';
                    IF p_kind[a_from[i]] <> 'registered' OR e_data[a_from[i]]->'event'->>'first_receiver' IS DISTINCT FROM a_body[i]
                       OR NOT EXISTS (SELECT FROM ld.profile p WHERE p.profile = h.profile)
                       OR e_data[a_from[i]]->'event'->>'mechanism' IS DISTINCT FROM h.profile
                    THEN code := 'entries'; EXIT judging; END IF;
                    h.matters := greatest(1, least(20, CASE WHEN jsonb_typeof(e_data[a_from[i]]->'event'->'issues') = 'array'
                                     THEN jsonb_array_length(e_data[a_from[i]]->'event'->'issues') ELSE 1 END));
                    flags := CASE WHEN ld.full(e_data[a_from[i]]->'event'->'missing') THEN '{incomplete}'::text[] ELSE '{}' END;
                ELSE
                    IF matter NOT BETWEEN 1 AND h.matters THEN code := 'entries'; EXIT judging; END IF;
                    state := h.states[matter];
                    seen := ld.seen(h.words, matter, acting);
                    roles := ld.derived_from(h.profile, 'role', seen);
                    IF roles = '{}' THEN roles := '{outsider}'; END IF;
                    IF proxy_kind = 'body_without_desk' THEN
                        PERFORM 1 FROM ld.profile p WHERE p.profile = h.profile AND (a_body[i] = ANY (p.stand_ins)
                            OR p.stand_ins && ld.derived_from(h.profile, 'role', ld.seen(h.words, matter, a_body[i])));
                        IF NOT FOUND THEN code := 'proxy'; EXIT judging; END IF;
                    END IF;
                    SELECT coalesce(array_agg(q.v), '{}') INTO claims FROM ld.profile p,
                        LATERAL (SELECT v FROM jsonb_array_elements_text(coalesce(ld.read_json(convert_to(p_claims[i], 'UTF8')), '[]')) v) q
                    WHERE p.profile = h.profile AND q.v = ANY (p.claimed);
                    flags := claims || ld.derived_from(h.profile, 'flag', seen)
                        || (SELECT coalesce(array_agg(w), '{}') FROM unnest(seen) w WHERE left(w, 1) NOT IN ('@', '*'));
                    FOR r IN SELECT * FROM ld.asked q WHERE q.profile = h.profile LOOP
                        IF r.field <> '' THEN
                            IF ld.full(given->r.field) AND r.needs <@ ld.seen(h.words, matter, given->>r.field) THEN flags := flags || r.flag; END IF;
                        ELSE
                            FOR j IN a_from[i]..a_to[i] LOOP
                                IF p_kind[j] = r.kind AND ld.conds_hold(r.conds, e_data[j]->'event', a_person[i], NULL) THEN flags := flags || r.flag; END IF;
                            END LOOP;
                        END IF;
                    END LOOP;
                END IF;
                IF EXISTS (SELECT FROM ld.yield q WHERE q.action = a_kind[i] AND q.kind = ANY (p_kind[a_from[i]:a_to[i]]) AND q.forbids && flags) THEN
                    code := 'entries'; EXIT judging;
                END IF;
                verdict := ld.judge(h.profile, a_kind[i], state, roles, acting, persons, proxy_kind, flags, h.done, a_person[i], given);
                IF NOT verdict.allowed THEN code := 'guard'; EXIT judging; END IF;
                -- the state entry is the one the row leads to, and no other
                m := 0;
                FOR j IN a_from[i]..a_to[i] LOOP
                    CONTINUE WHEN p_kind[j] <> 'state-changed';
                    m := m + 1;
                    state_n := CASE WHEN e_data[j]->'event'->>'matter' ~ '^[0-9]{1,2}$' THEN (e_data[j]->'event'->>'matter')::int ELSE 0 END;
                    IF state_n <> (CASE WHEN a_kind[i] = 'register' THEN m ELSE matter END)
                       OR e_data[j]->'event'->>'to' IS DISTINCT FROM verdict.to_state
                    THEN code := 'state'; EXIT judging; END IF;
                END LOOP;
                IF m <> (CASE WHEN a_kind[i] = 'register' THEN h.matters WHEN verdict.to_state IN ('', state) THEN 0 ELSE 1 END) THEN
                    code := 'state'; EXIT judging;
                END IF;
                IF p_personal[i] IS NOT NULL AND a_audience[i] <> 'first' AND ('0' || us || us || 'strict') = ANY (h.words) THEN
                    code := 'audience'; EXIT judging;
                END IF;
                -- fold
                FOR j IN a_from[i]..a_to[i] LOOP
                    CONTINUE WHEN e_inner[j] IS NOT NULL;
                    IF p_kind[j] = 'state-changed' THEN
                        h.states[(e_data[j]->'event'->>'matter')::int] := e_data[j]->'event'->>'to';
                    ELSE
                        h.words := ld.folded(h.profile, h.words, h.matters, p_kind[j], e_data[j]->'event', matter, acting, a_person[i], a_id[i]::text);
                    END IF;
                    word := p_kind[j] || us || a_person[i];
                    IF word <> ALL (h.done) THEN h.done := h.done || word; END IF;
                    IF p_kind[j] <> ALL (h.done) THEN h.done := h.done || p_kind[j]; END IF;
                    h.version := p_version[j];
                END LOOP;
                IF a_kind[i] = 'register' AND p_personal[i] IS NOT NULL AND a_audience[i] <> 'first' AND ('0' || us || us || 'strict') = ANY (h.words) THEN
                    code := 'audience'; EXIT judging;
                END IF;
                joins := '{}';
                IF NOT (p_kind[a_from[i]:a_to[i]] <@ '{state-changed,informed,attached,inquired,taken-over,arrived,note-written}'::text[]) THEN
                    FOR m IN 1..h.matters LOOP
                        joins := joins || ld.bodies_on(h.profile, h.words, m);
                    END LOOP;
                    joins := (SELECT coalesce(array_agg(DISTINCT v ORDER BY v), '{}') FROM unnest(joins) v WHERE v <> ALL (h.members) AND v = ANY (b_name));
                END IF;
                h.changed := true;
                h.open := NOT (h.states <@ (SELECT p.ends FROM ld.profile p WHERE p.profile = h.profile));
            END;
            IF code = 'behind' THEN a_fate[i] := 'behind'; a_detail[i] := why;
            ELSIF code IS NOT NULL THEN a_fate[i] := 'refused'; a_detail[i] := jsonb_build_object('code', code);
            ELSE
                a_fate[i] := 'accepted'; a_detail[i] := CASE WHEN a_new[i] THEN '{}'::jsonb ELSE '{"rebased": true}' END;
                first_ := (SELECT split_part(w, us, 2) FROM unnest(h.words) w WHERE split_part(w, us, 3) = 'first_receiver' LIMIT 1);
                -- what the joining bodies did not have yet
                FOREACH b IN ARRAY joins LOOP
                    bytes_ := convert_to(json_build_object('body', b, 'role', CASE WHEN b = first_ THEN 'first_receiver' ELSE 'member' END)::text, 'UTF8');
                    f := b_feed[array_position(b_name, b)];
                    i_feed := i_feed || f; i_what := i_what || 'joined'::text; i_ref := i_ref || a_case[i]; i_no := i_no || NULL::bigint; i_act := i_act || NULL::uuid;
                    i_parts := i_parts || 0; i_data := i_data || bytes_;
                    i_digest := i_digest || sha256('joined'::bytea || uuid_send(a_case[i]) || sha256(bytes_));
                    IF h.known THEN
                        FOR r IN SELECT * FROM ld.history(a_case[i], b, b = first_) LOOP
                            i_feed := i_feed || f; i_what := i_what || 'entry'::text; i_ref := i_ref || NULL::uuid; i_no := i_no || r.no; i_act := i_act || r.act;
                            i_parts := i_parts || r.parts; i_data := i_data || NULL::bytea; i_digest := i_digest || r.digest;
                        END LOOP;
                    END IF;
                    FOREACH j IN ARRAY h.own LOOP
                        k := p_act[j];
                        parts := CASE WHEN a_inner[k] AND a_body[k] <> b THEN 0 ELSE 1 END
                               + CASE WHEN p_personal[k] IS NOT NULL AND (a_audience[k] = 'bodies' OR b = first_) THEN 2 ELSE 0 END;
                        i_feed := i_feed || f; i_what := i_what || 'entry'::text; i_ref := i_ref || NULL::uuid; i_no := i_no || e_no[j]; i_act := i_act || a_id[k];
                        i_parts := i_parts || parts; i_data := i_data || NULL::bytea; i_digest := i_digest || e_digest[j];
                    END LOOP;
                    h.members := h.members || b; h.fresh := h.fresh || b;
                END LOOP;
                FOR j IN a_from[i]..a_to[i] LOOP
                    e_take[j] := true; s_version[e_s[j]] := p_version[j]; s_moved[e_s[j]] := true;
                    IF e_inner[j] IS NOT NULL THEN
                        i_feed := i_feed || b_feed[array_position(b_name, a_body[i])];
                        i_what := i_what || 'entry'::text; i_ref := i_ref || NULL::uuid; i_no := i_no || e_no[j]; i_act := i_act || a_id[i];
                        i_parts := i_parts || CASE WHEN p_personal[i] IS NOT NULL AND (a_audience[i] = 'bodies' OR a_body[i] = first_) THEN 3 ELSE 1 END;
                        i_data := i_data || NULL::bytea; i_digest := i_digest || e_digest[j];
                        CONTINUE;
                    END IF;
                    h.own := h.own || j;
                    FOREACH b IN ARRAY h.members LOOP
                        parts := CASE WHEN a_inner[i] AND a_body[i] <> b THEN 0 ELSE 1 END
                               + CASE WHEN p_personal[i] IS NOT NULL AND (a_audience[i] = 'bodies' OR b = first_) THEN 2 ELSE 0 END;
                        i_feed := i_feed || b_feed[array_position(b_name, b)];
                        i_what := i_what || 'entry'::text; i_ref := i_ref || NULL::uuid; i_no := i_no || e_no[j]; i_act := i_act || a_id[i];
                        i_parts := i_parts || parts; i_data := i_data || NULL::bytea; i_digest := i_digest || e_digest[j];
                    END LOOP;
                    i_feed := i_feed || oversight_;
                    i_what := i_what || 'entry'::text; i_ref := i_ref || NULL::uuid; i_no := i_no || e_no[j]; i_act := i_act || a_id[i];
                    i_parts := i_parts || CASE WHEN a_inner[i] THEN 0 ELSE 1 END; i_data := i_data || NULL::bytea; i_digest := i_digest || e_digest[j];
                END LOOP;
                c_head[c] := h;
            END IF;
        END IF;
        IF a_fate[i] = 'refused' THEN
            PERFORM ld.note_refusal('push', a_detail[i]->>'code', a_id[i]::text);
            IF a_detail[i]->>'code' IN ('revoked', 'body') AND array_position(b_name, a_body[i]) IS NOT NULL AND a_body[i] = d_body[d] THEN
                bytes_ := convert_to(a_detail[i]::text, 'UTF8');
                i_feed := i_feed || b_feed[array_position(b_name, a_body[i])];
                i_what := i_what || 'stranded'::text; i_ref := i_ref || a_id[i]; i_no := i_no || NULL::bigint; i_act := i_act || a_id[i];
                i_parts := i_parts || 3; i_data := i_data || bytes_; i_digest := i_digest || sha256('stranded'::bytea || uuid_send(a_id[i]) || sha256(bytes_));
            END IF;
        END IF;
        IF a_fate[i] <> 'behind' OR a_new[i] THEN
            IF a_fate[i] <> 'behind' THEN
                bytes_ := convert_to(jsonb_build_object('fate', a_fate[i], 'detail', a_detail[i])::text, 'UTF8');
                i_feed := i_feed || d_feed[d]; i_what := i_what || 'result'::text; i_ref := i_ref || a_id[i]; i_no := i_no || NULL::bigint; i_act := i_act || NULL::uuid;
                i_parts := i_parts || 0; i_data := i_data || bytes_; i_digest := i_digest || sha256('result'::bytea || uuid_send(a_id[i]) || sha256(bytes_));
                a_final[i] := true;
            END IF;
        END IF;
        RETURN QUERY SELECT i, a_id[i], a_fate[i], a_detail[i];
    END LOOP;

    -- 4. Write, set by set.
    INSERT INTO ld.act(id, device, seq, person, body, kind, case_id, header, prev, hash, tag, open, fate, detail, carried_by, recorded_at)
    SELECT u.id, u.dev, u.seq, u.person, u.body, u.kind, u.c, u.header, u.prev, u.hash, u.tag, u.open, u.fate, u.detail, session_user, now_
    FROM unnest(a_id, a_dev, a_seq, a_person, a_body, a_kind, a_case, p_header, p_prev, a_hash, p_tag, p_open, a_fate, a_detail, a_new)
        u(id, dev, seq, person, body, kind, c, header, prev, hash, tag, open, fate, detail, fresh) WHERE u.fresh;
    INSERT INTO ld.act_personal(act, audience, case_id, body, salt, personal)
    SELECT u.id, u.audience, u.c, u.body, u.salt, u.personal FROM unnest(a_id, a_audience, a_case, a_body, p_salt, p_personal, a_new)
        u(id, audience, c, body, salt, personal, fresh) WHERE u.fresh AND u.personal IS NOT NULL;
    IF NOT (a_new @> ARRAY[true]) OR EXISTS (SELECT FROM unnest(a_new, a_final) u(w, z) WHERE z AND NOT w) THEN
        PERFORM ld.set_fates(array_agg(u.id), array_agg(u.fate), array_agg(u.detail))
        FROM unnest(a_id, a_fate, a_detail, a_new, a_final) u(id, fate, detail, fresh, final) WHERE u.final AND NOT u.fresh;
    END IF;
    IF true = ANY (e_take) THEN
        INSERT INTO ld.entry(no, act, n, stream, version, kind, data, case_id, inner_of, recorded_at)
        SELECT u.no, a_id[u.a], u.n, u.s, u.v, u.kind, u.data, u.c, u.inn, now_
        FROM unnest(e_no, p_act, p_n, p_stream, p_version, p_kind, p_data, e_case, e_inner, e_take) u(no, a, n, s, v, kind, data, c, inn, take) WHERE u.take;
        INSERT INTO ld.attachment(act, case_id, audience, size, sha256, device)
        SELECT a_id[u.a], u.c, CASE WHEN a_audience[u.a] = 'first' OR (c_head[u.k]).words @> ARRAY['0' || us || us || 'strict'] THEN 'first' ELSE 'bodies' END, least((u.data->'event'->>'size')::numeric, 1e15)::bigint, u.data->'event'->>'sha256', a_dev[u.a]
        FROM unnest(p_act, p_kind, e_data, e_case, e_c, e_take) u(a, kind, data, c, k, take)
        WHERE u.take AND u.kind = 'attached' AND u.data->'event'->>'size' ~ '^[0-9]{1,15}$' ON CONFLICT DO NOTHING;
        INSERT INTO ld.stream(name, version) SELECT u.s, u.v FROM unnest(s_name, s_version, s_new, s_moved) u(s, v, fresh, moved) WHERE u.moved AND u.fresh;
        UPDATE ld.stream t SET version = u.v FROM unnest(s_name, s_version, s_new, s_moved) u(s, v, fresh, moved)
        WHERE t.name = u.s AND u.moved AND NOT u.fresh;
        INSERT INTO ld.case_head(id, profile, version, matters, states, words, done, members, open)
        SELECT u.id, u.profile, u.version, u.matters, u.states, u.words, u.done, u.members, u.open FROM unnest(c_head) u WHERE u.changed AND NOT u.known;
        UPDATE ld.case_head t SET version = u.version, states = u.states, words = u.words, done = u.done, members = u.members, open = u.open
        FROM unnest(c_head) u WHERE t.id = u.id AND u.changed AND u.known;
        INSERT INTO ld.case_body(case_id, body, first, joined_at)
        SELECT u.id, v, (u.words @> ARRAY['0' || us || v || us || 'first_receiver']), now_ FROM unnest(c_head) u, unnest(u.fresh) v WHERE u.changed;
    END IF;
    UPDATE ld.device v SET seq = u.seq, head = u.head FROM unnest(d_id, d_seq, d_head) u(id, seq, head) WHERE v.id = u.id AND v.seq <> u.seq;

    -- 5. Fan out: feeds locked last, in the order (rank, name); positions dense, chained.
    IF cardinality(i_feed) > 0 THEN
        PERFORM 1 FROM ld.feed x WHERE x.id = ANY (i_feed) ORDER BY x.rank, x.name FOR NO KEY UPDATE;
        SELECT array_agg(x.id), array_agg(x.head), array_agg(x.chain), array_agg(x.channel) INTO f_id, f_head, f_chain, f_channel
        FROM ld.feed x WHERE x.id = ANY (i_feed);
        i_pos := array_fill(0::bigint, ARRAY[cardinality(i_feed)]); i_chain := array_fill(''::bytea, ARRAY[cardinality(i_feed)]);
        FOR j IN 1..cardinality(i_feed) LOOP
            k := array_position(f_id, i_feed[j]);
            f_head[k] := f_head[k] + 1;
            f_chain[k] := sha256('LF1'::bytea || f_chain[k] || i_digest[j]);
            i_pos[j] := f_head[k]; i_chain[j] := f_chain[k];
        END LOOP;
        INSERT INTO ld.feed_item(feed, pos, what, ref, entry, act, parts, data, chain)
        SELECT * FROM unnest(i_feed, i_pos, i_what, i_ref, i_no, i_act, i_parts, i_data, i_chain);
        UPDATE ld.feed x SET head = u.head, chain = u.chain FROM unnest(f_id, f_head, f_chain) u(id, head, chain) WHERE x.id = u.id;
        FOREACH x IN ARRAY f_channel LOOP
            PERFORM pg_notify(x, '');
        END LOOP;
    END IF;
END $$;
RESET ROLE;
