-- What the lines of a record must have said before a step (a decision its owner and its date): which step asks for it, and
-- which fields each line has said (names, no words). What stands already is told from the entries.
SET ROLE ld_tables;
ALTER TABLE ld.record_step ADD COLUMN whole jsonb NOT NULL DEFAULT '{}';
UPDATE ld.record_head h SET lines = (
    SELECT jsonb_agg(l || jsonb_build_object('f', coalesce(s.said, '[]')) ORDER BY i)
    FROM jsonb_array_elements(h.lines) WITH ORDINALITY u(l, i) LEFT JOIN (
        SELECT e.t, row_number() OVER (PARTITION BY e.t ORDER BY e.version, e.i) AS n,
            (SELECT jsonb_agg(w.key) FROM jsonb_each(e.v) w WHERE w.value NOT IN ('null', '""', '[]', '{}')) AS said
        FROM (SELECT f.key AS t, x.version, v, v.i FROM ld.entry x, jsonb_each(convert_from(x.data, 'UTF8')::jsonb->'event'->'lines') f,
                  jsonb_array_elements(f.value) WITH ORDINALITY v(v, i)
              WHERE x.stream = 'record/' || h.id AND jsonb_typeof(convert_from(x.data, 'UTF8')::jsonb->'event'->'lines') = 'object') e
    ) s ON s.t = l->>'t' AND s.n = (l->>'n')::int)
WHERE h.lines <> '[]';
RESET ROLE;
