-- Enrolment, status and the smaller doors (docs/SYNC.md).
SET ROLE ld_keys;
-- A desk's role gets the verifier made at the desk; no password stands in any statement.
CREATE OR REPLACE FUNCTION ld.set_verifier(p_verifier text, p_first boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    IF coalesce(p_verifier, '') !~ '^SCRAM-SHA-256\$[0-9]{4,7}:[A-Za-z0-9+/=]{16,64}\$[A-Za-z0-9+/=]{44}:[A-Za-z0-9+/=]{44}$' OR session_user !~ '^desk_[0-9a-z]{7}$' THEN
        RETURN false;
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L VALID UNTIL ''infinity'' CONNECTION LIMIT 6', session_user, p_verifier);
    IF p_first THEN
        EXECUTE format('GRANT ld_desk TO %I', session_user);
        EXECUTE format('REVOKE ld_newcomer FROM %I', session_user);
    END IF;
    RETURN true;
END $$;
RESET ROLE;

SET ROLE ld_door;
CREATE OR REPLACE FUNCTION ld.pad(p_secret bytea, p_with int) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE key bytea := p_secret || decode(repeat('00', 64 - length(p_secret)), 'hex'); i int;
BEGIN
    FOR i IN 0..63 LOOP key := set_byte(key, i, get_byte(key, i) # p_with); END LOOP;
    RETURN key;
END $$;
CREATE OR REPLACE FUNCTION ld.feeds_told() RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'head', f.head, 'channel', f.channel) ORDER BY f.rank, f.name), '[]')
    FROM ld.feed f WHERE f.id = ANY ((SELECT ld.my_feeds())::int[])
$$;
CREATE OR REPLACE FUNCTION ld.begin_device(p_person text, p_body text, p_device uuid, p_secret bytea) RETURNS void LANGUAGE plpgsql AS $$
DECLARE f int;
BEGIN
    INSERT INTO ld.feed(name, rank) VALUES ('device/' || p_device, 1) RETURNING id INTO f;
    INSERT INTO ld.device(id, role, person, body, feed) VALUES (p_device, session_user, p_person, p_body, f);
    INSERT INTO ld.device_key(device, inner_key, outer_key) VALUES (p_device, ld.pad(p_secret, 54), ld.pad(p_secret, 92));
