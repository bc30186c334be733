-- Pull: what follows in each feed (docs/SYNC.md).
SET ROLE ld_door;
CREATE OR REPLACE FUNCTION ld.pull(p_epoch uuid, p_feed text[], p_after bigint[], p_limit int, p_bytes int)
RETURNS TABLE (feed text, pos bigint, what text, ref uuid, chain bytea, act uuid, n int, stream text, version bigint, kind text,
    data bytea, recorded_at timestamptz, header bytea, prev bytea, tag bytea, open bytea, salt bytea, personal bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = ld, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
-- always the walk along the feed: as tables grow the planner would hash and sort all that follows for every page
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET enable_bitmapscan = off SET enable_material = off SET max_parallel_workers_per_gather = 0
SET work_mem = '40MB' AS $$
#variable_conflict use_column
DECLARE epoch_ uuid; mine int[]; most int := greatest(1, least(coalesce(p_limit, 200), 10000)); bytes_ bigint := greatest(1, least(coalesce(p_bytes, 1000000), 32000000));
    q record; r record; k int := 0; size bigint := 0; last_act uuid; after_ bigint;
BEGIN
    SELECT s.epoch INTO epoch_ FROM ld.server s;
    IF p_epoch IS DISTINCT FROM epoch_ THEN
        what := 'epoch'; ref := epoch_; RETURN NEXT; RETURN;
    END IF;
    IF cardinality(p_feed) > 200 THEN RETURN; END IF;
    mine := ld.my_feeds();
    FOR q IN SELECT x.id, x.name, x.head, x.chain, u.after FROM unnest(p_feed, p_after) WITH ORDINALITY u(name, after, i)
             JOIN ld.feed x ON x.name = u.name WHERE x.id = ANY (mine) ORDER BY u.i LOOP
        IF q.head <= coalesce(q.after, 0) THEN
            feed := q.name; pos := q.head; what := 'head'; ref := NULL; chain := q.chain; act := NULL; n := NULL; stream := NULL; version := NULL;
            kind := NULL; data := NULL; recorded_at := NULL; header := NULL; prev := NULL; tag := NULL; open := NULL; salt := NULL; personal := NULL;
            RETURN NEXT; CONTINUE;
        END IF;
        CONTINUE WHEN k >= most OR size >= bytes_;
        -- a plain variable: row security lets no other expression but that and constants into the walk along the index
        last_act := NULL; after_ := coalesce(q.after, 0);
        FOR r IN
            SELECT i.pos, i.what, i.ref, i.chain, i.parts, i.act AS of_act, e.n, e.stream, e.version, e.kind, coalesce(e.data, i.data) AS data, e.recorded_at,
                   a.id AS act_id, a.header, a.prev, a.tag, a.open, p.salt, p.personal
            FROM ld.feed_item i LEFT JOIN ld.entry e ON e.no = i.entry LEFT JOIN ld.act a ON a.id = i.act
            LEFT JOIN ld.act_personal p ON p.act = i.act AND i.parts >= 2
            WHERE i.feed = q.id AND i.pos > after_ ORDER BY i.pos LIMIT most - k
        LOOP
            feed := q.name; pos := r.pos; what := r.what; ref := r.ref; chain := r.chain; act := r.of_act; n := r.n; stream := r.stream;
            version := r.version; kind := r.kind; data := r.data; recorded_at := r.recorded_at;
            IF r.of_act IS NOT NULL AND r.of_act IS DISTINCT FROM last_act THEN
                header := r.header; prev := r.prev; tag := r.tag; open := CASE WHEN r.parts % 2 = 1 THEN r.open END;
                salt := r.salt; personal := r.personal;
            ELSE
                header := NULL; prev := NULL; tag := NULL; open := NULL; salt := NULL; personal := NULL;
            END IF;
            last_act := r.of_act;
            k := k + 1;
            size := size + 120 + coalesce(length(data), 0) + coalesce(length(header), 0) + coalesce(length(open), 0) + coalesce(length(personal), 0);
            RETURN NEXT;
            EXIT WHEN k >= most OR size >= bytes_;
        END LOOP;
    END LOOP;
END $$;
RESET ROLE;
