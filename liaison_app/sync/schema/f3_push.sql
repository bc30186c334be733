-- Push: a batch of acts with the entries proposed for them (docs/SYNC.md). One transaction, refusals are rows.
SET ROLE ld_tables;
DO $$
BEGIN
    CREATE TYPE ld.head_state AS (
        id uuid, known boolean, profile text, first text, version bigint, matters int, states text[], words text[], done text[],
        members text[], feeds int[], open boolean, fresh text[], own int[], changed boolean, gone text[], gone_at bigint[]);
EXCEPTION WHEN duplicate_object THEN
    BEGIN
        ALTER TYPE ld.head_state ADD ATTRIBUTE gone text[], ADD ATTRIBUTE gone_at bigint[];  -- a database of before
    EXCEPTION WHEN duplicate_column THEN NULL;
    END;
END $$;
-- What an acting body sees of a matter, kept for the batch: many cases stand alike.
DO $$
BEGIN
    CREATE TYPE ld.seen_state AS (key text, seen text[], roles text[], flags text[], words text[]);
EXCEPTION WHEN duplicate_object THEN
    BEGIN
        ALTER TYPE ld.seen_state ADD ATTRIBUTE words text[];  -- a database of before
    EXCEPTION WHEN duplicate_column THEN NULL;
    END;
