-- Papers: which act brings each kind and whose it is, how bodies are called in numbers, and the numbers of ours that
-- stand on a paper already. From where a register begins that a restored database does not know, up to which year.
SET ROLE ld_tables;
CREATE TABLE ld.paper (
    profile text NOT NULL REFERENCES ld.profile, kind text NOT NULL, subject text NOT NULL, numbered text NOT NULL, word text NOT NULL, roles text[] NOT NULL,
    bodies text[] NOT NULL, after jsonb NOT NULL, PRIMARY KEY (profile, kind)
);
CREATE TABLE ld.sign (profile text NOT NULL REFERENCES ld.profile, body text NOT NULL, signs text[] NOT NULL, others text NOT NULL, PRIMARY KEY (profile, body));
CREATE TABLE ld.paper_number (kind text NOT NULL, number text NOT NULL, act uuid NOT NULL, PRIMARY KEY (kind, number));
ALTER TABLE ld.server ADD COLUMN numbers_from int NOT NULL DEFAULT 1, ADD COLUMN numbers_year int NOT NULL DEFAULT 0;
INSERT INTO ld.paper_number(kind, number, act)
SELECT p.kind, p.number, p.act FROM (
    SELECT e.act, e.no, v->>'kind' AS kind, v->>'number' AS number FROM ld.entry e, LATERAL (SELECT convert_from(e.data, 'UTF8')::jsonb->'event') u(v)
    WHERE e.kind = 'paper-issued'
    UNION ALL SELECT e.act, e.no, l->>'paper', l->>'number'
    FROM ld.entry e, LATERAL jsonb_path_query(convert_from(e.data, 'UTF8')::jsonb, '$.event.lines."issued-papers"[*] ? (@.way == "numbered")') u(l)
    WHERE e.kind = 'record-stepped') p
WHERE coalesce(p.kind, '') <> '' AND coalesce(p.number, '') <> '' ORDER BY p.no ON CONFLICT DO NOTHING;
RESET ROLE;