END $$;
CREATE OR REPLACE FUNCTION ld.told_on_enrolling(p_body text, p_person text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('body', p_body, 'person', p_person, 'district', s.district, 'mechanism', s.mechanism, 'profile', s.profile,
        'epoch', s.epoch, 'feeds', ld.feeds_told()) FROM ld.server s
$$;
CREATE OR REPLACE FUNCTION ld.enrol(p_verifier text, p_person text, p_device uuid, p_secret bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp SET lock_timeout = '2s' AS $$
DECLARE d ld.desk;
BEGIN
    SELECT * INTO d FROM ld.desk WHERE role = session_user FOR UPDATE;
    IF NOT FOUND OR d.enrolled_at IS NOT NULL OR d.revoked_at IS NOT NULL OR d.until < now() OR d.person IS DISTINCT FROM p_person
       OR p_device IS NULL OR length(p_secret) IS DISTINCT FROM 32 OR EXISTS (SELECT FROM ld.device WHERE id = p_device)
       OR EXISTS (SELECT FROM ld.person WHERE id = p_person AND (revoked_at IS NOT NULL OR body <> d.body)) THEN
        PERFORM ld.note_refusal('enrol', 'code', coalesce(p_person, ''));
        RETURN '{"error": "code"}';
    END IF;
    IF NOT coalesce(ld.set_verifier(p_verifier, true), false) THEN
        PERFORM ld.note_refusal('enrol', 'verifier', p_person);
        RETURN '{"error": "verifier"}';
    END IF;
    UPDATE ld.desk SET enrolled_at = now(), seen_at = now() WHERE role = session_user;
    PERFORM ld.begin_device(p_person, d.body, p_device, p_secret);
    RETURN ld.told_on_enrolling(d.body, p_person);
END $$;
CREATE OR REPLACE FUNCTION ld.enrol_person(p_code text, p_person text, p_device uuid, p_secret bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp SET lock_timeout = '2s' AS $$
DECLARE mine text := ld.my_body();
BEGIN
    UPDATE ld.code SET used_at = now() WHERE sha256 = sha256(convert_to(coalesce(p_code, ''), 'UTF8')) AND role = session_user AND person = p_person
        AND used_at IS NULL AND until > now() AND mine IS NOT NULL AND p_device IS NOT NULL AND length(p_secret) = 32
        AND NOT EXISTS (SELECT FROM ld.device WHERE id = p_device)
        AND EXISTS (SELECT FROM ld.person WHERE id = p_person AND revoked_at IS NULL AND body = mine);
    IF NOT FOUND THEN
        PERFORM ld.note_refusal('enrol_person', 'code', coalesce(p_person, ''));
        RETURN '{"error": "code"}';
    END IF;
    PERFORM ld.begin_device(p_person, mine, p_device, p_secret);
    RETURN ld.told_on_enrolling(mine, p_person);
END $$;
CREATE OR REPLACE FUNCTION ld.change_password(p_verifier text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    IF ld.my_body() IS NULL OR NOT coalesce(ld.set_verifier(p_verifier, false), false) THEN
        PERFORM ld.note_refusal('change_password', 'verifier', '');
        RETURN '{"error": "verifier"}';
    END IF;
    RETURN '{"changed": true}';
END $$;
CREATE OR REPLACE FUNCTION ld.status() RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
DECLARE runs text := substring(current_setting('application_name') FROM '^liaison-desk ([0-9][0-9.]{0,30})$');
BEGIN
    UPDATE ld.desk d SET seen_at = now(), version = coalesce(runs, d.version) WHERE d.role = session_user
        AND (coalesce(d.seen_at < now() - interval '1 minute', true) OR d.version IS DISTINCT FROM coalesce(runs, d.version));
    RETURN (SELECT jsonb_build_object('at', clock_timestamp(), 'epoch', s.epoch, 'district', s.district, 'mechanism', s.mechanism, 'profile', s.profile,
        'body', ld.my_body(), 'feeds', ld.feeds_told(), 'leases_closed', s.leases_closed, 'signatures', true,
        'packed', coalesce(has_function_privilege(to_regprocedure('ld_press.pgp_sym_encrypt_bytea(bytea,text,text)')::oid, 'execute'), false),
        -- who reads the whole district sees which desks are behind, so that figures can say it
        'desks', CASE WHEN ld.my_oversight() THEN (SELECT coalesce(jsonb_agg(jsonb_build_object('body', d.body, 'person', d.person, 'seen_at', d.seen_at)
            ORDER BY d.body, d.role), '[]') FROM ld.desk d WHERE d.enrolled_at IS NOT NULL AND d.revoked_at IS NULL) END,
        'watched', coalesce(s.watched_at > now() - interval '1 minute', false),
        'devices', (SELECT coalesce(jsonb_agg(jsonb_build_object('device', v.id, 'person', v.person, 'seq', v.seq, 'revoked', p.revoked_at IS NOT NULL,
                'moved', p.body <> v.body, 'signed', EXISTS (SELECT FROM ld.device_public k WHERE k.device = v.id)) ORDER BY v.made_at), '[]')
            FROM ld.device v JOIN ld.person p ON p.id = v.person WHERE v.id = ANY ((SELECT ld.my_devices())::uuid[])))
        FROM ld.server s);
END $$;
-- With which key a device log of this desk is signed, shown once, to the whole district; who has the key proves it there.
CREATE OR REPLACE FUNCTION ld.show_key(p_device uuid, p_public bytea, p_after bigint, p_proof bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp SET lock_timeout = '2s' AS $$
DECLARE person_ text; known bytea; f record; bytes_ bytea;
BEGIN
    SELECT v.person INTO person_ FROM ld.device v WHERE v.id = p_device AND v.id = ANY (ld.my_devices()) FOR NO KEY UPDATE;
    SELECT k.public INTO known FROM ld.device_public k WHERE k.device = p_device;
    IF person_ IS NULL OR coalesce(length(p_public), 0) <> 32 OR coalesce(length(p_proof), 0) <> 64 OR coalesce(p_after, -1) NOT BETWEEN 0 AND 1000000000000000
       OR known <> p_public THEN
        PERFORM ld.note_refusal('show_key', 'key', coalesce(p_device::text, ''));
        RETURN '{"error": "key"}';
    END IF;
    IF known IS NULL THEN
        INSERT INTO ld.device_public(device, public, after, proof) VALUES (p_device, p_public, p_after, p_proof);
        bytes_ := convert_to(json_build_object('person', person_, 'public', encode(p_public, 'hex'), 'after', p_after, 'proof', encode(p_proof, 'hex'))::text, 'UTF8');
        SELECT x.id, x.head, x.chain, x.channel INTO f FROM ld.feed x WHERE x.name = 'district' FOR NO KEY UPDATE;
        UPDATE ld.feed x SET head = f.head + 1, chain = sha256('LF1'::bytea || f.chain || sha256('key'::bytea || uuid_send(p_device) || sha256(bytes_))) WHERE x.id = f.id;
        INSERT INTO ld.feed_item(feed, pos, what, ref, parts, data, chain)
        SELECT x.id, x.head, 'key', p_device, 0, bytes_, x.chain FROM ld.feed x WHERE x.id = f.id;
        PERFORM pg_notify(f.channel, '');
    END IF;
    RETURN '{"shown": true}';
END $$;
CREATE OR REPLACE FUNCTION ld.withdraw(p_act uuid[], p_reason text[]) RETURNS TABLE (act uuid, fate text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp SET lock_timeout = '2s' AS $$
#variable_conflict use_column
DECLARE r record; mine uuid[] := ld.my_devices(); bytes_ bytea; pos_ bigint; chain_ bytea; done uuid[] := '{}';
BEGIN
    IF cardinality(p_act) > 1000 THEN RETURN; END IF;
    PERFORM 1 FROM ld.device v WHERE v.id = ANY (mine) ORDER BY v.id FOR NO KEY UPDATE;
    PERFORM 1 FROM ld.feed f WHERE f.id IN (SELECT v.feed FROM ld.device v WHERE v.id = ANY (mine)) ORDER BY f.rank, f.name FOR NO KEY UPDATE;
    FOR r IN SELECT u.a, u.why, x.fate, v.feed FROM unnest(p_act, p_reason) WITH ORDINALITY u(a, why, i)
             LEFT JOIN ld.act x ON x.id = u.a AND x.device = ANY (mine) LEFT JOIN ld.device v ON v.id = x.device ORDER BY u.i LOOP
        IF r.fate IS DISTINCT FROM 'behind' OR r.a = ANY (done) THEN  -- named twice, it is withdrawn once
            RETURN QUERY SELECT r.a, CASE WHEN r.a = ANY (done) THEN 'withdrawn' ELSE coalesce(r.fate, 'unknown') END; CONTINUE;
        END IF;
        done := done || r.a;
        PERFORM ld.set_fates(ARRAY[r.a], ARRAY['withdrawn'], ARRAY[jsonb_build_object('reason', left(coalesce(r.why, ''), 2000))], NULL);
        bytes_ := convert_to(jsonb_build_object('fate', 'withdrawn', 'detail', jsonb_build_object('reason', left(coalesce(r.why, ''), 2000)))::text, 'UTF8');
        UPDATE ld.feed f SET head = f.head + 1, chain = sha256('LF1'::bytea || f.chain || sha256('result'::bytea || uuid_send(r.a) || sha256(bytes_)))
        WHERE f.id = r.feed RETURNING f.head, f.chain INTO pos_, chain_;
        INSERT INTO ld.feed_item(feed, pos, what, ref, parts, data, chain) VALUES (r.feed, pos_, 'result', r.a, 0, bytes_, chain_);
        RETURN QUERY SELECT r.a, 'withdrawn'::text;
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION ld.lease(p_request uuid, p_kind text, p_year int, p_count int) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp SET lock_timeout = '2s' AS $$
DECLARE mine text := ld.my_body(); l ld.lease; last_ int;
BEGIN
    IF mine IS NULL OR p_request IS NULL OR coalesce(p_kind, '') !~ '^[a-z][a-z-]{0,31}$' OR coalesce(p_year, 0) NOT BETWEEN 2000 AND 2200
       OR coalesce(p_count, 0) NOT BETWEEN 1 AND 1000 THEN
        PERFORM ld.note_refusal('lease', 'shape', '');
        RETURN '{"error": "shape"}';
    END IF;
    SELECT * INTO l FROM ld.lease WHERE role = session_user AND request = p_request;
    IF NOT FOUND THEN
        IF (SELECT s.leases_closed FROM ld.server s) THEN RETURN '{"error": "leases_closed"}'; END IF;
        -- one desk does not use up the numbers of its body
        IF EXISTS (SELECT FROM ld.lease x WHERE x.role = session_user AND x.at > now() - interval '1 day'
                   HAVING count(*) >= 2000 OR sum(x.last - x.first + 1) + p_count > 100000) THEN
            PERFORM ld.note_refusal('lease', 'many', '');
            RETURN '{"error": "many"}';
        END IF;
        INSERT INTO ld.number_head(body, kind, year, next) SELECT mine, p_kind, p_year, CASE WHEN p_year <= s.numbers_year THEN s.numbers_from ELSE 1 END FROM ld.server s ON CONFLICT DO NOTHING;
        PERFORM 1 FROM ld.number_head WHERE body = mine AND kind = p_kind AND year = p_year FOR UPDATE;
        SELECT * INTO l FROM ld.lease WHERE role = session_user AND request = p_request;
        IF NOT FOUND THEN
            UPDATE ld.number_head SET next = next + p_count WHERE body = mine AND kind = p_kind AND year = p_year AND next < 100000000 RETURNING next - 1 INTO last_;
            IF last_ IS NULL THEN RETURN '{"error": "shape"}'; END IF;
            INSERT INTO ld.lease(role, request, body, kind, year, first, last)
            VALUES (session_user, p_request, mine, p_kind, p_year, last_ - p_count + 1, last_) RETURNING * INTO l;
        END IF;
    END IF;
    IF (l.kind, l.year) IS DISTINCT FROM (p_kind, p_year) THEN RETURN '{"error": "shape"}'; END IF;
    RETURN jsonb_build_object('kind', l.kind, 'year', l.year, 'first', l.first, 'last', l.last);
END $$;
CREATE OR REPLACE FUNCTION ld.put_piece(p_act uuid, p_n int, p_sha256 bytea, p_bytes bytea) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp SET lock_timeout = '2s' AS $$
DECLARE a ld.attachment; have bigint;
BEGIN
    SELECT * INTO a FROM ld.attachment t WHERE t.act = p_act AND t.device = ANY (ld.my_devices());
    IF NOT FOUND OR p_n IS NULL OR p_n NOT BETWEEN 0 AND 4095 OR coalesce(length(p_bytes), 0) NOT BETWEEN 1 AND 1048576
       OR sha256(p_bytes) IS DISTINCT FROM p_sha256 OR a.size > 209715200 THEN
        PERFORM ld.note_refusal('put_piece', 'piece', coalesce(p_act::text, ''));
        RETURN '{"error": "piece"}';
    END IF;
    PERFORM 1 FROM ld.device v WHERE v.id = a.device FOR NO KEY UPDATE;
    SELECT coalesce(sum(length(p.bytes)), 0) INTO have FROM ld.piece p WHERE p.act = p_act;
    IF NOT EXISTS (SELECT FROM ld.piece p WHERE p.act = p_act AND p.n = p_n) THEN
        IF have + length(p_bytes) > a.size THEN
            PERFORM ld.note_refusal('put_piece', 'size', p_act::text);
            RETURN '{"error": "piece"}';
        END IF;
        INSERT INTO ld.piece(act, n, sha256, bytes, role) VALUES (p_act, p_n, p_sha256, p_bytes, session_user);
        have := have + length(p_bytes);
    ELSIF NOT EXISTS (SELECT FROM ld.piece p WHERE p.act = p_act AND p.n = p_n AND p.sha256 = p_sha256) THEN
        PERFORM ld.note_refusal('put_piece', 'piece', p_act::text);
        RETURN '{"error": "piece"}';
    END IF;
    RETURN jsonb_build_object('have', have, 'size', a.size, 'complete', have = a.size);
END $$;
CREATE OR REPLACE FUNCTION ld.get_piece(p_act uuid, p_n int) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    SELECT p.bytes FROM ld.piece p JOIN ld.attachment a ON a.act = p.act WHERE p.act = p_act AND p.n = p_n
$$;
RESET ROLE;

SET ROLE ld_tables;
-- The personal parts of a case for a body that does not have them; nothing that only the first receiver may see.
CREATE OR REPLACE FUNCTION ld.revealed(p_case uuid) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('act', p.act, 'salt', encode(p.salt, 'hex'), 'personal', encode(p.personal, 'hex')) ORDER BY a.recorded_at, a.seq), '[]')
    FROM ld.act_personal p JOIN ld.act a ON a.id = p.act WHERE p.case_id = p_case AND p.audience = 'bodies' AND p.personal IS NOT NULL AND a.fate = 'accepted'
$$;
RESET ROLE;
GRANT EXECUTE ON FUNCTION ld.revealed TO ld_door;
GRANT EXECUTE ON FUNCTION ld.set_verifier TO ld_door;

SET ROLE ld_door;
-- Logged before it answers: the first call writes the log line, the second, in a later transaction, answers.
CREATE OR REPLACE FUNCTION ld.reveal(p_case uuid, p_reason text) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
DECLARE mine text := ld.my_body();
BEGIN
    IF mine IS NULL OR p_case IS NULL OR length(trim(coalesce(p_reason, ''))) NOT BETWEEN 2 AND 2000
       OR NOT EXISTS (SELECT FROM ld.case_head h WHERE h.id = p_case AND (mine = ANY (h.members) OR ld.my_oversight())
                      AND NOT h.words @> ARRAY['0' || E'\x1f' || E'\x1f' || 'strict']) THEN
        PERFORM ld.note_refusal('reveal', 'case_unknown', coalesce(p_case::text, ''));
        RETURN '{"error": "case_unknown"}';
    END IF;
    IF NOT EXISTS (SELECT FROM ld.reveal r WHERE r.role = session_user AND r.case_id = p_case AND r.reason = p_reason
                   AND r.xid <> pg_current_xact_id() AND r.at > now() - interval '10 minutes') THEN
        INSERT INTO ld.reveal(role, case_id, reason, xid) VALUES (session_user, p_case, p_reason, pg_current_xact_id());
        RETURN '{"logged": true}';
    END IF;
    RETURN jsonb_build_object('parts', ld.revealed(p_case));
END $$;
CREATE OR REPLACE FUNCTION ld.open_cases(p_epoch uuid, p_limit int, p_after text)
RETURNS TABLE (case_id uuid, head bigint, act uuid, n int, stream text, version bigint, kind text, data bytea, recorded_at timestamptz,
    header bytea, prev bytea, tag bytea, open bytea, salt bytea, personal bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp SET jit = off
-- along the indexes, case by case: the planner would read and hash all entries for each of them
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET enable_bitmapscan = off SET enable_material = off AS $$
#variable_conflict use_column
DECLARE mine text := ld.my_body(); head_ bigint; q record;
    after_ uuid := CASE WHEN p_after ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN p_after::uuid END;
BEGIN
    IF mine IS NULL OR p_epoch IS DISTINCT FROM (SELECT s.epoch FROM ld.server s) OR (p_after <> '' AND after_ IS NULL) THEN RETURN; END IF;
    SELECT f.head INTO head_ FROM ld.feed f WHERE f.name = 'body/' || mine;
    FOR q IN SELECT b.case_id, b.first FROM ld.case_body b JOIN ld.case_head h ON h.id = b.case_id
             WHERE b.body = mine AND b.left_version IS NULL AND h.open AND (after_ IS NULL OR b.case_id > after_)
             ORDER BY b.case_id LIMIT greatest(1, least(coalesce(p_limit, 50), 500)) LOOP
        RETURN QUERY
            SELECT q.case_id, head_, e.act, e.n, e.stream, e.version, e.kind, e.data, e.recorded_at, a.header, a.prev, a.tag,
                   CASE WHEN t.parts % 2 = 1 THEN a.open END, p.salt, p.personal
            FROM (SELECT x.no, x.parts FROM ld.history(q.case_id, mine, q.first, 0) x
                  UNION ALL SELECT i.no, 3 FROM ld.entry i WHERE i.stream = 'case/' || q.case_id || '/' || mine) t
            JOIN ld.entry e ON e.no = t.no JOIN ld.act a ON a.id = e.act
            LEFT JOIN ld.act_personal p ON p.act = e.act AND t.parts >= 2 AND (p.audience = 'bodies' OR q.first)
            ORDER BY e.no;
    END LOOP;
END $$;
RESET ROLE;