END $$;
DROP TYPE IF EXISTS ld.judged_state;
CREATE OR REPLACE FUNCTION ld.stored_act(p_device uuid, p_seq bigint) RETURNS TABLE (id uuid, hash bytea, fate text, detail jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT a.id, a.hash, a.fate, a.detail FROM ld.act a WHERE a.device = p_device AND a.seq = p_seq;
END $$;
-- Of an act that another one waits for; one of another body is as one that is not there.
DROP FUNCTION IF EXISTS ld.fate_of(uuid);
CREATE OR REPLACE FUNCTION ld.fate_of(p_act uuid, p_body text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    RETURN (SELECT a.fate FROM ld.act a WHERE a.id = p_act AND a.body = p_body);
END $$;
-- What was signed on a desk that was closed is kept for its body to look at, whoever brings it.
CREATE OR REPLACE FUNCTION ld.desk_gone(p_role name) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ld.desk d WHERE d.role = p_role AND d.revoked_at IS NOT NULL);
END $$;
CREATE OR REPLACE FUNCTION ld.stored_ids(p_act uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT a.id FROM ld.act a WHERE a.id = ANY (p_act));
END $$;
DROP FUNCTION IF EXISTS ld.set_fates(uuid[], text[], jsonb[]);
CREATE OR REPLACE FUNCTION ld.set_fates(p_act uuid[], p_fate text[], p_detail jsonb[], p_other uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    UPDATE ld.act a SET fate = u.f, detail = u.d, other_id = coalesce(a.other_id, u.o)
    FROM unnest(p_act, p_fate, p_detail, p_other) u(a, f, d, o) WHERE a.id = u.a AND a.fate = 'behind'
$$;
-- The shared entries of a case so far behind a version, for a body that joins it; one that comes back has those before.
DROP FUNCTION IF EXISTS ld.history(uuid, text, boolean);
CREATE OR REPLACE FUNCTION ld.history(p_case uuid, p_body text, p_first boolean, p_behind bigint)
RETURNS TABLE (no bigint, act uuid, digest bytea, parts int)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT e.no, e.act,
        sha256(uuid_send(e.act) || int4send(e.n) || a.hash || convert_to(e.stream, 'UTF8') || int8send(e.version) || sha256(e.data)),
        (CASE WHEN a.body <> p_body AND EXISTS (SELECT FROM ld.entry i WHERE i.stream = e.stream || '/' || a.body AND i.act = e.act) THEN 0 ELSE 1 END)
        + (CASE WHEN p.act IS NOT NULL AND (p.audience = 'bodies' OR p_first) THEN 2 ELSE 0 END)
    FROM ld.entry e JOIN ld.act a ON a.id = e.act LEFT JOIN ld.act_personal p ON p.act = e.act
    WHERE e.stream = 'case/' || p_case AND e.version > p_behind ORDER BY e.version;
END $$;
-- Acts of some device logs that wait, with the streams they were decided on: what the same device did later on one of these waits with them.
CREATE OR REPLACE FUNCTION ld.waiting_of(p_device uuid[]) RETURNS TABLE (device uuid, seq bigint, act uuid, stream text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT a.device, a.seq, a.id, s.v->>0 FROM ld.act a, jsonb_array_elements(convert_from(a.header, 'UTF8')::jsonb->'streams') s(v)
    WHERE a.fate = 'behind' AND a.device = ANY (p_device);
END $$;
RESET ROLE;
GRANT EXECUTE ON FUNCTION ld.desk_gone, ld.stored_act, ld.stored_ids, ld.fate_of, ld.set_fates, ld.history, ld.waiting_of TO ld_door;

SET ROLE ld_door;
CREATE OR REPLACE FUNCTION ld.note_refusal(p_what text, p_code text, p_ref text) RETURNS void
LANGUAGE sql SECURITY INVOKER AS $$
    INSERT INTO ld.audit(role, minute, what, code, ref) VALUES (session_user, date_trunc('minute', clock_timestamp()), p_what, p_code, left(p_ref, 80))
    ON CONFLICT (role, minute, what, code) DO UPDATE SET times = ld.audit.times + 1, last_at = clock_timestamp()
$$;
-- An id as programs write it, NULL for anything else; four times as quick as one expression with repetitions.
CREATE OR REPLACE FUNCTION ld.read_uuid(p text) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN p LIKE '________-____-____-____-____________' AND p !~ '[^0-9a-f-]' AND length(replace(p, '-', '')) = 32 THEN p::uuid END
$$;
CREATE OR REPLACE FUNCTION ld.read_json(p_bytes bytea) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN convert_from(p_bytes, 'UTF8')::jsonb;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION ld.read_all(p_bytes bytea[]) RETURNS jsonb[] LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN ARRAY(SELECT convert_from(b, 'UTF8')::jsonb FROM unnest(p_bytes) b);
EXCEPTION WHEN OTHERS THEN
    RETURN ARRAY(SELECT ld.read_json(b) FROM unnest(p_bytes) b);
END $$;

-- What hangs on an act and its entries alone, set by set: the request as the guards will see it, and what is wrong with it.
DO $$
BEGIN
    CREATE TYPE ld.request AS (
        i int, code text, matter int, acting text, proxy_kind text, persons text[], given jsonb, claims text[], asked text[], forbids text[]);
EXCEPTION WHEN duplicate_object THEN
    ALTER TYPE ld.request DROP ATTRIBUTE IF EXISTS weighed;  -- a database of before
END $$;
DROP FUNCTION IF EXISTS ld.requests(int[], text[], text[], text[], text[], text[], jsonb[], jsonb[], text[], uuid[], int[], text[], jsonb[], int[], uuid[], text[]);
CREATE OR REPLACE FUNCTION ld.requests(
    p_kind text[], p_person text[], p_body text[], p_device int[], p_roles text[], p_profile text[], p_open jsonb[], p_personal jsonb[], p_claims text[],
    p_case uuid[], e_i int[], e_kind text[], e_data jsonb[], e_bytes bytea[], e_case uuid[], e_inner text[]
) RETURNS ld.request[] LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    RETURN ARRAY(WITH a AS MATERIALIZED (
        SELECT u.*, coalesce(nullif(u.proxy->>'body', ''), u.body) AS acting,
            CASE WHEN u.matter_said ~ '^[0-9]{1,2}$' THEN u.matter_said::int ELSE 0 END AS matter
        FROM (SELECT x.i::int, x.kind, x.person, x.body, p_roles[x.device] AS roles, x.profile, x.open, x.personal, x.claims, x.c,
                  CASE WHEN jsonb_typeof(x.open->'proxy') = 'object' THEN x.open->'proxy' END AS proxy, coalesce(x.open->>'matter', '1') AS matter_said,
                  (x.open - '{do,proxy,matter,happened_at,late_reason}'::text[])
                      || CASE WHEN jsonb_typeof(x.personal) = 'object' THEN x.personal ELSE '{}' END AS given
              FROM unnest(p_kind, p_person, p_body, p_device, p_profile, p_open, p_personal, p_claims, p_case) WITH ORDINALITY
                  x(kind, person, body, device, profile, open, personal, claims, c, i)) u
    ), e AS MATERIALIZED (
        SELECT x.i, x.kind, x.data, x.data->'event' AS event, length(x.bytes) AS size, x.c, x.inn FROM unnest(e_i, e_kind, e_data, e_bytes, e_case, e_inner) x(i, kind, data, bytes, c, inn)
    ), wrong AS (
        SELECT e.i, min(CASE
            WHEN e.data IS NULL OR (e.c IS DISTINCT FROM a.c AND NOT (e.c IS NOT NULL AND a.kind || ' ' || e.kind IN ('merge joined', 'unmerge parted'))) OR e.inn <> a.body OR e.size > (CASE WHEN e.kind LIKE 'record-%' THEN 1048576 ELSE 262144 END) OR e.event->>'is' IS DISTINCT FROM e.kind
                OR CASE WHEN a.kind IN ('void', 'merge', 'reopen', 'unmerge') THEN coalesce(e.data->>'matter', '1') !~ '^[0-9]{1,2}$' ELSE coalesce(e.data->>'matter', '1') <> a.matter::text END
                OR (e.inn IS NOT NULL) <> (n.kind IS NOT NULL) OR y.kind IS NULL
                OR (e.kind IN ('accepted', 'taken-over') AND e.event->>'body' IS DISTINCT FROM a.acting) THEN 'entries'
            WHEN e.kind IN ('registered', 'brought-in', 'transfer-sent', 'accepted')
                AND ld.bears_others(a.profile, a.acting, a.body, coalesce(e.event->>'slip_no', e.event->>'number')) THEN 'number_of_others'
            WHEN e.kind NOT IN ('registered', 'brought-in') AND EXISTS (
                SELECT FROM jsonb_each(e.event) v
                WHERE v.key = ANY ('{kind,body,what,outcome,reached,result,last_attempt,solved,verified,rule,step,marks,approval,into,method,direct}'::text[])
                  AND a.given->v.key <> v.value AND ld.full(a.given->v.key)) THEN 'entries'
            WHEN e.kind = 'handed-over' AND (a.given->>'to' IS DISTINCT FROM e.event->>'to' OR NOT EXISTS (
                SELECT FROM ld.person p WHERE p.id = e.event->>'to' AND p.body = a.acting AND p.revoked_at IS NULL)) THEN 'entries'
            WHEN e.kind IN ('transfer-approved', 'reply-approved', 'extended') AND NOT (a.proxy IS NOT NULL AND a.acting <> a.body) AND NOT EXISTS (
                SELECT FROM ld.person p WHERE e.event->>'leader' IN (p.id, p.name) AND p.body = a.acting AND 'leader' = ANY (p.roles)) THEN 'entries'
            WHEN coalesce(e.data->>'proxy_body', '') <> CASE WHEN a.proxy IS NULL THEN '' ELSE a.acting END
                OR coalesce(e.data->>'proxy_person', '') <> coalesce(a.proxy->>'person', '')
                OR coalesce(e.data->>'proxy_evidence', '') <> coalesce(a.proxy->>'evidence', '') THEN 'proxy' END) AS code, string_agg(array_to_string(y.forbids, E'\x1f'), E'\x1f') FILTER (WHERE y.forbids <> '{}') AS forbids
        FROM e JOIN a ON a.i = e.i LEFT JOIN ld.inner_kind n ON n.kind = e.kind LEFT JOIN ld.yield y ON y.action = a.kind AND y.kind = e.kind GROUP BY e.i
    )
    SELECT ROW(a.i, CASE
            WHEN a.open->>'do' IS DISTINCT FROM a.kind OR jsonb_typeof(a.personal) <> 'object' THEN 'parts'
            WHEN a.proxy IS NOT NULL AND (coalesce(a.proxy->>'evidence', '') = '' OR NOT EXISTS (SELECT FROM ld.body b WHERE b.id = a.acting
                AND (b.id = a.body OR NOT b.desk)) OR (a.acting = a.body AND NOT EXISTS (SELECT FROM ld.person p WHERE a.proxy->>'person' IN (p.id, p.name)
                AND p.body = a.acting AND 'leader' = ANY (p.roles) AND p.revoked_at IS NULL))) THEN 'proxy'
            ELSE w.code END,
        a.matter, a.acting, CASE WHEN a.proxy IS NULL THEN NULL WHEN a.acting = a.body THEN 'own_leader' ELSE 'body_without_desk' END,
        string_to_array(a.roles, E'\x1f') || CASE WHEN a.proxy IS NOT NULL AND a.acting = a.body THEN '{leader}'::text[] ELSE '{}' END,
        a.given,
        CASE WHEN a.claims = '[]' THEN '{}' ELSE ARRAY(SELECT g.w FROM jsonb_array_elements_text(CASE WHEN jsonb_typeof(j.v) = 'array' THEN j.v ELSE '[]' END) g(w)
              JOIN ld.profile p ON p.profile = a.profile AND g.w = ANY (p.claimed)) END,
        coalesce(s.flags, '{}'), coalesce(string_to_array(w.forbids, E'\x1f'), '{}'))::ld.request
    FROM a LEFT JOIN wrong w ON w.i = a.i LEFT JOIN (
            SELECT e.i, array_agg(q.flag) AS flags FROM e JOIN a ON a.i = e.i JOIN ld.asked q ON q.profile = a.profile AND q.kind = e.kind AND q.field = ''
            WHERE ld.conds_hold(q.conds, e.event, a.person, NULL) GROUP BY e.i) s ON s.i = a.i
        CROSS JOIN LATERAL (SELECT CASE WHEN a.claims <> '[]' THEN ld.read_json(convert_to(a.claims, 'UTF8')) END AS v) j
    ORDER BY a.i);
END $$;
DROP FUNCTION IF EXISTS ld.weighed(ld.request[], text[], text[]);

CREATE OR REPLACE FUNCTION ld.push(
    p_epoch uuid, p_header bytea[], p_prev bytea[], p_tag bytea[], p_open bytea[], p_salt bytea[], p_personal bytea[],
    p_claims text[], p_act int[], p_n int[], p_stream text[], p_version bigint[], p_kind text[], p_data bytea[]
) RETURNS TABLE (n int, act uuid, fate text, detail jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp SET lock_timeout = '2s' SET jit = off
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
    us CONSTANT text := E'\x1f';
    acts CONSTANT int := coalesce(cardinality(p_header), 0);
    lines CONSTANT int := coalesce(cardinality(p_act), 0);
    now_ CONSTANT timestamptz := clock_timestamp();
    epoch_ uuid; r record; i int; j int; k int; m int; f int; d int; c int; x text; b text;
    -- acts
    a_id uuid[]; a_dev uuid[]; a_seq bigint[]; a_person text[]; a_body text[]; a_kind text[];
    a_hash bytea[]; a_case uuid[]; a_record uuid[]; a_other uuid[]; a_parts text[]; a_after uuid[]; a_fate text[]; a_detail jsonb[]; a_new boolean[]; a_final boolean[];
    a_d int[]; a_from int[]; a_to int[]; a_profile text[]; a_audience text[]; a_tagged boolean[]; a_inner boolean[]; a_q ld.request[]; a_acting text[]; a_told uuid[];
    q ld.request; opens jsonb[]; stored uuid[];
    -- devices
    d_id uuid[]; d_seq bigint[]; d_head bytea[]; d_bad text[]; d_feed int[]; d_person text[]; d_body text[]; d_roles text[];
    d_gone boolean[]; d_moved boolean[];
    -- acts that wait, one line a stream
    w_d int[]; w_seq bigint[]; w_act uuid[]; w_stream text[];
    -- cases and streams
    c_id uuid[] := '{}'; c_head ld.head_state[]; h ld.head_state; s_name text[] := '{}'; s_version bigint[]; s_next bigint[]; s_new boolean[]; s_moved boolean[];
    -- entries
    e_data jsonb[]; e_case uuid[]; e_record uuid[]; e_inner text[]; e_s int[]; e_c int[]; e_digest bytea[]; e_no bigint[]; e_take boolean[]; e_step ld.fold_step[]; step ld.fold_step;
    -- feed items: i_src is an entry of this batch, minus a line of o_…, or (behind all entries) the act whose result it is
    i_feed int[] := '{}'; i_src int[] := '{}'; i_parts int[] := '{}'; i_pos bigint[]; i_data bytea[]; r_feed int[]; i_digest bytea[]; i_chain bytea[];
    o_what text[] := '{}'; o_ref uuid[] := '{}'; o_no bigint[] := '{}'; o_act uuid[] := '{}'; o_data bytea[] := '{}'; o_digest bytea[] := '{}';
    f_id int[]; f_head bigint[]; f_chain bytea[]; f_channel text[]; b_name text[]; b_feed int[]; b_sees boolean[]; oversight_ int;
    -- the profile of the case at hand, the record at hand, the one that it replaces
    want text[]; other record; rules ld.profile; rh ld.record_head; before ld.record_head; had text[]; ledger boolean; judged record;
    v_hash bigint[] := '{}'; v_kept ld.seen_state[] := '{}'; v ld.seen_state; hash_ bigint;
    g_rows ld.guard_row[]; g_key text[] := '{}'; to_ text;
    -- one act
    had_at bigint; oj int; o ld.head_state; code text; why jsonb; flags text[]; seen text[]; roles text[]; state text; word text; joins text[]; leaves text[]; parts int; bytes_ bytea; plain boolean; holds boolean; parts_with boolean;
    -- what the batch brings of each: a statement that would write nothing is not begun
    known boolean; any_record boolean := false; doubled boolean; late_fate boolean := false; new_head boolean := false; old_head boolean := false; joined_ boolean := false; left_ boolean := false;
BEGIN
    SELECT s.epoch, EXISTS (SELECT FROM ld.desk WHERE role = session_user AND enrolled_at IS NOT NULL) INTO epoch_, known FROM ld.server s;
    IF NOT known THEN
        PERFORM ld.note_refusal('push', 'desk', '');
        RETURN QUERY SELECT 0, NULL::uuid, 'refused', '{"code": "desk"}'::jsonb; RETURN;
    END IF;
    IF p_epoch IS DISTINCT FROM epoch_ THEN
        RETURN QUERY SELECT 0, NULL::uuid, 'epoch', jsonb_build_object('epoch', epoch_); RETURN;
    END IF;
    IF acts = 0 THEN RETURN; END IF;
    IF acts > 5000 OR lines > 20000 OR NOT coalesce(acts = ALL (ARRAY[cardinality(p_prev), cardinality(p_tag), cardinality(p_open),
            cardinality(p_salt), cardinality(p_personal), cardinality(p_claims)]), false)
        OR (lines > 0 AND NOT coalesce(lines = ALL (ARRAY[cardinality(p_n), cardinality(p_stream), cardinality(p_version), cardinality(p_kind), cardinality(p_data)]), false))
        OR pg_column_size(p_header) + pg_column_size(p_open) + pg_column_size(p_personal) + coalesce(pg_column_size(p_data), 0) > 64000000
        -- what is looked at by its place and what is written one by one must be the same element, in each of the lists
        OR NOT coalesce(1 = ALL (ARRAY[array_ndims(p_header), array_lower(p_header, 1), array_ndims(p_prev), array_lower(p_prev, 1), array_ndims(p_tag),
            array_lower(p_tag, 1), array_ndims(p_open), array_lower(p_open, 1), array_ndims(p_salt), array_lower(p_salt, 1), array_ndims(p_personal),
            array_lower(p_personal, 1), array_ndims(p_claims), array_lower(p_claims, 1)]), false)
        OR (lines > 0 AND NOT coalesce(1 = ALL (ARRAY[array_ndims(p_act), array_lower(p_act, 1), array_ndims(p_n), array_lower(p_n, 1), array_ndims(p_stream),
            array_lower(p_stream, 1), array_ndims(p_version), array_lower(p_version, 1), array_ndims(p_kind), array_lower(p_kind, 1), array_ndims(p_data),
            array_lower(p_data, 1)]), false))
    THEN
        PERFORM ld.note_refusal('push', 'shape', '');
        RETURN QUERY SELECT 0, NULL::uuid, 'refused', '{"code": "shape"}'::jsonb; RETURN;
    END IF;

    -- 1. Read: all that hangs on the batch alone, set by set.
    r_feed := array_fill(NULL::int, ARRAY[acts]);
    opens := ld.read_all(p_open);
    SELECT array_agg(ld.read_uuid(q.h->>'id')),
           array_agg(ld.read_uuid(q.h->>'device')),
           array_agg(CASE WHEN q.h->>'seq' ~ '^[0-9]{1,15}$' THEN (q.h->>'seq')::bigint END),
           array_agg(q.h->>'person'), array_agg(q.h->>'body'), array_agg(q.h->>'kind'),
           array_agg(sha256('LD1'::bytea || q.prev || q.header)),
           array_agg(ld.read_uuid(q.h->>'after')),
           array_agg(q.h->'registers'->>'profile'), array_agg(q.h->>'audience'),
           array_agg(substring(q.h->'streams'->0->>0 FROM '^(?:case|record)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:/|$)')::uuid),
           array_agg(CASE
               WHEN q.h IS NULL OR jsonb_typeof(q.h) <> 'object' OR coalesce(length(q.prev), 0) <> 32 THEN 'header'
               WHEN length(q.header) > 16384 OR length(q.open) > 1048576 OR coalesce(length(q.personal), 0) > 4194304
                   OR coalesce(length(q.salt), 0) > 64 THEN 'size'
               -- A header is what the encoder of a desk makes, to the letter: what a desk could not read, or would read otherwise than it is
               -- read here, would hold up every desk in whose feed it came. Its length shows that no member stands twice and none beside them.
               WHEN NOT coalesce(q.h @@ 'strict $.v == 1 && $.seq.type() == "number" && $.person.type() == "string" && $.body.type() == "string" && $.kind.type() == "string" && $.streams.type() == "array" && $.registers.type() == "object" && ($.audience == null || $.audience.type() == "string") && ($.after == null || $.after.type() == "string")', false) THEN 'header'
               WHEN NOT coalesce(
                   octet_length(q.header) = octet_length(q.h::text) - 25 - 2 * jsonb_array_length(q.h->'streams')
                       - 2 * (SELECT count(*) FROM jsonb_object_keys(q.h->'registers'))
                   AND (SELECT count(*) FROM jsonb_object_keys(q.h)) = 14
                   AND (q.h->'streams')::text ~ '^[[]([[]"[^"]*", [0-9]{1,15}[]](, )?)*[]]$' AND (q.h->'registers')::text ~ '^[{]("[^"]*": "[^"]*"(, )?)*[}]$'
                   AND translate(q.at, '0123456789', '9999999999') = '9999-99-99T99:99:99+99:99' AND right(q.at, 6) = '+08:00' AND left(q.at, 2) BETWEEN '19' AND '21'
                   AND substr(q.at, 6, 2) BETWEEN '01' AND '12' AND substr(q.at, 9, 2) BETWEEN '01' AND '31' AND substr(q.at, 12, 2) <= '23'
                   AND substr(q.at, 15, 2) <= '59' AND substr(q.at, 18, 2) <= '59' AND (substr(q.at, 9, 2) <= '28' OR substr(q.at, 6, 5) = '02-29'
                       OR substr(q.at, 6, 2) <> '02' AND (substr(q.at, 9, 2) <= '30' OR substr(q.at, 6, 2) IN ('01', '03', '05', '07', '08', '10', '12'))), false) THEN 'header'
               WHEN jsonb_typeof(q.o) IS DISTINCT FROM 'object' OR encode(sha256(q.open), 'hex') IS DISTINCT FROM q.h->>'open_sha256' THEN 'parts'
               WHEN q.h->>'personal_sha256' IS DISTINCT FROM CASE WHEN q.personal IS NOT NULL THEN encode(sha256(q.salt || q.personal), 'hex') END
                   OR (q.personal IS NOT NULL AND (q.salt IS NULL OR coalesce(q.h->>'audience', '') NOT IN ('bodies', 'first'))) THEN 'parts'
               END),
           array_agg(NULL::text), array_agg('{}'::jsonb), array_agg(false), array_agg(false),
           array_agg(false), array_agg(1), array_agg(0), array_agg(NULL::uuid), array_agg(NULL::uuid), array_agg(NULL::uuid)
    INTO a_id, a_dev, a_seq, a_person, a_body, a_kind, a_hash, a_after, a_profile, a_audience, a_told, a_parts,
         a_fate, a_detail, a_new, a_final, a_inner, a_from, a_to, a_case, a_record, a_other
    FROM (SELECT i, h, o, header, prev, open, salt, personal, h->>'happened_at' AS at
          FROM unnest(ld.read_all(p_header), opens, p_header, p_prev, p_open, p_salt, p_personal) WITH ORDINALITY u(h, o, header, prev, open, salt, personal, i)) q;
    IF lines > 0 THEN
        e_data := ld.read_all(p_data);
        SELECT array_agg(CASE WHEN substr(q.s, 1, 5) = 'case/' AND (length(q.s) = 41 OR (substr(q.s, 42, 1) = '/' AND substr(q.s, 43) ~ '^[A-Za-z0-9_.-]{1,64}$'))
                   THEN ld.read_uuid(substr(q.s, 6, 36)) END),
               array_agg(CASE WHEN substr(q.s, 1, 7) = 'record/' THEN ld.read_uuid(substr(q.s, 8)) END),
               array_agg(CASE WHEN substr(q.s, 1, 5) = 'case/' AND substr(q.s, 42, 1) = '/' THEN substr(q.s, 43) END),
               array_agg(sha256(uuid_send(q.id) || int4send(q.n) || q.hash || convert_to(q.s, 'UTF8') || int8send(q.v) || sha256(q.data))),
               array_agg(false), array_agg(nextval('ld.entry_no_seq'))
        INTO e_case, e_record, e_inner, e_digest, e_take, e_no
        FROM (SELECT u.n, u.s, u.v, u.data, a_id[u.a] AS id, a_hash[u.a] AS hash FROM unnest(p_act, p_n, p_stream, p_version, p_data) u(a, n, s, v, data)) q;
    END IF;
    j := 1;
    FOR i IN 1..acts LOOP
        a_from[i] := j;
        WHILE j <= lines AND p_act[j] = i AND p_n[j] = j - a_from[i] LOOP
            IF e_inner[j] IS NOT NULL THEN a_inner[i] := true; END IF;
            j := j + 1;
        END LOOP;
        a_to[i] := j - 1;
        IF a_from[i] < j THEN a_case[i] := e_case[a_from[i]]; a_record[i] := e_record[a_from[i]]; any_record := any_record OR a_record[i] IS NOT NULL; END IF;
    END LOOP;
    IF j <= lines THEN
        PERFORM ld.note_refusal('push', 'shape', '');
        RETURN QUERY SELECT 0, NULL::uuid, 'refused', '{"code": "shape"}'::jsonb; RETURN;
    END IF;

    -- 2. Lock: devices, then cases, then records, each set sorted.
    PERFORM 1 FROM ld.device v WHERE v.id = ANY (a_dev) ORDER BY v.id FOR NO KEY UPDATE;
    SELECT array_agg(v.id), array_agg(v.seq), array_agg(v.head), array_agg(NULL::text), array_agg(v.feed), array_agg(v.person), array_agg(v.body),
           array_agg(v.roles), array_agg(v.gone), array_agg(v.moved)
    INTO d_id, d_seq, d_head, d_bad, d_feed, d_person, d_body, d_roles, d_gone, d_moved
    FROM (SELECT v.*, array_to_string(p.roles, us) AS roles, p.revoked_at IS NOT NULL OR ld.desk_gone(v.role) AS gone, p.body <> v.body AS moved
          FROM ld.device v JOIN ld.person p ON p.id = v.person WHERE v.id = ANY (a_dev) ORDER BY v.id) v;
    SELECT array_agg(array_position(d_id, u.v)), array_agg(-- behind the tag may stand the desk's own signature, which other desks check
        coalesce(sha256(u.outer_key || sha256(u.inner_key || u.hash)) = substr(u.t, 1, 32) AND length(u.t) IN (32, 96), false))
    INTO a_d, a_tagged
    FROM (SELECT u.*, y.outer_key, y.inner_key FROM unnest(a_dev, p_tag, a_hash) WITH ORDINALITY u(v, t, hash, i)
          LEFT JOIN ld.device_key y ON y.device = u.v ORDER BY u.i) u;
    stored := ld.stored_ids(a_id);
    doubled := acts > 1 AND (SELECT count(DISTINCT u) < acts FROM unnest(a_id) u);
    SELECT coalesce(array_agg(array_position(d_id, q.device)), '{}'), coalesce(array_agg(q.seq), '{}'), coalesce(array_agg(q.act), '{}'), coalesce(array_agg(q.stream), '{}')
    INTO w_d, w_seq, w_act, w_stream FROM ld.waiting_of(d_id) q;
    SELECT array_agg(x.id), array_agg(x.feed), array_agg(x.oversight), (SELECT y.id FROM ld.feed y WHERE y.name = 'oversight') INTO b_name, b_feed, b_sees, oversight_ FROM ld.body x;
    IF lines > 0 THEN
        SELECT coalesce(array_agg(DISTINCT e ORDER BY e), '{}') INTO c_id FROM unnest(e_case) e WHERE e IS NOT NULL;
        PERFORM 1 FROM ld.case_head x WHERE x.id = ANY (c_id) ORDER BY x.id FOR NO KEY UPDATE;
        IF any_record THEN PERFORM 1 FROM ld.record_head x WHERE x.id = ANY (e_record) ORDER BY x.id FOR NO KEY UPDATE; END IF;
        SELECT array_agg(ROW(x.id_, x.id IS NOT NULL, x.profile, x.first, coalesce(x.version, 0), coalesce(x.matters, 0), coalesce(x.states, '{}'),
                   coalesce(x.words, '{}'), coalesce(x.done, '{}'), coalesce(x.members, '{}'),
                   ARRAY(SELECT b_feed[array_position(b_name, v)] FROM unnest(x.members) WITH ORDINALITY g(v, z)),
                   coalesce(x.open, true), '{}', '{}', false, '{}', '{}')::ld.head_state)
        INTO c_head FROM (SELECT u.id AS id_, x.* FROM unnest(c_id) WITH ORDINALITY u(id, k) LEFT JOIN ld.case_head x ON x.id = u.id ORDER BY u.k) x;
        SELECT array_agg(q.s), array_agg(coalesce(q.version, 0)), array_agg(q.version IS NULL), array_agg(false)
        INTO s_name, s_version, s_new, s_moved
        FROM (SELECT q.s, t.version FROM (SELECT DISTINCT s FROM unnest(p_stream) s WHERE s IS NOT NULL) q LEFT JOIN ld.stream t ON t.name = q.s) q;
        s_next := s_version;
        SELECT array_agg(u.z), array_agg(u.w) INTO e_s, e_c
        FROM (SELECT z.k AS z, w.k AS w FROM unnest(p_stream, e_case) WITH ORDINALITY u(s, c, i) LEFT JOIN unnest(s_name) WITH ORDINALITY z(s, k) ON z.s = u.s
              LEFT JOIN unnest(c_id) WITH ORDINALITY w(c, k) ON w.c = u.c ORDER BY u.i) u;
        -- the profile of each act: that of its case, else the one on which it registers
        FOR i IN 1..acts LOOP
            IF a_case[i] IS NOT NULL THEN a_profile[i] := coalesce((c_head[e_c[a_from[i]]]).profile, a_profile[i]); END IF;
        END LOOP;
        a_q := ld.requests(a_kind, a_person, a_body, a_d, d_roles, a_profile, opens, ld.read_all(p_personal), p_claims, a_case, p_act, p_kind, e_data, p_data, e_case, e_inner);
        FOR i IN 1..acts LOOP a_acting[i] := (a_q[i]).acting; END LOOP;
        g_rows := ld.guard_rows(a_profile, a_kind);
        FOR k IN 1..cardinality(g_rows) LOOP g_key[k] := (g_rows[k]).key; END LOOP;
        e_step := ld.steps(p_act, p_kind, e_data, a_profile, a_acting, a_person, a_id::text[]);
    END IF;

    -- 3. Fold the checks in memory, act by act.
    <<each_act>>
    FOR i IN 1..acts LOOP
        d := a_d[i]; code := NULL; n := i; act := a_id[i];
        IF a_parts[i] IS NOT NULL THEN code := a_parts[i];
        ELSIF d IS NULL OR a_id[i] IS NULL OR a_seq[i] IS NULL THEN code := 'device';
        ELSIF d_bad[d] IS NOT NULL THEN code := d_bad[d];
        ELSIF NOT a_tagged[i] THEN code := 'tag';
        ELSIF a_person[i] IS DISTINCT FROM d_person[d] OR a_kind[i] IS NULL OR a_body[i] IS NULL THEN code := 'device';
        ELSIF a_seq[i] = d_seq[d] + 1 THEN
            IF p_prev[i] <> d_head[d] THEN code := 'chain';
            ELSIF a_id[i] = ANY (stored) OR (doubled AND array_position(a_id, a_id[i]) < i) THEN code := 'fork';
            ELSE
                a_new[i] := true; d_seq[d] := a_seq[i]; d_head[d] := a_hash[i];
            END IF;
        ELSIF a_seq[i] > d_seq[d] + 1 THEN code := 'gap';
        ELSE
            SELECT t.id, t.hash, t.fate, t.detail INTO r FROM ld.stored_act(a_dev[i], a_seq[i]) t;
            IF NOT FOUND THEN  -- earlier in this very batch
                k := array_position(a_id, a_id[i]);
                IF k < i AND a_hash[k] = a_hash[i] THEN
                    fate := 'known'; detail := jsonb_build_object('fate', a_fate[k]) || a_detail[k]; a_fate[i] := 'known';
                    RETURN NEXT; CONTINUE each_act;
                END IF;
                code := 'fork';
            ELSIF r.id <> a_id[i] OR r.hash <> a_hash[i] THEN code := 'fork';
            ELSIF r.fate <> 'behind' OR a_from[i] > a_to[i] THEN
                fate := 'known'; detail := jsonb_build_object('fate', r.fate) || r.detail; a_fate[i] := 'known';
                RETURN NEXT; CONTINUE each_act;
            END IF;
        END IF;
        IF code IS NOT NULL THEN
            IF d IS NOT NULL THEN d_bad[d] := coalesce(d_bad[d], code); END IF;
            a_fate[i] := 'quarantined'; fate := 'quarantined'; detail := jsonb_build_object('code', code);
            PERFORM ld.note_refusal('push', code, coalesce(a_id[i]::text, ''));
            RETURN NEXT; CONTINUE each_act;
        END IF;

        -- The act has its place in the device log; now what it would do.
        IF d_gone[d] OR a_body[i] <> d_body[d] OR d_moved[d] THEN
            a_fate[i] := 'refused'; a_detail[i] := jsonb_build_object('code', CASE WHEN d_gone[d] THEN 'revoked' ELSE 'body' END);
        ELSIF a_from[i] > a_to[i] THEN
            a_fate[i] := 'behind'; a_detail[i] := '{"code": "no_entries"}';
        ELSIF a_after[i] IS NOT NULL THEN
            k := array_position(a_id, a_after[i]);
            x := CASE WHEN k < i AND a_body[k] = a_body[i] THEN a_fate[k] ELSE ld.fate_of(a_after[i], a_body[i]) END;
            IF x = 'known' THEN x := ld.fate_of(a_after[i], a_body[i]); END IF;
            IF x IS NULL OR x = 'behind' THEN a_fate[i] := 'behind'; a_detail[i] := jsonb_build_object('after', a_after[i]);
            ELSIF x <> 'accepted' THEN a_fate[i] := 'refused'; a_detail[i] := '{"code": "after"}'; END IF;
        END IF;
        -- the order of a device within a stream: what it did later waits for what waits, though its version would fit by chance
        IF a_fate[i] IS NULL AND cardinality(w_act) > 0 THEN
            x := (SELECT u.ss FROM unnest(w_d, w_seq, w_stream) u(dd, qq, ss) WHERE u.dd = d AND u.qq < a_seq[i] AND u.ss = ANY (p_stream[a_from[i]:a_to[i]]) LIMIT 1);
            IF x IS NOT NULL THEN
                a_fate[i] := 'behind'; a_detail[i] := jsonb_build_object('stream', x, 'head', s_version[array_position(s_name, x)]);
            END IF;
        END IF;
        IF a_fate[i] IS NULL THEN
            <<judging>>
            BEGIN
                c := e_c[a_from[i]]; oj := NULL; q := a_q[i]; ledger := a_kind[i] IN ('open-record', 'record-step');
                IF ledger THEN
                    -- a record: whether he reads it, the versions, then the rows of its kind
                    j := a_from[i]; k := a_to[i]; rh := NULL; before := NULL;
                    IF a_case[i] IS NOT NULL OR array_position(e_record[j:k], NULL) IS NOT NULL THEN code := 'entries'; EXIT judging; END IF;
                    SELECT * INTO rh FROM ld.record_head x WHERE x.id = e_record[j];
                    had := rh.readers;
                    IF (CASE WHEN a_kind[i] = 'open-record' THEN rh.id IS NOT NULL OR e_record[j] <> a_id[i] ELSE rh.id IS NULL OR a_body[i] <> ALL (had) END)
                    THEN code := 'record_unknown'; EXIT judging; END IF;
                    IF a_told[i] IS DISTINCT FROM a_record[i] THEN code := 'entries'; EXIT judging; END IF;
                    IF q.code IS NOT NULL THEN code := q.code; EXIT judging; END IF;
                    IF a_audience[i] <> 'bodies' AND p_personal[i] IS NOT NULL THEN code := 'audience'; EXIT judging; END IF;
                    FOR m IN j..k LOOP
                        IF p_version[m] IS DISTINCT FROM s_next[e_s[m]] + 1 THEN
                            code := 'behind'; why := jsonb_build_object('stream', p_stream[m], 'head', s_version[e_s[m]]); EXIT judging;
                        END IF;
                        s_next[e_s[m]] := p_version[m];
                    END LOOP;
                    IF a_kind[i] = 'open-record' THEN
                        IF p_kind[j] <> 'record-opened' OR (k > j) <> ld.full(e_data[j]->'event'->'replaces') OR k > j + 1 THEN code := 'entries'; EXIT judging; END IF;
                        IF k > j THEN
                            SELECT * INTO before FROM ld.record_head x WHERE x.id = e_record[k];
                            IF p_kind[k] <> 'record-replaced' OR e_data[k]->'event'->>'record' IS DISTINCT FROM e_record[k]::text OR e_record[k] = e_record[j]
                            THEN code := 'entries'; EXIT judging; END IF;
                            IF before.id IS NULL OR a_body[i] <> ALL (before.readers) THEN code := 'record_unknown'; EXIT judging; END IF;
                            IF before.replaced OR before.body <> q.acting OR before.kind IS DISTINCT FROM e_data[j]->'event'->>'kind' THEN code := 'guard'; EXIT judging; END IF;
                        END IF;
                    ELSIF k > j OR p_kind[j] <> 'record-stepped' THEN code := 'entries'; EXIT judging;
                    END IF;
                    SELECT v.code, v.head INTO judged FROM ld.judge_record(rh, a_id[i], a_profile[i], a_kind[i], a_body[i], q.acting, q.persons, q.proxy_kind,
                        q.given, e_data[j]->'event') v;
                    code := judged.code; rh := judged.head;
                    IF code IS NULL AND e_data[j]->'event'->'lines' ? 'issued-papers' THEN
                        code := ld.judge_record_paper(rh.profile, a_id[i], rh.id, rh.body, a_body[i], substr(ld.read_json(p_header[i])->>'happened_at', 1, 4),
                            e_data[j]->'event', ARRAY(SELECT e_data[z] FROM generate_series(1, j - 1) z WHERE e_take[z] AND e_record[z] = rh.id));
                    END IF;
                    EXIT judging;
                END IF;
                IF a_case[i] IS NULL THEN
                    -- a register: an administrator's, alone in its batch, on the newest version or not at all
                    j := a_from[i];
                    IF NOT (p_kind[j] || ' ' || p_stream[j] = ANY (ARRAY['person-entered register/roster', 'person-left register/roster', 'year-entered register/calendar',
                        'setting-chosen register/settings', 'period-frozen register/figures'])) THEN code := 'registers_by_server'; EXIT judging; END IF;
                    IF acts > 1 OR a_told[i] IS NOT NULL OR a_to[i] <> j OR q.proxy_kind IS NOT NULL OR p_personal[i] IS NOT NULL THEN code := 'entries'; EXIT judging; END IF;
                    IF q.code IS NOT NULL THEN code := q.code; EXIT judging; END IF;
                    IF p_version[j] IS DISTINCT FROM s_next[e_s[j]] + 1 THEN code := 'register_behind'; EXIT judging; END IF;
                    IF EXISTS (SELECT FROM jsonb_each(e_data[j]->'event') v WHERE v.key NOT IN ('is', 'since') AND q.given->v.key IS DISTINCT FROM v.value)
                    THEN code := 'entries'; EXIT judging; END IF;
                    code := ld.take_register(a_person[i], a_kind[i], e_data[j]->'event');
                    EXIT judging;
                END IF;
                h := c_head[c];
                -- membership: of a case that one does not see nothing is said
                IF a_kind[i] IN ('register', 'bring-in') THEN
                    IF h.version > 0 OR a_case[i] <> a_id[i] OR q.proxy_kind IS NOT NULL THEN code := 'case_unknown'; EXIT judging; END IF;
                ELSIF h.version = 0 OR (a_body[i] <> ALL (h.members) AND NOT coalesce(b_sees[array_position(b_name, a_body[i])], false)) THEN
                    code := 'case_unknown'; EXIT judging;
                END IF;
                -- the case that the signed header names is the one that the act is on, also when its entries are proposed again
                IF a_told[i] IS DISTINCT FROM a_case[i] THEN code := 'entries'; EXIT judging; END IF;
                IF q.code IS NOT NULL THEN code := q.code; EXIT judging; END IF;
                -- an act over two cases: the other one last of all; who merges is on both, and of one that he is not on nothing is said
                IF e_c[a_to[i]] <> c THEN
                    oj := a_to[i]; o := c_head[e_c[oj]];
                    IF o.version = 0 OR (a_body[i] <> ALL (o.members) AND NOT coalesce(b_sees[array_position(b_name, a_body[i])], false)) THEN code := 'case_unknown'; EXIT judging; END IF;
                END IF;
                FOR j IN a_from[i]..coalesce(oj - 1, a_to[i]) LOOP
                    IF e_c[j] <> c THEN code := 'entries'; EXIT judging; END IF;
                END LOOP;
                -- versions of all streams of the act, before anything is judged on them
                FOR j IN a_from[i]..a_to[i] LOOP
                    k := e_s[j];
                    IF p_version[j] IS DISTINCT FROM s_next[k] + 1 THEN
                        code := 'behind'; why := jsonb_build_object('stream', p_stream[j], 'head', s_version[k]); EXIT judging;
                    END IF;
                    s_next[k] := p_version[j];
                END LOOP;
                -- the guards, by the rows of the profile that the case began with
                IF rules.profile IS DISTINCT FROM a_profile[i] THEN
                    SELECT * INTO rules FROM ld.profile p WHERE p.profile = a_profile[i];
                    IF NOT FOUND THEN code := 'profile'; EXIT judging; END IF;
                END IF;
                IF a_kind[i] IN ('register', 'bring-in') THEN
                    state := ''; roles := '{first_receiver}'; j := a_from[i];
                    IF (p_kind[j] = 'registered') <> (a_kind[i] = 'register') OR p_kind[j] NOT IN ('registered', 'brought-in') OR e_data[j]->'event'->>'first_receiver' IS DISTINCT FROM a_body[i]
                       OR e_data[j]->'event'->>'mechanism' IS DISTINCT FROM a_profile[i]
                    THEN code := 'entries'; EXIT judging; END IF;
                    -- no case begins by a version before its day, whatever day the desk says it is
                    x := substr(ld.read_json(p_header[i])->>'happened_at', 1, 10);
                    IF rules.valid_from IS NOT NULL AND (to_char(rules.valid_from, 'YYYY-MM-DD') > coalesce(x, '')
                        OR rules.valid_from > (now_ AT TIME ZONE 'Asia/Shanghai')::date + 1) THEN code := 'profile_day'; EXIT judging; END IF;
                    h.profile := a_profile[i]; h.first := a_body[i];
                    h.matters := CASE WHEN jsonb_typeof(e_data[j]->'event'->'issues') = 'array' THEN jsonb_array_length(e_data[j]->'event'->'issues') ELSE 1 END;
                    IF h.matters NOT BETWEEN 1 AND 20 THEN code := 'entries'; EXIT judging; END IF;
                    flags := CASE WHEN ld.full(e_data[j]->'event'->'missing') THEN '{incomplete}'::text[] ELSE '{}' END;
                ELSE
                    IF q.matter NOT BETWEEN 1 AND h.matters THEN code := 'entries'; EXIT judging; END IF;
                    state := h.states[q.matter];
                    x := a_profile[i] || us || q.matter || us || q.acting;
                    hash_ := hash_array_extended(h.words, hashtextextended(x, 0)); k := array_position(v_hash, hash_);
                    v := v_kept[k];
                    IF v.key IS DISTINCT FROM x OR v.words <> h.words THEN
                        v.key := x; v.words := h.words; v.seen := ld.seen(h.words, q.matter, q.acting);
                        SELECT coalesce(array_agg(t.name) FILTER (WHERE t.what = 'role'), '{outsider}'), array_agg(t.name) FILTER (WHERE t.what = 'flag')
                        INTO v.roles, v.flags FROM ld.derived t WHERE t.profile = a_profile[i] AND t.needs <@ v.seen AND NOT t.forbids && v.seen;
                        IF k IS NULL AND acts > 1 AND cardinality(v_hash) < 500 THEN v_hash := v_hash || hash_; v_kept := v_kept || v; END IF;
                    END IF;
                    seen := v.seen; roles := v.roles; flags := seen || q.claims || q.asked || v.flags;
                    IF q.proxy_kind IS NOT DISTINCT FROM 'body_without_desk' AND a_body[i] <> ALL (rules.stand_ins)
                       AND NOT rules.stand_ins && ld.derived_from(h.profile, 'role', ld.seen(h.words, q.matter, a_body[i]))
                    THEN code := 'proxy'; EXIT judging; END IF;
                    IF q.given ?| rules.asked_fields THEN
                        SELECT flags || array_agg(t.flag) INTO flags FROM ld.asked t WHERE t.profile = a_profile[i] AND t.field <> '' AND ld.full(q.given->t.field)
                           AND t.needs <@ ld.seen(h.words, q.matter, q.given->>t.field);
                    END IF;
                    IF q.forbids && flags THEN code := 'entries'; EXIT judging; END IF;
                END IF;
                x := h.profile || us || a_kind[i];
                k := ld.judge(g_rows, array_position(g_key, x), x, state, roles, q.acting, q.persons, q.proxy_kind, flags, h.done, a_person[i], q.given);
                IF k <= 0 THEN code := 'guard'; EXIT judging; END IF;
                to_ := (g_rows[k]).to_state;
                -- an act on the case as a whole moves every matter that its rows let move; an end needs the word of each
                want := array_fill(''::text, ARRAY[greatest(h.matters, 1)]);
                IF a_kind[i] NOT IN ('register', 'bring-in') AND to_ <> state THEN want[q.matter] := to_; END IF;
                IF a_kind[i] IN ('void', 'merge', 'reopen', 'unmerge') THEN
                    FOR k IN 1..h.matters LOOP
                        CONTINUE WHEN k = q.matter OR (a_kind[i] IN ('void', 'merge') AND h.states[k] = ANY (rules.ends));
                        had := ld.seen(h.words, k, q.acting);
                        SELECT coalesce(array_agg(t.name) FILTER (WHERE t.what = 'role'), '{outsider}') AS roles,
                            had || q.claims || q.asked || array_agg(t.name) FILTER (WHERE t.what = 'flag') AS flags
                        INTO other FROM ld.derived t WHERE t.profile = a_profile[i] AND t.needs <@ had AND NOT t.forbids && had;
                        m := ld.judge(g_rows, array_position(g_key, x), x, h.states[k], other.roles, q.acting, q.persons, q.proxy_kind, other.flags, h.done,
                            a_person[i], q.given);
                        IF m > 0 AND (g_rows[m]).to_state <> h.states[k] THEN want[k] := (g_rows[m]).to_state;
                        ELSIF m <= 0 AND a_kind[i] IN ('void', 'merge') AND EXISTS (
                            SELECT FROM unnest(p_kind[a_from[i]:a_to[i]]) e WHERE e = 'state-changed' OFFSET 1) THEN code := 'guard'; EXIT judging;
                        END IF;
                    END LOOP;
                END IF;
                -- an act over two cases: what it means for the other one
                IF oj IS NOT NULL THEN
                    IF e_data[oj]->'event'->>'case' IS DISTINCT FROM a_case[i]::text OR e_data[oj]->>'case' IS DISTINCT FROM o.id::text THEN code := 'entries'; EXIT judging; END IF;
                    IF (CASE a_kind[i] WHEN 'merge' THEN q.given->>'into' IS DISTINCT FROM o.id::text OR o.words && ARRAY['0' || us || us || 'ended', '0' || us || us || 'merged']
                        ELSE ('0' || us || a_case[i] || us || 'case.joined') <> ALL (o.words) END) THEN code := 'guard'; EXIT judging; END IF;
                    step := e_step[oj];
                    IF step.sets IS NOT NULL THEN o.words := ld.stepped(o.words, step); END IF;
                    word := p_kind[oj] || us || a_person[i];
                    IF word <> ALL (o.done) THEN o.done := o.done || word; END IF;
                    IF p_kind[oj] <> ALL (o.done) THEN o.done := o.done || p_kind[oj]; END IF;
                    o.version := p_version[oj]; o.changed := true;
                END IF;
                -- fold; the state entry is the one the row leads to, and no other
                m := 0; holds := false; parts_with := false;
                FOR j IN a_from[i]..a_to[i] LOOP
                    holds := holds OR p_kind[j] = ANY (rules.role_kinds); parts_with := parts_with OR p_kind[j] = ANY (rules.leave_kinds);
                    CONTINUE WHEN e_inner[j] IS NOT NULL OR j = oj;
                    IF p_kind[j] = 'state-changed' THEN
                        m := m + 1; x := e_data[j]->'event'->>'matter';
                        IF a_kind[i] IN ('register', 'bring-in') THEN
                            k := m;
                            IF k <= h.matters THEN want[k] := to_; END IF;
                        ELSIF x ~ '^[0-9]{1,2}$' THEN k := x::int;
                        ELSE k := 0;
                        END IF;
                        IF k NOT BETWEEN 1 AND h.matters OR x IS DISTINCT FROM k::text OR want[k] = ''
                            OR e_data[j]->'event'->>'to' IS DISTINCT FROM want[k] THEN code := 'state'; EXIT judging; END IF;
                        h.states[k] := want[k]; want[k] := '';
                        h.open := NOT h.states <@ rules.ends;
                    ELSE
                        IF coalesce(e_data[j]->>'matter', '1') <> q.matter::text AND (p_kind[j] NOT IN ('reopened', 'unmerged')
                            OR coalesce(want[(e_data[j]->>'matter')::int], '') = '') THEN code := 'entries'; EXIT judging; END IF;
                        step := e_step[j];
                        IF step.sets IS NULL THEN NULL;
                        ELSIF step.rows IS NULL AND step.clears = '{}' AND step.stars = '{}' AND cardinality(step.sets) = 1 THEN  -- most of them
                            IF step.sets[1] <> ALL (h.words) THEN h.words := h.words || step.sets; END IF;
                        ELSE h.words := ld.stepped(h.words, step);
                        END IF;
                    END IF;
                    word := p_kind[j] || us || a_person[i];
                    IF word <> ALL (h.done) THEN
                        IF p_kind[j] = ANY (h.done) THEN h.done := h.done || word; ELSE h.done := h.done || ARRAY[word, p_kind[j]]; END IF;
                    END IF;
                    h.version := p_version[j];
                END LOOP;
                -- all of them, or (a desk of an earlier version) its own matter alone
                IF (CASE WHEN a_kind[i] IN ('register', 'bring-in') THEN m <> h.matters
                        ELSE want[q.matter] <> '' OR ('' <> ANY (want) AND m > (CASE WHEN to_ IN ('', state) THEN 0 ELSE 1 END)) END) THEN
                    code := 'state'; EXIT judging;
                END IF;
                IF a_audience[i] = 'bodies' AND p_personal[i] IS NOT NULL
                   AND (CASE WHEN a_kind[i] IN ('register', 'bring-in') THEN ('0' || us || us || 'strict') = ANY (h.words) ELSE 'strict' = ANY (seen) END)
                THEN code := 'audience'; EXIT judging; END IF;
                joins := '{}';
                IF holds THEN
                    FOREACH b IN ARRAY ld.joiners(h.profile, rules.role_words, h.words, h.matters, h.members) LOOP
                        IF b = ANY (b_name) THEN joins := joins || b; END IF;
                    END LOOP;
                END IF;
                leaves := '{}';
                IF parts_with THEN leaves := ld.leavers(h.profile, h.words, h.matters, h.members, h.first); END IF;
                IF a_kind[i] IN ('issue-paper', 'print-paper', 'void-paper', 'seal-paper') THEN  -- last of all: it takes the number
                    code := ld.judge_paper(a_profile[i], a_kind[i], a_id[i], a_case[i], h.first, q.matter, a_body[i],
                        substr(ld.read_json(p_header[i])->>'happened_at', 1, 4), q.given, e_data[a_from[i]]->'event',
                        ARRAY(SELECT a_id[p_act[u]] FROM unnest(h.own) u), ARRAY(SELECT p_kind[u] FROM unnest(h.own) u),
                        ARRAY(SELECT e_data[u] FROM unnest(h.own) u), ARRAY(SELECT a_acting[p_act[u]] FROM unnest(h.own) u));
                    IF code IS NOT NULL THEN EXIT judging; END IF;
                END IF;
                h.changed := true;
            END;
            IF code IS NULL THEN
                a_fate[i] := 'accepted';
                IF NOT a_new[i] THEN a_detail[i] := '{"rebased": true}'; END IF;
            END IF;
            IF code IS NULL AND ledger THEN
                j := a_from[i];
                rh.version := p_version[j]; rh.readers := ARRAY(SELECT DISTINCT u FROM unnest(rh.readers || before.readers) u ORDER BY u);
                INSERT INTO ld.record_head SELECT rh.* ON CONFLICT (id) DO UPDATE SET state = excluded.state, version = excluded.version, said = excluded.said,
                    personal = excluded.personal, named = excluded.named, lines = excluded.lines, readers = excluded.readers;
                IF before.id IS NOT NULL THEN UPDATE ld.record_head x SET replaced = true, version = p_version[a_to[i]] WHERE x.id = before.id; END IF;
                INSERT INTO ld.case_body(case_id, body, first, joined_at) SELECT rh.id, u, u = rh.body, now_ FROM unnest(rh.readers) u ON CONFLICT DO NOTHING;
                FOREACH b IN ARRAY rh.readers LOOP
                    k := array_position(b_name, b);
                    CONTINUE WHEN k IS NULL;
                    f := b_feed[k];
                    IF a_kind[i] = 'record-step' AND b <> ALL (had) THEN  -- he comes to read it: all that was before
                        FOR r IN SELECT * FROM ld.record_history(rh.id) LOOP
                            o_what := o_what || 'entry'::text; o_ref := o_ref || NULL::uuid; o_no := o_no || r.no; o_act := o_act || r.act;
                            o_data := o_data || NULL::bytea; o_digest := o_digest || r.digest;
                            i_feed := i_feed || f; i_src := i_src || -cardinality(o_what); i_parts := i_parts || r.parts;
                        END LOOP;
                        FOR m IN 1..j - 1 LOOP
                            IF e_take[m] AND e_record[m] = rh.id THEN
                                i_feed := i_feed || f; i_src := i_src || m; i_parts := i_parts || CASE WHEN p_personal[p_act[m]] IS NULL THEN 1 ELSE 3 END;
                            END IF;
                        END LOOP;
                    END IF;
                    FOR m IN j..a_to[i] LOOP
                        IF m = j OR b = ANY (before.readers) THEN
                            i_feed := i_feed || f; i_src := i_src || m; i_parts := i_parts || CASE WHEN p_personal[i] IS NULL THEN 1 ELSE 3 END;
                        END IF;
                    END LOOP;
                END LOOP;
                FOR m IN j..a_to[i] LOOP
                    e_take[m] := true; s_version[e_s[m]] := p_version[m]; s_moved[e_s[m]] := true;
                END LOOP;
            ELSIF code IS NULL AND a_case[i] IS NULL THEN
                j := a_from[i]; e_take[j] := true; s_version[e_s[j]] := p_version[j]; s_moved[e_s[j]] := true;
                SELECT i_feed || x.id, i_src || j, i_parts || 1 INTO i_feed, i_src, i_parts FROM ld.feed x WHERE x.name = 'district';
            ELSIF code IS NULL THEN
                -- what the joining bodies did not have yet
                FOREACH b IN ARRAY joins LOOP
                    bytes_ := convert_to(json_build_object('body', b, 'role', CASE WHEN b = h.first THEN 'first_receiver' ELSE 'member' END)::text, 'UTF8');
                    f := b_feed[array_position(b_name, b)];
                    o_what := o_what || 'joined'::text; o_ref := o_ref || a_case[i]; o_no := o_no || NULL::bigint; o_act := o_act || NULL::uuid; o_data := o_data || bytes_;
                    o_digest := o_digest || sha256('joined'::bytea || uuid_send(a_case[i]) || sha256(bytes_));
                    i_feed := i_feed || f; i_src := i_src || -cardinality(o_what); i_parts := i_parts || 0;
                    m := array_position(h.gone, b); had_at := 0;
                    IF m IS NOT NULL THEN
                        had_at := h.gone_at[m]; h.gone := h.gone[:m - 1] || h.gone[m + 1:]; h.gone_at := h.gone_at[:m - 1] || h.gone_at[m + 1:];
                    ELSIF h.known THEN
                        had_at := coalesce((SELECT x.left_version FROM ld.case_body x WHERE x.case_id = a_case[i] AND x.body = b), 0);
                    END IF;
                    IF h.known THEN
                        FOR r IN SELECT * FROM ld.history(a_case[i], b, b = h.first, had_at) LOOP
                            o_what := o_what || 'entry'::text; o_ref := o_ref || NULL::uuid; o_no := o_no || r.no; o_act := o_act || r.act;
                            o_data := o_data || NULL::bytea; o_digest := o_digest || r.digest;
                            i_feed := i_feed || f; i_src := i_src || -cardinality(o_what); i_parts := i_parts || r.parts;
                        END LOOP;
                    END IF;
                    FOREACH j IN ARRAY h.own LOOP
                        CONTINUE WHEN p_version[j] <= had_at;
                        k := p_act[j];
                        i_feed := i_feed || f; i_src := i_src || j;
                        i_parts := i_parts || (CASE WHEN a_inner[k] AND a_body[k] <> b THEN 0 ELSE 1 END
                            + CASE WHEN p_personal[k] IS NOT NULL AND (a_audience[k] = 'bodies' OR b = h.first) THEN 2 ELSE 0 END);
                    END LOOP;
                    h.members := h.members || b; h.feeds := h.feeds || f; h.fresh := h.fresh || b; joined_ := true;
                END LOOP;
                plain := NOT a_inner[i] AND (p_personal[i] IS NULL OR a_audience[i] = 'bodies');
                parts := CASE WHEN p_personal[i] IS NULL THEN 1 ELSE 3 END;
                FOR j IN a_from[i]..a_to[i] LOOP
                    e_take[j] := true; k := e_s[j]; s_version[k] := p_version[j]; s_moved[k] := true;
                    IF e_inner[j] IS NOT NULL THEN
                        i_feed := i_feed || b_feed[array_position(b_name, a_body[i])]; i_src := i_src || j;
                        i_parts := i_parts || CASE WHEN p_personal[i] IS NOT NULL AND (a_audience[i] = 'bodies' OR a_body[i] = h.first) THEN 3 ELSE 1 END;
                        CONTINUE;
                    END IF;
                    IF j = oj THEN  -- it stands on the other case, in the feeds of the bodies that are on that one
                        o.own := o.own || j;
                        FOREACH f IN ARRAY o.feeds LOOP
                            i_feed := i_feed || f; i_src := i_src || j; i_parts := i_parts || 1;
                        END LOOP;
                        i_feed := i_feed || oversight_; i_src := i_src || j; i_parts := i_parts || 1;
                        c_head[e_c[j]] := o; a_other[i] := o.id; old_head := true;
                        CONTINUE;
                    END IF;
                    h.own := h.own || j;
                    IF plain THEN
                        FOREACH f IN ARRAY h.feeds LOOP
                            i_feed := i_feed || f; i_src := i_src || j; i_parts := i_parts || parts;
                        END LOOP;
                    ELSE
                        FOR m IN 1..cardinality(h.members) LOOP
                            i_feed := i_feed || h.feeds[m]; i_src := i_src || j;
                            i_parts := i_parts || (CASE WHEN a_inner[i] AND a_body[i] <> h.members[m] THEN 0 ELSE 1 END
                                + CASE WHEN p_personal[i] IS NOT NULL AND (a_audience[i] = 'bodies' OR h.members[m] = h.first) THEN 2 ELSE 0 END);
                        END LOOP;
                    END IF;
                    i_feed := i_feed || oversight_; i_src := i_src || j; i_parts := i_parts || CASE WHEN a_inner[i] THEN 0 ELSE 1 END;
                END LOOP;
                -- who has no part in it any more gets the act that took him off, a closing mark, and nothing that comes later
                FOREACH b IN ARRAY leaves LOOP
                    bytes_ := convert_to(json_build_object('body', b, 'version', h.version,
                        'at', to_char(now_ AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'))::text, 'UTF8');
                    f := b_feed[array_position(b_name, b)]; m := array_position(h.members, b);
                    o_what := o_what || 'left'::text; o_ref := o_ref || a_case[i]; o_no := o_no || NULL::bigint; o_act := o_act || NULL::uuid; o_data := o_data || bytes_;
                    o_digest := o_digest || sha256('left'::bytea || uuid_send(a_case[i]) || sha256(bytes_));
                    i_feed := i_feed || f; i_src := i_src || -cardinality(o_what); i_parts := i_parts || 0;
                    h.members := h.members[:m - 1] || h.members[m + 1:]; h.feeds := h.feeds[:m - 1] || h.feeds[m + 1:];
                    h.gone := h.gone || b; h.gone_at := h.gone_at || h.version; left_ := true;
                END LOOP;
                c_head[c] := h; new_head := new_head OR NOT h.known; old_head := old_head OR h.known;
            ELSE
                a_fate[i] := CASE code WHEN 'behind' THEN 'behind' ELSE 'refused' END;
                a_detail[i] := CASE code WHEN 'behind' THEN why ELSE jsonb_build_object('code', code) END;
                FOR j IN a_from[i]..a_to[i] LOOP
                    IF e_s[j] IS NOT NULL THEN s_next[e_s[j]] := s_version[e_s[j]]; END IF;
                END LOOP;
            END IF;
        END IF;
        IF a_fate[i] = 'behind' AND a_from[i] <= a_to[i] AND a_id[i] <> ALL (w_act) THEN
            FOR x IN SELECT DISTINCT v FROM unnest(p_stream[a_from[i]:a_to[i]]) v LOOP
                w_d := w_d || d; w_seq := w_seq || a_seq[i]; w_act := w_act || a_id[i]; w_stream := w_stream || x;
            END LOOP;
        ELSIF a_fate[i] <> 'behind' AND a_id[i] = ANY (w_act) THEN
            SELECT coalesce(array_agg(u.dd), '{}'), coalesce(array_agg(u.qq), '{}'), coalesce(array_agg(u.aa), '{}'), coalesce(array_agg(u.ss), '{}')
            INTO w_d, w_seq, w_act, w_stream FROM unnest(w_d, w_seq, w_act, w_stream) u(dd, qq, aa, ss) WHERE u.aa <> a_id[i];
        END IF;
        IF a_fate[i] = 'refused' THEN
            PERFORM ld.note_refusal('push', a_detail[i]->>'code', a_id[i]::text);
            IF a_detail[i]->>'code' IN ('revoked', 'body') AND a_body[i] = d_body[d] AND array_position(b_name, a_body[i]) IS NOT NULL THEN
                bytes_ := convert_to(a_detail[i]::text, 'UTF8');
                o_what := o_what || 'stranded'::text; o_ref := o_ref || a_id[i]; o_no := o_no || NULL::bigint; o_act := o_act || a_id[i]; o_data := o_data || bytes_;
                o_digest := o_digest || sha256('stranded'::bytea || uuid_send(a_id[i]) || sha256(bytes_));
                i_feed := i_feed || b_feed[array_position(b_name, a_body[i])]; i_src := i_src || -cardinality(o_what); i_parts := i_parts || 3;
            END IF;
        END IF;
        IF a_fate[i] <> 'behind' THEN
            r_feed[i] := d_feed[d];
            a_final[i] := true; late_fate := late_fate OR NOT a_new[i];
        END IF;
        fate := a_fate[i]; detail := a_detail[i];
        RETURN NEXT;
    END LOOP;

    -- 4. Write, set by set; what belongs to a record carries its id where that of a case would stand. An act is of what its header
    -- names, whatever entries come with it: who sees it and what is erased hangs on that.
    IF any_record THEN
        e_case := ARRAY(SELECT coalesce(u.c, u.r) FROM unnest(e_case, e_record) WITH ORDINALITY u(c, r, z) ORDER BY u.z);
    END IF;
    INSERT INTO ld.act(id, device, seq, person, body, kind, case_id, header, prev, hash, tag, open, fate, detail, carried_by, recorded_at, other_id)
    SELECT u.id, u.dev, u.seq, u.person, u.body, u.kind, u.c, u.header, u.prev, u.hash, u.tag, u.open, u.fate, u.detail, session_user, now_, u.other
    FROM unnest(a_id, a_dev, a_seq, a_person, a_body, a_kind, a_told, p_header, p_prev, a_hash, p_tag, p_open, a_fate, a_detail, a_new, a_other)
        u(id, dev, seq, person, body, kind, c, header, prev, hash, tag, open, fate, detail, fresh, other) WHERE u.fresh;
    IF array_remove(p_salt, NULL) <> '{}' THEN
        INSERT INTO ld.act_personal(act, audience, case_id, body, salt, personal)
        SELECT u.id, u.audience, u.c, u.body, u.salt, u.personal FROM unnest(a_id, a_audience, a_told, a_body, p_salt, p_personal, a_new)
            u(id, audience, c, body, salt, personal, fresh) WHERE u.fresh AND u.personal IS NOT NULL;
    END IF;
    IF late_fate THEN
        PERFORM ld.set_fates(array_agg(u.id), array_agg(u.fate), array_agg(u.detail), array_agg(u.other))
        FROM unnest(a_id, a_fate, a_detail, a_new, a_final, a_other) u(id, fate, detail, fresh, final, other) WHERE u.final AND NOT u.fresh;
    END IF;
    IF true = ANY (e_take) THEN
        INSERT INTO ld.entry(no, act, n, stream, version, kind, data, case_id, inner_of, recorded_at)
        SELECT u.no, a_id[u.a], u.n, u.s, u.v, u.kind, u.data, u.c, u.inn, now_
        FROM unnest(e_no, p_act, p_n, p_stream, p_version, p_kind, p_data, e_case, e_inner, e_take) u(no, a, n, s, v, kind, data, c, inn, take) WHERE u.take;
        IF 'attached' = ANY (p_kind) THEN
            INSERT INTO ld.attachment(act, case_id, audience, size, sha256, device)
            SELECT a_id[u.a], u.c, CASE WHEN a_audience[u.a] = 'first' OR (c_head[u.k]).words @> ARRAY['0' || us || us || 'strict'] THEN 'first' ELSE 'bodies' END,
                (u.data->'event'->>'size')::bigint, u.data->'event'->>'sha256', a_dev[u.a]
            FROM unnest(p_act, p_kind, e_data, e_case, e_c, e_take) u(a, kind, data, c, k, take)
            WHERE u.take AND u.kind = 'attached' AND u.data->'event'->>'size' ~ '^[0-9]{1,15}$' ON CONFLICT DO NOTHING;
        END IF;
        IF 'record-stepped' = ANY (p_kind) THEN  -- a sealed paper of a record that came back: for whoever reads the record
            INSERT INTO ld.attachment(act, case_id, audience, size, sha256, device)
            SELECT a_id[u.a], u.c, 'bodies', (l.line->>'size')::bigint, l.line->>'sha256', a_dev[u.a]
            FROM unnest(p_act, p_kind, e_data, e_case, e_take) u(a, kind, data, c, take)
            CROSS JOIN LATERAL (SELECT CASE WHEN jsonb_typeof(u.data->'event'->'lines') = 'object' THEN u.data->'event'->'lines'->'issued-papers'->0 END AS line) l
            WHERE u.take AND u.kind = 'record-stepped' AND l.line->>'way' = 'sealed' AND l.line->>'size' ~ '^[0-9]{1,15}$'
              AND l.line->>'sha256' ~ '^[0-9a-f]{64}$' ON CONFLICT DO NOTHING;
        END IF;
        IF true = ANY (s_new) THEN
            INSERT INTO ld.stream(name, version) SELECT u.s, u.v FROM unnest(s_name, s_version, s_new, s_moved) u(s, v, fresh, moved) WHERE u.moved AND u.fresh;
        END IF;
        IF false = ANY (s_new) THEN
            UPDATE ld.stream t SET version = u.v FROM unnest(s_name, s_version, s_new, s_moved) u(s, v, fresh, moved)
            WHERE t.name = u.s AND u.moved AND NOT u.fresh;
        END IF;
        IF new_head THEN
            INSERT INTO ld.case_head(id, profile, first, version, matters, states, words, done, members, open)
            SELECT u.id, u.profile, u.first, u.version, u.matters, u.states, u.words, u.done, u.members, u.open FROM unnest(c_head) u WHERE u.changed AND NOT u.known;
        END IF;
        IF old_head THEN
            UPDATE ld.case_head t SET version = u.version, states = u.states, words = u.words, done = u.done, members = u.members, open = u.open
            FROM unnest(c_head) u WHERE t.id = u.id AND u.changed AND u.known;
        END IF;
        IF joined_ THEN
            INSERT INTO ld.case_body(case_id, body, first, joined_at)
            SELECT DISTINCT u.id, v, v = u.first, now_ FROM unnest(c_head) u, unnest(u.fresh) v WHERE u.changed
            ON CONFLICT (case_id, body) DO UPDATE SET left_version = NULL, left_at = NULL;
        END IF;
        IF left_ THEN
            UPDATE ld.case_body t SET left_version = v.at, left_at = now_
            FROM unnest(c_head) u, unnest(u.gone, u.gone_at) v(body, at) WHERE u.changed AND t.case_id = u.id AND t.body = v.body;
        END IF;
    END IF;
    UPDATE ld.device v SET seq = u.seq, head = u.head FROM unnest(d_id, d_seq, d_head) u(id, seq, head) WHERE v.id = u.id AND v.seq <> u.seq;

    -- 5. Fan out: feeds locked last, in the order (rank, name); positions dense, chained.
    IF cardinality(i_feed) > 0 OR true = ANY (a_final) THEN
        PERFORM 1 FROM ld.feed x WHERE x.id = ANY (i_feed || r_feed) ORDER BY x.rank, x.name FOR NO KEY UPDATE;
        SELECT array_agg(x.id), array_agg(x.head), array_agg(x.chain), array_agg(x.channel) INTO f_id, f_head, f_chain, f_channel
        FROM ld.feed x WHERE x.id = ANY (i_feed || r_feed);
        -- feed after feed, within each in the order in which the items came; the results of acts, each in its device's feed, are made here
        SELECT array_agg(u.feed), array_agg(u.src), array_agg(u.parts), array_agg(u.pos), array_agg(u.data), array_agg(u.digest)
        INTO i_feed, i_src, i_parts, i_pos, i_data, i_digest
        FROM (SELECT i.feed, i.src, i.parts, i.data, f_head[i.k] + row_number() OVER (PARTITION BY i.k ORDER BY i.z) AS pos, i.digest
              FROM (SELECT u.feed, u.src, u.parts, u.z, o_data[-u.src] AS data, CASE WHEN u.src > 0 THEN e_digest[u.src] ELSE o_digest[-u.src] END AS digest,
                        array_position(f_id, u.feed) AS k
                    FROM unnest(i_feed, i_src, i_parts) WITH ORDINALITY u(feed, src, parts, z)
                    UNION ALL SELECT r.feed, lines + r.z, 0, r.z, r.data, sha256('result'::bytea || uuid_send(r.id) || sha256(r.data)), array_position(f_id, r.feed)
                    FROM (SELECT u.id, u.feed, u.z, convert_to('{"fate": "' || u.fate || '", "detail": ' || u.detail || '}', 'UTF8') AS data
                          FROM unnest(a_id, a_fate, a_detail, r_feed) WITH ORDINALITY u(id, fate, detail, feed, z) WHERE u.feed IS NOT NULL OFFSET 0) r) i
              ORDER BY i.k, i.z) u;
        i_chain := '{}'; k := 0;
        FOR j IN 1..cardinality(i_feed) LOOP
            IF k = 0 OR f_id[k] <> i_feed[j] THEN
                IF k > 0 THEN f_chain[k] := bytes_; f_head[k] := i_pos[j - 1]; END IF;
                k := k + 1; bytes_ := f_chain[k];
            END IF;
            bytes_ := sha256('LF1'::bytea || bytes_ || i_digest[j]);
            i_chain := i_chain || bytes_;
        END LOOP;
        f_chain[k] := bytes_; f_head[k] := i_pos[cardinality(i_pos)];
        INSERT INTO ld.feed_item(feed, pos, what, ref, entry, act, parts, data, chain)
        SELECT u.feed, u.pos, CASE WHEN u.src > lines THEN 'result' ELSE coalesce(o_what[-u.src], 'entry') END, coalesce(a_id[u.src - lines], o_ref[-u.src]),
            coalesce(e_no[u.src], o_no[-u.src]), coalesce(a_id[p_act[u.src]], o_act[-u.src]), u.parts, u.data, u.chain
        FROM unnest(i_feed, i_pos, i_src, i_parts, i_data, i_chain) u(feed, pos, src, parts, data, chain);
        UPDATE ld.feed x SET head = u.head, chain = u.chain FROM unnest(f_id, f_head, f_chain) u(id, head, chain) WHERE x.id = u.id;
        FOREACH x IN ARRAY f_channel LOOP
            plain := pg_notify(x, '') IS NULL;  -- an expression, not a statement: begun and ended for nothing otherwise
        END LOOP;
    END IF;
END $$;
RESET ROLE;
