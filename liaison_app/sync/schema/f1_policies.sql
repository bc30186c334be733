-- Grants and row-level security: what each function owner may touch, and of which desk (docs/SYNC.md, docs/SECURITY.md).
REVOKE ALL ON SCHEMA ld FROM PUBLIC;
GRANT USAGE ON SCHEMA ld TO ld_door, ld_keys, ld_desk, ld_newcomer;
REVOKE ALL ON ALL TABLES IN SCHEMA ld FROM PUBLIC, ld_door, ld_keys, ld_desk, ld_newcomer;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA ld FROM PUBLIC, ld_door, ld_keys, ld_desk, ld_newcomer;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ld FROM PUBLIC, ld_desk, ld_newcomer;

SET ROLE ld_tables;
ALTER DEFAULT PRIVILEGES FOR ROLE ld_tables REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE OR REPLACE FUNCTION ld.my_body() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    RETURN (SELECT body FROM ld.desk WHERE role = session_user AND enrolled_at IS NOT NULL AND revoked_at IS NULL);
END $$;
CREATE OR REPLACE FUNCTION ld.my_oversight() RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce((SELECT b.oversight FROM ld.desk d JOIN ld.body b ON b.id = d.body
                     WHERE d.role = session_user AND d.enrolled_at IS NOT NULL AND d.revoked_at IS NULL), false));
END $$;
CREATE OR REPLACE FUNCTION ld.my_devices() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(v.id), '{}') FROM ld.device v JOIN ld.desk d ON d.role = v.role
    WHERE v.role = session_user AND d.enrolled_at IS NOT NULL AND d.revoked_at IS NULL);
END $$;
CREATE OR REPLACE FUNCTION ld.my_feeds() RETURNS int[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(f.id), '{}') FROM ld.feed f
    WHERE (f.name = 'body/' || ld.my_body()) OR (f.name = 'district' AND ld.my_body() IS NOT NULL)
       OR (f.name = 'oversight' AND ld.my_oversight())
       OR f.id = ANY (SELECT v.feed FROM ld.device v WHERE v.id = ANY (ld.my_devices())));
END $$;
RESET ROLE;

