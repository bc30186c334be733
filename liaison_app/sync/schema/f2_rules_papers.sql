-- Judging acts on papers: the same verdicts as liaison_app.desk.issuing and liaison_app.domain.decide_papers, told from
-- the entries of the case, so that other acts keep nothing for them. The numbers that offices give are words (docs/SECURITY.md).
SET ROLE ld_tables;

-- What is wrong with a number of ours on a paper: not of this form, of another body or another year, of no block lent to the body.
CREATE OR REPLACE FUNCTION ld.number_fault(p_body text, p_kind text, p_year text, p_number text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
DECLARE m CONSTANT text[] := regexp_match(p_number, '^(.{1,60})〔([0-9]{4})〕([1-9][0-9]{0,7})号$'); s ld.server;
BEGIN
    SELECT * INTO s FROM ld.server;
    IF m IS NULL OR m[2] <> p_year OR NOT EXISTS (
        SELECT FROM ld.paper p, (SELECT unnest(g.signs) FROM ld.sign g WHERE g.body = p_body UNION SELECT p_body) g(sign)
        WHERE p.kind = p_kind AND m[1] = left(s.district, 1) || g.sign || p.word) THEN RETURN 'number_form'; END IF;
    -- while a restored database lends nothing, nobody knows what it lent before
    IF NOT s.leases_closed AND m[3]::int >= coalesce(
        (SELECT h.next FROM ld.number_head h WHERE h.body = p_body AND h.kind = 'paper-' || p_kind AND h.year = m[2]::int),
        CASE WHEN m[2]::int <= s.numbers_year THEN s.numbers_from ELSE 1 END)
    THEN RETURN 'number_not_lent'; END IF;
    RETURN NULL;
END $$;
-- Whether the number of a case, a slip, an acceptance bears another body's sign, and is not entered for that one (代录) by this one.
CREATE OR REPLACE FUNCTION ld.bears_others(p_profile text, p_acting text, p_body text, p_number text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp AS $$
DECLARE g ld.sign; s text;
BEGIN
    IF p_number IS NULL OR p_number !~ '-[0-9]{8}-|[〔（]' THEN RETURN false; END IF;
    SELECT * INTO g FROM ld.sign x WHERE x.profile = p_profile AND x.body = p_acting;
    IF g.signs IS NULL THEN RETURN false; END IF;
    FOREACH s IN ARRAY g.signs LOOP  -- its own, as nearly always: the pattern of all others is long
        IF substr(p_number, 2, length(s)) = s AND substr(p_number, 2 + length(s), 1) IN ('-', '（', '移', '受') THEN RETURN false; END IF;
    END LOOP;
    RETURN coalesce(p_number ~ g.others, false) AND NOT EXISTS (
        SELECT FROM ld.sign x, unnest(x.signs) o(sign) WHERE x.profile = p_profile AND x.body = p_body AND strpos(p_number, '（' || o.sign || '代录）') > 0);
END $$;
-- Whether an event of this data is the one that a row of ld.paper.after names.
CREATE OR REPLACE FUNCTION ld.brings(p_after jsonb, p_kind text, p_event jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT EXISTS (SELECT FROM jsonb_array_elements(p_after) k WHERE k->>'kind' = p_kind AND (k->>'code' = '' OR k->>'code' IN (
            p_event->>'kind', p_event->>'what', p_event->>'form', p_event->>'method', p_event->>'road', p_event->>'outcome', p_event->>'step',
            p_event->>'channel') OR EXISTS (SELECT FROM jsonb_array_elements_text(k->'unsaid') f WHERE NOT p_event ? f)))
$$;
-- The verdict on an act on a paper, NULL when it may be. The last four are what this very batch brought to the case before it.
-- A number of ours is taken here: nothing may refuse the act afterwards.
CREATE OR REPLACE FUNCTION ld.judge_paper(
    p_profile text, p_action text, p_self uuid, p_case uuid, p_first text, p_matter int, p_body text, p_year text, p_given jsonb, p_event jsonb,
    p_act uuid[], p_kind text[], p_data jsonb[], p_acting text[]
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
DECLARE
    kind_ CONSTANT text := p_event->>'kind'; number_ CONSTANT text := coalesce(p_event->>'number', ''); said CONSTANT text := coalesce(p_given->>'number', '');
    of_ text := coalesce(p_event->>'of', ''); doc ld.paper; m int; i int; j int; about int; allowed text[]; kinds_ text[]; ev jsonb; fault text;
    s_act text[]; s_kind text[]; s_event jsonb[]; s_matter int[]; s_acting text[];
    w_of text[] := '{}'; w_number text[] := '{}'; w_void boolean[] := '{}';
BEGIN
    IF coalesce(p_given->>'of', '') <> of_ OR (said <> number_ AND NOT (said = '' AND p_action = 'issue-paper')) THEN RETURN 'entries'; END IF;
    SELECT * INTO doc FROM ld.paper d WHERE d.profile = p_profile AND d.kind = kind_ AND d.subject = 'case';
    IF NOT FOUND THEN RETURN CASE WHEN p_action IN ('void-paper', 'seal-paper') THEN 'paper_unknown' ELSE 'paper_not_yet' END; END IF;
    kinds_ := '{registered,brought-in,transfer-proposed,designated,accepted,assist-asked,paper-issued,paper-printed,paper-voided}'::text[]
        || ARRAY(SELECT k->>'kind' FROM jsonb_array_elements(doc.after) k);
    SELECT array_agg(u.act::text ORDER BY u.z), array_agg(u.kind ORDER BY u.z), array_agg(u.data->'event' ORDER BY u.z),
        array_agg(CASE WHEN u.data->>'matter' ~ '^[0-9]{1,2}$' THEN (u.data->>'matter')::int ELSE 1 END ORDER BY u.z), array_agg(u.acting ORDER BY u.z)
    INTO s_act, s_kind, s_event, s_matter, s_acting
    FROM (SELECT e.version - 1000000000 AS z, e.act, e.kind, l.data, coalesce(nullif(l.data->>'proxy_body', ''), a.body) AS acting
          FROM ld.entry e JOIN ld.act a ON a.id = e.act CROSS JOIN LATERAL (SELECT convert_from(e.data, 'UTF8')::jsonb AS data) l
          WHERE e.stream = 'case/' || p_case AND (p_action = 'print-paper' OR e.kind = ANY (kinds_))
          UNION ALL SELECT b.z, b.act, b.kind, b.data, b.acting FROM unnest(p_act, p_kind, p_data, p_acting) WITH ORDINALITY b(act, kind, data, acting, z)
          WHERE p_action = 'print-paper' OR b.kind = ANY (kinds_)) u;
    -- the papers of this kind as they stand, for void and seal the one with this number
    FOR i IN 1..cardinality(s_kind) LOOP
        ev := s_event[i];
        CONTINUE WHEN s_kind[i] NOT IN ('paper-issued', 'paper-printed', 'paper-voided') OR ev->>'kind' IS DISTINCT FROM kind_;
        IF s_kind[i] = 'paper-voided' THEN
            FOR j IN 1..cardinality(w_of) LOOP
                IF w_number[j] = ev->>'number' THEN w_void[j] := true; END IF;
            END LOOP;
            CONTINUE;
        END IF;
        about := NULL;
        FOR j IN 1..cardinality(w_of) LOOP
            IF NOT w_void[j] AND w_of[j] = coalesce(ev->>'of', '') THEN about := j; END IF;
        END LOOP;
        IF about IS NULL THEN
            w_of := w_of || coalesce(ev->>'of', ''); w_number := w_number || coalesce(ev->>'number', ''); w_void := w_void || false;
        ELSIF s_kind[i] = 'paper-issued' AND coalesce(ev->>'number', '') <> '' THEN w_number[about] := ev->>'number';
        END IF;
    END LOOP;
    about := NULL;
    IF p_action IN ('void-paper', 'seal-paper') THEN
        FOR j IN REVERSE cardinality(w_of)..1 LOOP
            IF NOT w_void[j] AND w_number[j] = number_ THEN about := j; END IF;
        END LOOP;
        IF about IS NULL OR number_ = '' THEN RETURN 'paper_unknown'; END IF;
        of_ := w_of[about]; about := NULL;
    END IF;
    -- the act that brought it, and the matter that it is about
    IF doc.after = '[]' THEN
        IF s_act[1] = of_ THEN about := 1; m := CASE WHEN p_action IN ('void-paper', 'seal-paper') THEN 1 ELSE p_matter END; END IF;
    ELSE
        FOR i IN REVERSE cardinality(s_kind)..1 LOOP
            IF s_act[i] = of_ AND (s_matter[i] = p_matter OR p_action IN ('void-paper', 'seal-paper')) AND ld.brings(doc.after, s_kind[i], s_event[i]) THEN
                about := i; m := s_matter[i];
            END IF;
        END LOOP;
    END IF;
    IF about IS NULL THEN RETURN 'paper_not_yet'; END IF;
    IF p_action = 'print-paper' THEN
        -- a print says a number that the case has, it gives none
        IF number_ <> '' AND NOT EXISTS (SELECT FROM unnest(s_kind, s_event) u(kind, event)
            WHERE number_ IN (u.event->>'number', u.event->>'slip_no', u.event->>'document_no')
               OR (u.kind = 'brought-in' AND strpos(u.event::text, to_jsonb(number_)::text) > 0)) THEN RETURN 'paper_unknown'; END IF;
        RETURN NULL;
    END IF;
    -- whose it is: whoever ever had a role of the paper on the matter
    allowed := doc.bodies;
    IF 'first_receiver' = ANY (doc.roles) THEN allowed := allowed || p_first; END IF;
    IF doc.roles && '{addressee,acceptor,assistant}' THEN
        FOR i IN 1..cardinality(s_kind) LOOP
            ev := s_event[i];
            IF s_kind[i] = 'brought-in' THEN
                ev := CASE WHEN jsonb_typeof(ev->'standing') = 'object' THEN ev->'standing' ELSE '{}' END;
                allowed := allowed || ARRAY(
                    SELECT jsonb_array_elements_text(t->'to') FROM jsonb_path_query(ev, '$.transfers[*]') t
                    WHERE 'addressee' = ANY (doc.roles) AND coalesce(t->>'matter', '1') = m::text
                    UNION SELECT t->>'body' FROM jsonb_path_query(ev->'matters'->(m - 1), '$.acceptances[*]') t WHERE 'acceptor' = ANY (doc.roles)
                    UNION SELECT t->>'body' FROM jsonb_path_query(ev, '$.handling.assistances[*]') t
                    WHERE 'assistant' = ANY (doc.roles) AND coalesce(t->>'matter', '1') = m::text);
            ELSIF s_matter[i] = m THEN
                allowed := allowed || CASE s_kind[i]
                    WHEN 'transfer-proposed' THEN CASE WHEN 'addressee' = ANY (doc.roles) THEN ld.holders('to', ev) END
                    WHEN 'designated' THEN CASE WHEN 'addressee' = ANY (doc.roles) THEN ld.holders('body', ev) END
                    WHEN 'accepted' THEN CASE WHEN 'acceptor' = ANY (doc.roles) THEN ld.holders('body', ev) END
                    WHEN 'assist-asked' THEN CASE WHEN 'assistant' = ANY (doc.roles) THEN ld.holders('body', ev) END END;
            END IF;
        END LOOP;
    END IF;
    IF NOT (CASE WHEN s_acting[about] = ANY (allowed) OR allowed = '{}' THEN p_body = s_acting[about] ELSE p_body = ANY (allowed) END)
    THEN RETURN 'paper_of_others'; END IF;
    IF p_action <> 'issue-paper' THEN RETURN NULL; END IF;
    -- its number: one for each paper, of ours from a block of the body and never twice, of the office as its register writes it
    j := NULL;
    FOR i IN 1..cardinality(w_of) LOOP
        IF NOT w_void[i] AND w_of[i] = of_ THEN j := i; END IF;
    END LOOP;
    IF said = '' AND ld.full(p_given->'fields') THEN RETURN CASE WHEN number_ NOT IN ('', coalesce(w_number[j], '')) THEN 'number_form' END; END IF;
    IF coalesce(w_number[j], '') <> '' THEN RETURN 'paper_numbered'; END IF;
    IF doc.numbered = 'ours' THEN
        IF said <> '' THEN RETURN 'number_ours'; END IF;
        fault := ld.number_fault(p_body, kind_, p_year, number_);
        IF fault IS NOT NULL THEN RETURN fault; END IF;
        INSERT INTO ld.paper_number(kind, number, act) VALUES (kind_, number_, p_self) ON CONFLICT DO NOTHING;
        RETURN CASE WHEN NOT FOUND THEN 'number_double' END;
    END IF;
    IF number_ = '' THEN RETURN NULL; END IF;
    IF doc.numbered <> 'office' OR number_ !~ '^[^[:space:]]{1,20}〔[0-9]{4}〕第?[1-9][0-9]{0,5}号$' THEN RETURN 'number_form'; END IF;
    RETURN CASE WHEN number_ !~ ('〔' || p_year || '〕第?[1-9][0-9]{0,5}号$') THEN 'number_year' END;
END $$;
-- The same of the lines on papers in a record: its owner numbers them, anybody who reads it prints them. p_data: what this batch
-- brought to the record before.
CREATE OR REPLACE FUNCTION ld.judge_record_paper(
    p_profile text, p_self uuid, p_record uuid, p_owner text, p_body text, p_year text, p_event jsonb, p_data jsonb[]
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = ld, pg_temp AS $$
DECLARE l jsonb; doc ld.paper; number_ text; known text; fault text;
BEGIN
    FOR l IN SELECT jsonb_path_query(p_event, '$.lines."issued-papers"[*]') LOOP
        number_ := coalesce(l->>'number', '');
        SELECT * INTO doc FROM ld.paper d WHERE d.profile = p_profile AND d.kind = l->>'paper' AND d.subject <> 'case';
        IF NOT FOUND THEN RETURN 'paper_not_yet'; END IF;
        known := coalesce((SELECT x.line->>'number' FROM (
            SELECT jsonb_path_query(convert_from(e.data, 'UTF8')::jsonb, '$.event.lines."issued-papers"[*]') AS line, e.version - 1000000000 AS z
            FROM ld.entry e WHERE e.stream = 'record/' || p_record AND e.kind = 'record-stepped'
            UNION ALL SELECT jsonb_path_query(b.data, '$.event.lines."issued-papers"[*]'), b.z FROM unnest(p_data) WITH ORDINALITY b(data, z)) x
            WHERE x.line->>'paper' = doc.kind AND coalesce(x.line->>'number', '') <> '' ORDER BY x.z LIMIT 1), '');
        IF l->>'way' IS DISTINCT FROM 'numbered' THEN
            IF doc.numbered = 'ours' AND number_ NOT IN ('', known) THEN RETURN 'paper_unknown'; END IF;
            CONTINUE;
        END IF;
        IF p_body <> p_owner THEN RETURN 'paper_of_others'; END IF;
        IF known <> '' THEN RETURN 'paper_numbered'; END IF;
        fault := CASE WHEN doc.numbered = 'ours' THEN ld.number_fault(p_body, doc.kind, p_year, number_) ELSE 'number_form' END;
        IF fault IS NOT NULL THEN RETURN fault; END IF;
        INSERT INTO ld.paper_number(kind, number, act) VALUES (doc.kind, number_, p_self) ON CONFLICT DO NOTHING;
        IF NOT FOUND THEN RETURN 'number_double'; END IF;
    END LOOP;
    RETURN NULL;
END $$;
RESET ROLE;
GRANT EXECUTE ON FUNCTION ld.bears_others, ld.judge_paper, ld.judge_record_paper TO ld_door;
