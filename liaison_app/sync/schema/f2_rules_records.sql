-- Judging acts on ledger records: the same verdicts as liaison_app.domain.decide_ledger, but for what only words can tell
-- (the form of values, an hour without anybody on duty: docs/SECURITY.md).
SET ROLE ld_tables;

-- Bodies that fields and standing lines of a record name.
CREATE OR REPLACE FUNCTION ld.record_named(p_head ld.record_head) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(array_agg(DISTINCT b), '{}') FROM (
        SELECT jsonb_array_elements_text(f.value) AS b FROM jsonb_each(p_head.named) f
        UNION ALL SELECT jsonb_array_elements_text(l->'b') FROM jsonb_array_elements(p_head.lines) l WHERE NOT (l->>'x')::boolean) u WHERE b <> ''
$$;
CREATE OR REPLACE FUNCTION ld.bodies_in(p_value jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN NOT ld.full(p_value) THEN '[]' WHEN jsonb_typeof(p_value) = 'array' THEN p_value ELSE jsonb_build_array(p_value) END
$$;
CREATE OR REPLACE FUNCTION ld.record_kind_of(p_profile text, p_kind text) RETURNS ld.record_kind LANGUAGE sql STABLE AS $$
    SELECT k FROM ld.record_kind k LEFT JOIN ld.setting t ON t.name = k.setting
    WHERE k.profile = p_profile AND k.kind = p_kind AND k.value IN ('', coalesce(t.value, k.standard), k.standard)
    ORDER BY k.value = coalesce(t.value, k.standard) DESC, k.value = k.standard DESC LIMIT 1
$$;
-- Whether a body may take a step, by one word of its line.
CREATE OR REPLACE FUNCTION ld.record_may(p_head ld.record_head, k ld.record_kind, s ld.record_step, p_body text, p_line int) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE w text; others text[];
BEGIN
    FOREACH w IN ARRAY s.who LOOP
        IF (CASE w
            WHEN 'owner' THEN p_body = p_head.body
            WHEN 'opener' THEN p_body = ANY (k.openers)
            WHEN 'receiver' THEN p_body = ANY (CASE WHEN array_remove(k.receivers, p_head.body) = '{}' THEN k.receivers ELSE array_remove(k.receivers, p_head.body) END)
            WHEN 'reader' THEN p_body = p_head.body OR p_body = ANY (k.office) OR p_body = ANY (ld.record_named(p_head))
            WHEN 'minutes' THEN CASE WHEN k.minutes = '{}' THEN p_body = p_head.body ELSE p_body = ANY (k.minutes) END
            WHEN 'approver' THEN p_body = k.approver
            WHEN 'named' THEN CASE WHEN s.closes = '' OR NOT k.tables ? s.closes THEN p_body = ANY (ld.record_named(p_head))
                ELSE EXISTS (SELECT FROM jsonb_array_elements(p_head.lines) l WHERE l->>'t' = s.closes AND NOT (l->>'x')::boolean AND l->>'a' = p_body
                             AND (p_line IS NULL OR (l->>'n')::int = p_line)) END
            ELSE p_body = w END)
        THEN RETURN true; END IF;
    END LOOP;
    RETURN false;
END $$;
CREATE OR REPLACE FUNCTION ld.judge_record(
    p_head ld.record_head, p_id uuid, p_profile text, p_action text, p_body text, p_acting text, p_persons text[], p_proxy text, p_given jsonb,
    p_event jsonb, OUT code text, OUT head ld.record_head
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    k ld.record_kind; s ld.record_step; opening CONSTANT boolean := p_action = 'open-record'; step_ text; line_ int; t text; rows_ jsonb; r jsonb;
    def jsonb; once_ text; values_ text[]; drops text[] := '{}'; said text[]; gave text[]; closes_ text := ''; n_ int; f record;
    fields_ CONSTANT jsonb := CASE WHEN jsonb_typeof(p_event->'fields') = 'object' THEN p_event->'fields' ELSE '{}' END;
    lines_ CONSTANT jsonb := CASE WHEN jsonb_typeof(p_event->'lines') = 'object' THEN p_event->'lines' ELSE '{}' END;
    given_fields CONSTANT jsonb := CASE WHEN jsonb_typeof(p_given->'fields') = 'object' THEN p_given->'fields' ELSE '{}' END;
    given_personal CONSTANT jsonb := CASE WHEN jsonb_typeof(p_given->'personal') = 'object' THEN p_given->'personal' ELSE '{}' END;
    given_lines CONSTANT jsonb := CASE WHEN jsonb_typeof(p_given->'lines') = 'object' THEN p_given->'lines' ELSE '{}' END;
BEGIN
    head := p_head; code := 'guard';
    IF opening THEN
        head := ROW(p_id, p_profile, p_event->>'kind', p_acting, '', false, 0, '{}', '{}', '{}', '[]', '{}')::ld.record_head;
        IF p_event->>'kind' IS DISTINCT FROM p_given->>'kind' OR p_event->>'body' IS DISTINCT FROM p_acting OR p_event->>'mechanism' IS DISTINCT FROM p_profile
            OR coalesce(p_event->>'period', '') <> coalesce(p_given->>'period', '') OR coalesce(p_event->>'number', '') = ''
        THEN code := 'entries'; RETURN; END IF;
        step_ := 'open';
    ELSE
        step_ := p_given->>'step';
        IF head.replaced OR step_ IS NULL OR step_ = 'open' THEN RETURN; END IF;
        IF p_event->>'step' IS DISTINCT FROM step_ THEN code := 'entries'; RETURN; END IF;
    END IF;
    k := ld.record_kind_of(head.profile, head.kind);
    IF k.kind IS NULL THEN RETURN; END IF;
    IF p_proxy = 'body_without_desk' AND p_body <> ALL (k.receivers || k.minutes || k.stand_ins) THEN code := 'proxy'; RETURN; END IF;
    line_ := CASE WHEN p_given->>'line' ~ '^[0-9]{1,9}$' THEN nullif((p_given->>'line')::int, 0) END;
    SELECT * INTO s FROM ld.record_step x WHERE x.profile = k.profile AND x.kind = k.kind AND x.value = k.value AND x.code = step_
        AND (opening OR head.state = ANY (x.states)) ORDER BY x.n LIMIT 1;
    IF s.code IS NULL OR NOT (CASE WHEN opening THEN p_acting = ANY (k.openers) ELSE ld.record_may(head, k, s, p_acting, line_) END)
        OR NOT (s.persons = '{}' OR s.persons && p_persons OR (p_proxy IS NOT NULL AND 'leader' = ANY (s.persons)))
        OR ((s.reason OR ld.full(p_event->'replaces')) AND trim(coalesce(p_given->>'reason', '')) = '')
    THEN RETURN; END IF;
    -- fields: only those of the step, all that it asks for
    gave := ARRAY(SELECT x.key FROM jsonb_each(given_fields) x WHERE ld.full(x.value));
    said := ARRAY(SELECT jsonb_object_keys(fields_));
    IF NOT ARRAY(SELECT jsonb_object_keys(given_fields)) <@ s.takes OR NOT ARRAY(SELECT jsonb_object_keys(given_personal)) <@ s.takes_personal THEN RETURN; END IF;
    IF NOT (gave <@ said AND said <@ gave) THEN code := 'entries'; RETURN; END IF;
    head.said := ARRAY(SELECT u FROM unnest(head.said) u WHERE u <> ALL (said)) || ARRAY(SELECT x.key FROM jsonb_each(fields_) x WHERE ld.full(x.value));
    head.personal := ARRAY(SELECT u FROM unnest(head.personal) u WHERE NOT given_personal ? u)
        || ARRAY(SELECT x.key FROM jsonb_each(given_personal) x WHERE ld.full(x.value));
    IF NOT s.fields <@ head.said OR NOT s.personal <@ head.personal THEN RETURN; END IF;
    -- lines: only to tables of the step; a value that stands once takes the place of the earlier line
    IF NOT ARRAY(SELECT jsonb_object_keys(given_lines)) <@ s.adds THEN RETURN; END IF;
    IF EXISTS (SELECT FROM jsonb_each(given_lines) g FULL JOIN jsonb_each(lines_) e ON e.key = g.key
               WHERE jsonb_typeof(coalesce(g.value, '[]')) <> 'array' OR jsonb_typeof(coalesce(e.value, '[]')) <> 'array'
                  OR (CASE WHEN jsonb_typeof(g.value) = 'array' THEN jsonb_array_length(g.value) ELSE 0 END)
                      <> (CASE WHEN jsonb_typeof(e.value) = 'array' THEN jsonb_array_length(e.value) ELSE 0 END)) THEN code := 'entries'; RETURN; END IF;
    IF EXISTS (SELECT FROM unnest(s.needs_lines) w(x) WHERE NOT ld.full(lines_->w.x)
               AND NOT EXISTS (SELECT FROM jsonb_array_elements(head.lines) l WHERE l->>'t' = w.x AND NOT (l->>'x')::boolean)) THEN RETURN; END IF;
    -- no standing line of a table may lack what the step asks of it
    IF EXISTS (SELECT FROM jsonb_each(s.whole) w, jsonb_array_elements(head.lines) l
               WHERE l->>'t' = w.key AND NOT (l->>'x')::boolean AND NOT coalesce(l->'f', '[]') @> w.value) THEN RETURN; END IF;
    IF s.all_closed <> '' AND coalesce((k.tables->s.all_closed->>'open')::boolean, false) AND EXISTS (
        SELECT FROM jsonb_array_elements(head.lines) l WHERE l->>'t' = s.all_closed AND NOT (l->>'x')::boolean AND NOT (l->>'c')::boolean) THEN RETURN; END IF;
    IF s.closes <> '' AND k.tables ? s.closes THEN
        IF line_ IS NULL OR NOT EXISTS (SELECT FROM jsonb_array_elements(head.lines) l WHERE l->>'t' = s.closes AND (l->>'n')::int = line_
                                        AND NOT (l->>'x')::boolean AND NOT (l->>'c')::boolean) THEN RETURN; END IF;
        closes_ := s.closes || '/' || line_;
    END IF;
    FOR f IN SELECT e.key, e.value FROM jsonb_each(lines_) e LOOP
        def := k.tables->f.key;
        IF s.own AND EXISTS (SELECT FROM jsonb_array_elements(f.value) v WHERE v->>(def->>'body') IS DISTINCT FROM p_acting) THEN RETURN; END IF;
        once_ := nullif(def->>'once', '');
        IF once_ IS NOT NULL THEN
            values_ := ARRAY(SELECT coalesce(v->>once_, '') FROM jsonb_array_elements(f.value) v);
            IF cardinality(values_) <> (SELECT count(DISTINCT u) FROM unnest(values_) u) THEN RETURN; END IF;
            drops := drops || ARRAY(SELECT f.key || '/' || (l->>'n') FROM jsonb_array_elements(head.lines) l
                                    WHERE l->>'t' = f.key AND NOT (l->>'x')::boolean AND l->>'o' = ANY (values_));
        END IF;
    END LOOP;
    IF NOT opening AND (coalesce(p_event->>'closes', '') <> closes_
        OR NOT (drops <@ ARRAY(SELECT jsonb_array_elements_text(CASE WHEN jsonb_typeof(p_event->'drops') = 'array' THEN p_event->'drops' ELSE '[]' END))
                AND drops @> ARRAY(SELECT jsonb_array_elements_text(CASE WHEN jsonb_typeof(p_event->'drops') = 'array' THEN p_event->'drops' ELSE '[]' END))))
    THEN code := 'entries'; RETURN; END IF;
    IF p_event->>'state' IS DISTINCT FROM coalesce(nullif(s.to_state, ''), head.state) THEN code := 'state'; RETURN; END IF;
    -- fold
    head.state := p_event->>'state';
    IF drops <> '{}' OR closes_ <> '' THEN
        head.lines := (SELECT jsonb_agg(l || CASE WHEN (l->>'t') || '/' || (l->>'n') = ANY (drops) THEN '{"x": true}'::jsonb ELSE '{}' END
                                          || CASE WHEN (l->>'t') || '/' || (l->>'n') = closes_ THEN '{"c": true}'::jsonb ELSE '{}' END ORDER BY i)
                       FROM jsonb_array_elements(head.lines) WITH ORDINALITY u(l, i));
    END IF;
    FOR f IN SELECT e.key, e.value FROM jsonb_each(lines_) e LOOP
        def := k.tables->f.key;
        n_ := coalesce((SELECT max((l->>'n')::int) FROM jsonb_array_elements(head.lines) l WHERE l->>'t' = f.key), 0);
        head.lines := head.lines || coalesce((SELECT jsonb_agg(jsonb_build_object('t', f.key, 'n', n_ + i, 'x', false, 'c', false,
                'f', (SELECT coalesce(jsonb_agg(w), '[]') FROM jsonb_array_elements_text(def->'asked') w WHERE ld.full(v->w)),
                'a', coalesce(v->>(def->>'body'), ''), 'o', coalesce(v->>(def->>'once'), ''),
                'b', (SELECT coalesce(jsonb_agg(b), '[]') FROM jsonb_array_elements_text(def->'bodies') w, jsonb_array_elements_text(ld.bodies_in(v->w)) b)) ORDER BY i)
            FROM jsonb_array_elements(f.value) WITH ORDINALITY u(v, i)), '[]');
    END LOOP;
    head.named := head.named || coalesce((SELECT jsonb_object_agg(x.key, ld.bodies_in(x.value)) FROM jsonb_each(fields_) x WHERE x.key = ANY (k.body_fields)), '{}');
    -- whoever has read it reads on
    head.readers := ARRAY(SELECT DISTINCT u FROM unnest(head.readers || head.body || k.office || ld.record_named(head)) u WHERE u <> '' ORDER BY u);
    code := NULL;
END $$;
-- The entries of a record so far, for a body that comes to read it.
CREATE OR REPLACE FUNCTION ld.record_history(p_record uuid) RETURNS TABLE (no bigint, act uuid, digest bytea, parts int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    SELECT e.no, e.act, sha256(uuid_send(e.act) || int4send(e.n) || a.hash || convert_to(e.stream, 'UTF8') || int8send(e.version) || sha256(e.data)),
        CASE WHEN p.act IS NULL THEN 1 ELSE 3 END
    FROM ld.entry e JOIN ld.act a ON a.id = e.act LEFT JOIN ld.act_personal p ON p.act = e.act WHERE e.stream = 'record/' || p_record ORDER BY e.version
$$;
-- What an administrator's register act changes beside its stream; a code when it may not be.
CREATE OR REPLACE FUNCTION ld.take_register(p_person text, p_kind text, p_event jsonb) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
DECLARE p CONSTANT jsonb := p_event->'person'; who ld.person;
BEGIN
    IF p_kind = 'freeze-period' THEN
        -- figures are frozen by who reads the whole district, each period once
        IF NOT EXISTS (SELECT FROM ld.person x JOIN ld.body b ON b.id = x.body WHERE x.id = p_person AND x.revoked_at IS NULL AND b.oversight) THEN RETURN 'not_overseeing'; END IF;
        IF coalesce(p_event->>'period', '') !~ '^[0-9]{4}(-([01][0-9]|Q[1-4]|H[12]))?$' OR coalesce(p_event->>'cut', '') !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}T'
           OR coalesce(p_event->>'sha256', '') !~ '^[0-9a-f]{64}$' OR p_event->>'scope' IS DISTINCT FROM 'district' OR jsonb_typeof(p_event->'figures') IS DISTINCT FROM 'string'
        THEN RETURN 'register_value'; END IF;
        IF EXISTS (SELECT FROM ld.entry e WHERE e.stream = 'register/figures' AND convert_from(e.data, 'UTF8')::jsonb->'event'->>'period' = p_event->>'period')
        THEN RETURN 'period_frozen'; END IF;
        RETURN NULL;
    END IF;
    IF NOT EXISTS (SELECT FROM ld.person x WHERE x.id = p_person AND x.revoked_at IS NULL AND 'administrator' = ANY (x.roles)) THEN RETURN 'administrator_only'; END IF;
    PERFORM 1 FROM ld.person x WHERE 'administrator' = ANY (x.roles) ORDER BY x.id FOR UPDATE;
    CASE p_kind
        WHEN 'enter-person' THEN
            IF jsonb_typeof(p) IS DISTINCT FROM 'object' OR coalesce(p->>'id', '') !~ '^[A-Za-z0-9_.-]{1,64}$' OR p->>'id' = 'server' OR trim(coalesce(p->>'name', '')) = ''
                OR length(p->>'name') > 200 OR jsonb_typeof(coalesce(p->'roles', '[]')) <> 'array' OR NOT EXISTS (SELECT FROM ld.body b WHERE b.id = p->>'body')
            THEN RETURN 'register_value'; END IF;
            SELECT * INTO who FROM ld.person x WHERE x.id = p->>'id' FOR UPDATE;
            IF who.revoked_at IS NOT NULL THEN RETURN 'person_revoked'; END IF;
            IF EXISTS (SELECT FROM ld.person x WHERE x.name = p->>'name' AND x.id <> p->>'id' AND x.revoked_at IS NULL) THEN RETURN 'person_exists'; END IF;
            IF NOT coalesce(p->'roles', '[]') ? 'administrator' AND NOT EXISTS (SELECT FROM ld.person x WHERE x.id <> p->>'id' AND x.revoked_at IS NULL
                AND 'administrator' = ANY (x.roles)) THEN RETURN 'last_administrator'; END IF;
            INSERT INTO ld.person(id, name, body, title, phone, roles) VALUES (p->>'id', p->>'name', p->>'body', coalesce(p->>'title', ''), coalesce(p->>'phone', ''),
                ARRAY(SELECT jsonb_array_elements_text(coalesce(p->'roles', '[]'))))
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body, title = excluded.title, phone = excluded.phone, roles = excluded.roles;
        WHEN 'person-leaves' THEN
            IF trim(coalesce(p_event->>'reason', '')) = '' THEN RETURN 'register_value'; END IF;
            IF NOT EXISTS (SELECT FROM ld.person x WHERE x.id <> p_event->>'person' AND x.revoked_at IS NULL AND 'administrator' = ANY (x.roles))
            THEN RETURN 'last_administrator'; END IF;
            UPDATE ld.person x SET revoked_at = clock_timestamp(), revoked_for = left(p_event->>'reason', 2000) WHERE x.id = p_event->>'person' AND x.revoked_at IS NULL;
            IF NOT FOUND THEN RETURN 'person_unknown'; END IF;
        WHEN 'choose-setting' THEN
            IF coalesce(p_event->>'setting', '') !~ '^[A-Za-z0-9_.-]{1,64}$' OR jsonb_typeof(p_event->'value') IS DISTINCT FROM 'string' OR trim(coalesce(p_event->>'reason', '')) = ''
            THEN RETURN 'register_value'; END IF;
            INSERT INTO ld.setting(name, value) VALUES (p_event->>'setting', p_event->>'value') ON CONFLICT (name) DO UPDATE SET value = excluded.value;
        WHEN 'enter-year' THEN
            IF jsonb_typeof(p_event->'notice') IS DISTINCT FROM 'object' THEN RETURN 'register_value'; END IF;
        ELSE RETURN 'registers_by_server';
    END CASE;
    RETURN NULL;
END $$;
RESET ROLE;
GRANT EXECUTE ON FUNCTION ld.record_named, ld.bodies_in, ld.record_kind_of, ld.record_may, ld.judge_record, ld.record_history, ld.take_register TO ld_door;