DO $$
DECLARE t text;
BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'ld' LOOP
        EXECUTE format('ALTER TABLE ld.%I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE ld.%I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('DROP POLICY IF EXISTS owner ON ld.%I', t);
        EXECUTE format('DROP POLICY IF EXISTS reads ON ld.%I', t);
        EXECUTE format('DROP POLICY IF EXISTS adds ON ld.%I', t);
        EXECUTE format('DROP POLICY IF EXISTS moves ON ld.%I', t);
        EXECUTE format('CREATE POLICY owner ON ld.%I TO ld_tables USING (true) WITH CHECK (true)', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['server', 'body', 'person', 'profile', 'guard', 'effect', 'derived', 'asked', 'yield', 'inner_kind',
                             'feed', 'device', 'device_key', 'stream', 'case_head', 'case_body', 'setting', 'record_kind', 'record_step',
                             'record_head'] LOOP
        EXECUTE format('GRANT SELECT ON ld.%I TO ld_door', t);
        EXECUTE format('CREATE POLICY reads ON ld.%I FOR SELECT TO ld_door USING (true)', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['feed', 'device', 'device_key', 'stream', 'case_head', 'case_body', 'act', 'act_personal', 'entry',
                             'feed_item', 'attachment', 'record_head'] LOOP
        EXECUTE format('GRANT INSERT ON ld.%I TO ld_door', t);
        EXECUTE format('CREATE POLICY adds ON ld.%I FOR INSERT TO ld_door WITH CHECK (%s)', t,
            CASE t WHEN 'device' THEN 'role = session_user' WHEN 'act' THEN 'carried_by = session_user' ELSE 'true' END);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['desk', 'code', 'audit', 'lease', 'reveal', 'piece'] LOOP
        EXECUTE format('GRANT SELECT, INSERT ON ld.%I TO ld_door', t);
        EXECUTE format('CREATE POLICY adds ON ld.%I FOR INSERT TO ld_door WITH CHECK (role = session_user)', t);
        IF t <> 'piece' THEN
            EXECUTE format('CREATE POLICY reads ON ld.%I FOR SELECT TO ld_door USING (role = session_user%s)', t,
                CASE t WHEN 'desk' THEN ' OR (SELECT ld.my_oversight())' ELSE '' END);
        END IF;
    END LOOP;
    REVOKE INSERT ON ld.desk, ld.code FROM ld_door;
END $$;
GRANT UPDATE (head, chain) ON ld.feed TO ld_door;
GRANT UPDATE (seq, head) ON ld.device TO ld_door;
GRANT UPDATE (version) ON ld.stream TO ld_door;
GRANT UPDATE (version, states, words, done, members, open) ON ld.case_head TO ld_door;
GRANT UPDATE (state, replaced, version, said, personal, named, lines, readers) ON ld.record_head TO ld_door;
GRANT UPDATE (left_version, left_at) ON ld.case_body TO ld_door;
GRANT UPDATE (enrolled_at, seen_at, version) ON ld.desk TO ld_door;
GRANT UPDATE (used_at) ON ld.code TO ld_door;
GRANT UPDATE (times, last_at) ON ld.audit TO ld_door;
GRANT SELECT, INSERT ON ld.number_head TO ld_door;
GRANT UPDATE (next) ON ld.number_head TO ld_door;
GRANT SELECT ON ld.act, ld.act_personal, ld.entry, ld.feed_item, ld.attachment TO ld_door;
GRANT SELECT, INSERT ON ld.device_public TO ld_door;
CREATE POLICY reads ON ld.device_public FOR SELECT TO ld_door USING (device = ANY ((SELECT ld.my_devices())::uuid[]));
CREATE POLICY adds ON ld.device_public FOR INSERT TO ld_door WITH CHECK (device = ANY ((SELECT ld.my_devices())::uuid[]));
GRANT USAGE ON SEQUENCE ld.entry_no_seq TO ld_door;
CREATE POLICY moves ON ld.feed FOR UPDATE TO ld_door USING (true);
CREATE POLICY moves ON ld.device FOR UPDATE TO ld_door USING (true);
CREATE POLICY moves ON ld.stream FOR UPDATE TO ld_door USING (true);
CREATE POLICY moves ON ld.case_head FOR UPDATE TO ld_door USING (true);
CREATE POLICY moves ON ld.case_body FOR UPDATE TO ld_door USING (true);
CREATE POLICY moves ON ld.record_head FOR UPDATE TO ld_door USING (true);
CREATE POLICY moves ON ld.desk FOR UPDATE TO ld_door USING (role = session_user);
CREATE POLICY moves ON ld.code FOR UPDATE TO ld_door USING (role = session_user);
CREATE POLICY moves ON ld.audit FOR UPDATE TO ld_door USING (role = session_user);
CREATE POLICY reads ON ld.number_head FOR SELECT TO ld_door USING (body = (SELECT ld.my_body()));
CREATE POLICY adds ON ld.number_head FOR INSERT TO ld_door WITH CHECK (body = (SELECT ld.my_body()));
CREATE POLICY moves ON ld.number_head FOR UPDATE TO ld_door USING (body = (SELECT ld.my_body()));
CREATE POLICY reads ON ld.feed_item FOR SELECT TO ld_door USING (feed = ANY ((SELECT ld.my_feeds())::int[]));
CREATE POLICY reads ON ld.entry FOR SELECT TO ld_door USING (
    CASE WHEN inner_of IS NOT NULL THEN inner_of = (SELECT ld.my_body())
         ELSE case_id IS NULL OR (SELECT ld.my_oversight())
              OR EXISTS (SELECT FROM ld.case_body c WHERE c.case_id = entry.case_id AND c.body = (SELECT ld.my_body()) AND c.left_version IS NULL)
              OR EXISTS (SELECT FROM ld.case_body c WHERE c.case_id = entry.case_id AND c.body = (SELECT ld.my_body()) AND entry.version <= c.left_version) END);
-- who is not on a case any more reads on what stood until then: these three ask whether an act is of that time
CREATE POLICY reads ON ld.act FOR SELECT TO ld_door USING (
    case_id IS NULL OR body = (SELECT ld.my_body()) OR (SELECT ld.my_oversight()) OR device = ANY ((SELECT ld.my_devices())::uuid[])
    OR EXISTS (SELECT FROM ld.case_body c WHERE c.case_id = act.case_id AND c.body = (SELECT ld.my_body()) AND c.left_version IS NULL)
    OR (other_id IS NOT NULL AND EXISTS (SELECT FROM ld.case_body c WHERE c.case_id = act.other_id AND c.body = (SELECT ld.my_body()) AND c.left_version IS NULL))
    OR EXISTS (SELECT FROM ld.case_body c JOIN ld.entry e ON e.stream = 'case/' || c.case_id AND e.version <= c.left_version AND e.act = act.id
               WHERE c.case_id IN (act.case_id, act.other_id) AND c.body = (SELECT ld.my_body())));
CREATE POLICY reads ON ld.act_personal FOR SELECT TO ld_door USING (
    body = (SELECT ld.my_body()) OR EXISTS (
        SELECT FROM ld.case_body c WHERE c.case_id = act_personal.case_id AND c.body = (SELECT ld.my_body()) AND c.left_version IS NULL
           AND (audience = 'bodies' OR c.first))
    OR EXISTS (SELECT FROM ld.case_body c JOIN ld.entry e ON e.stream = 'case/' || c.case_id AND e.version <= c.left_version AND e.act = act_personal.act
               WHERE c.case_id = act_personal.case_id AND c.body = (SELECT ld.my_body()) AND audience = 'bodies'));
CREATE POLICY reads ON ld.attachment FOR SELECT TO ld_door USING (
    device = ANY ((SELECT ld.my_devices())::uuid[]) OR EXISTS (
        SELECT FROM ld.case_body c WHERE c.case_id = attachment.case_id AND c.body = (SELECT ld.my_body()) AND c.left_version IS NULL
           AND (audience = 'bodies' OR c.first))
    OR EXISTS (SELECT FROM ld.case_body c JOIN ld.entry e ON e.stream = 'case/' || c.case_id AND e.version <= c.left_version AND e.act = attachment.act
               WHERE c.case_id = attachment.case_id AND c.body = (SELECT ld.my_body()) AND audience = 'bodies'));
CREATE POLICY reads ON ld.piece FOR SELECT TO ld_door USING (
    EXISTS (SELECT FROM ld.attachment a WHERE a.act = piece.act));
